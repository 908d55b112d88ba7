"""A reply as WeChat can carry it: plain texts by bytes, buttons as numbered lines, several in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.base import Capabilities
from bot.channels.render import in_lines, links, split, units
from bot.channels.wechat.wording import words
from core.messages import Reply

# WeChat refuses more with 45002; the notice that there is more must still fit.
MOST_BYTES = 2048
NOTICE_BYTES = 160
CAPABILITIES = Capabilities(
    max_text=MOST_BYTES - NOTICE_BYTES,
    text_unit="bytes",
    buttons=8,
    reply_within=timedelta(seconds=4.5),
    push_window=timedelta(hours=48),
    push_quota=5,
)
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
GAP = "\n\n"
# What XML 1.0 cannot hold, half an emoji included.
UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A delivery's texts from the first that has not arrived, which is number ``start``."""

    delivery_id: str
    texts: tuple[str, ...]
    start: int = 0
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """Several pieces in one text: which are whole in it, and how far the one that is cut goes."""

    text: str
    whole: tuple[str, ...]
    cut: Piece | None = None
    carried: int = 0


def parts(reply: Reply, *, before: int = 0, base: str = "") -> tuple[str, ...]:
    """The texts of a reply, none too long; its buttons are numbered from ``before`` + 1.

    ``base`` is where links into this server begin; without it none are given.
    """
    lines = [in_lines(reply), *(links(reply, base) if base else ())]
    body = "\n".join(line for line in lines if line)
    text = UNSPEAKABLE.sub("", GAP.join(filter(None, (body, _menu(reply, before)))))
    return tuple(split(text, CAPABILITIES))


def pack(pieces: Sequence[Piece], *, most: int) -> Packed:
    """As much as fits into ``most`` bytes, in order, what is urgent first."""
    text = ""
    whole: list[str] = []
    for piece in sorted(pieces, key=lambda piece: not piece.urgent):
        for count, part in enumerate(piece.texts):
            longer = GAP.join(filter(None, (text, part)))
            if units(longer, CAPABILITIES.text_unit) > most:
                cut = piece if count else None
                return Packed(text=text, whole=tuple(whole), cut=cut, carried=count)
            text = longer
        whole.append(piece.delivery_id)
    return Packed(text=text, whole=tuple(whole))


def with_notice(text: str, language: str) -> str:
    """The text and, below it, that more follows once the citizen has written."""
    return text + GAP + words("more", language)


def _menu(reply: Reply, before: int) -> str:
    buttons = [b for b in reply.quick_replies[: CAPABILITIES.buttons] if b.title]
    lines = [
        words("option", reply.language, number=_mark(before + at), title=button.title)
        for at, button in enumerate(buttons)
    ]
    return "\n".join([*lines, words("pick", reply.language)]) if lines else ""


def _mark(index: int) -> str:
    """Beyond twenty there is no sign; such an option is chosen by its words."""
    return CIRCLED[index] if index < len(CIRCLED) else "·"
