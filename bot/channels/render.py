"""Folds a reply into as few plain parts as a channel can carry."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.channels.base import Capabilities
from core.messages import QuickReply, Reply

PAGE = "page"
BREAKS = ("\n\n", "\n", "。", "；", "，", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One message as a platform will carry it; only the last part has the buttons."""

    text: str
    buttons: tuple[QuickReply, ...] = ()


def render(reply: Reply, capabilities: Capabilities) -> list[Part]:
    """Split at the best break before the limit; no part exceeds it, none is empty."""
    texts = split(reply.text if capabilities.timeline else in_lines(reply), capabilities)
    parts = [Part(text=text) for text in texts]
    buttons = reply.quick_replies[: capabilities.buttons]
    return [*parts[:-1], Part(text=parts[-1].text, buttons=buttons)] if parts else []


def in_lines(reply: Reply) -> str:
    """The text with the timeline told below it, a line a step: ``10月12日 登记 …``."""
    steps = (" ".join(part for part in (s.at, s.label, s.text) if part) for s in reply.timeline)
    return "\n".join([reply.text, *steps])


def links(reply: Reply, base: str) -> list[str]:
    """A line for each attachment that has an address: its name and where to fetch it."""
    return [f"{a.caption or ''} {base}{a.url}".strip() for a in reply.attachments if a.url]


def with_pages(reply: Reply, base: str) -> Reply:
    """The reply with its pages told as lines below the text, for channels that draw no cards.

    Without an address that others reach the server at, they are left out.
    """
    pages = tuple(a for a in reply.attachments if a.kind == PAGE)
    if not pages:
        return reply
    told = links(replace(reply, attachments=pages), base) if base else []
    rest = tuple(a for a in reply.attachments if a.kind != PAGE)
    return replace(reply, text="\n".join([reply.text, *told]), attachments=rest)


def split(text: str, capabilities: Capabilities) -> list[str]:
    """Cut a text into parts of at most ``max_text`` units, never inside a character."""
    parts: list[str] = []
    rest = text.strip()
    while rest:
        cut = _fitting(rest, capabilities)
        if cut < len(rest):
            cut = _nicer(rest, cut)
        part, rest = rest[:cut].rstrip(), rest[cut:].lstrip()
        if part:
            parts.append(part)
    return parts


def units(text: str, unit: str) -> int:
    """The length of a text as the platform counts it."""
    return len(text.encode("utf-16-le")) // 2 if unit == "utf16" else len(text.encode())


def _fitting(text: str, capabilities: Capabilities) -> int:
    used = 0
    for index, char in enumerate(text):
        used += units(char, capabilities.text_unit)
        if used > capabilities.max_text:
            return max(index, 1)
    return len(text)


def _nicer(text: str, cut: int) -> int:
    """The end of the last paragraph, line or sentence in the second half before ``cut``."""
    for mark in BREAKS:
        at = text.rfind(mark, cut // 2, cut)
        if at > 0:
            return at + len(mark)
    return cut
