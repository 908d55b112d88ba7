"""Which of the numbered options a text means: “1”, “①”, “第一个”, “一”, or its very words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.channels.wechat.pieces import CIRCLED
from core.messages import QuickReply
from nlu.text.numbers import HAN_DIGITS, HAN_UNITS, read

NUMERAL = rf"(?P<number>[0-9]{{1,2}}|[{HAN_DIGITS}{HAN_UNITS}]{{1,3}})"
BARE = re.compile(rf"[(（]?\s*{NUMERAL}\s*[.、。,，)）]?")
COUNTED = re.compile(rf"(?:选|我选|要)?\s*第\s*{NUMERAL}\s*[个项条种]?[。.]?")
PICKED = re.compile(rf"(?:我?选)\s*{NUMERAL}\s*[。.]?")


def chosen(text: str, offered: Sequence[QuickReply], *, numbers: bool) -> QuickReply | None:
    """The option meant, or None; without ``numbers`` a number alone is an answer, not a choice."""
    said = text.strip()
    by_words = [option for option in offered if option.title.casefold() == said.casefold()]
    if by_words:
        return by_words[-1]
    place = _place(said, numbers=numbers)
    return offered[place - 1] if place is not None and 0 < place <= len(offered) else None


def _place(said: str, *, numbers: bool) -> int | None:
    mark = said.rstrip("。.")
    if len(mark) == 1 and mark in CIRCLED:
        return CIRCLED.index(mark) + 1
    folded = unicodedata.normalize("NFKC", said)
    for pattern in (COUNTED, PICKED, *((BARE,) if numbers else ())):
        found = pattern.fullmatch(folded)
        if found is not None:
            value = read(found["number"])
            return None if value is None else int(value)
    return None
