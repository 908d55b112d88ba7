"""Undoes disguises in a text while remembering where each character came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

MAX_KEPT = 6_000
MAX_READ = 20_000
MAX_QUOTE = 60
# A long text is judged piece by piece, so that signs pages apart do not add up.
PASSAGE, STRIDE = 400, 300

# “Show what follows from right to left”, until it ends or the line does.
OVERRIDE, OVERRIDE_END = "\u202e", "\u202c"

# Greek and Cyrillic letters that are drawn like Latin ones (after lower-casing).
_LOOK_ALIKE = str.maketrans("αεικνορτυχаеорсухіјѕ", "aeiknoptuxaeopcyxijs")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_CJK = "\u3400-\u9fff"
# What people and scammers put between the characters of a word; commas and stops end clauses.
_FILLER = r"[^\w\s,。!?;:、()\[\]【】《》<>「」“”\"'/+@#%]"
_DECORATED = re.compile(rf"(?<=[{_CJK}]){_FILLER}+(?=[{_CJK}])")
_BACKWARDS = re.compile(f"{OVERRIDE}[^{OVERRIDE_END}\\n]*")
_SPACED = re.compile(rf"(?<=[{_CJK}])[ ]+(?=[{_CJK}])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal:
    """A folded text; ``origins[i]`` is the index in ``original`` of the folded character ``i``."""

    original: str
    text: str
    origins: array[int]

    def quote(self, start: int, end: int) -> str:
        """The original words behind a folded span, at most ``MAX_QUOTE`` characters of them."""
        if start >= end:
            return ""
        return self.cut(*self.span(start, end))

    def cut(self, first: int, last: int) -> str:
        """Words of the original, at most ``MAX_QUOTE`` characters of them."""
        return self.original[first : min(last, first + MAX_QUOTE)].strip()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a folded span, which is not empty, stands in the original."""
        places = self.origins[start:end]
        return min(places), max(places) + 1

    def passages(self) -> Sequence[Normal]:
        """Itself, or overlapping pieces of a text that is longer than ``PASSAGE``."""
        if len(self.text) <= PASSAGE:
            return (self,)
        starts = range(0, len(self.text) - (PASSAGE - STRIDE), STRIDE)
        return tuple(
            Normal(
                original=self.original,
                text=self.text[start : start + PASSAGE],
                origins=self.origins[start : start + PASSAGE],
            )
            for start in starts
        )


def readings(original: str) -> Sequence[Normal]:
    """The text as it is written and, where an override turns part of it round, as it is seen."""
    written = normalise(original)
    if OVERRIDE not in original[:MAX_READ]:
        return (written,)
    return (written, normalise(original, as_seen=True))


def normalise(original: str, *, as_seen: bool = False) -> Normal:
    """Fold widths, case, traditional characters and look-alike letters; drop what hides a word.

    Only the first ``MAX_KEPT`` visible characters within the first ``MAX_READ`` are looked at.
    """
    chars: list[str] = []
    origins = array("l")
    read = original[:MAX_READ]
    for index in _as_seen(read) if as_seen else range(len(read)):
        folded = _fold(original[index])
        chars.extend(folded)
        origins.extend([index] * len(folded))
        if len(chars) >= MAX_KEPT:
            break
    return _without_fillers(Normal(original=original, text="".join(chars), origins=origins))


def _as_seen(original: str) -> Iterator[int]:
    """The places of the characters in the order in which a screen shows them."""
    start = 0
    for match in _BACKWARDS.finditer(original):
        yield from range(start, match.start())
        yield from reversed(range(*match.span()))
        start = match.end()
    yield from range(start, len(original))


@cache
def _simplified() -> dict[int, str]:
    """Traditional to simplified, one character for one, so that offsets stay true."""
    import opencc

    converter = opencc.OpenCC("t2s")
    table: dict[int, str] = {}
    for code in range(0x3400, 0xA000):
        plain = converter.convert(chr(code))
        if len(plain) == 1 and plain != chr(code):
            table[code] = plain
    return table


# 帐 is much used for 账; the others are drawn like, or are Japanese for, what they stand for.
_VARIANTS = str.maketrans(
    {
        "帐": "账",
        "曰": "日",
        "巳": "已",
        "単": "单",
        "銭": "钱",
        "囘": "回",
        "囬": "回",
        "関": "关",
        "験": "验",
    }
)


def _fold(char: str) -> str:
    if char == "\n":
        return char
    if char.isspace():
        return " "
    if unicodedata.category(char) in _DROPPED:
        return ""
    folded = unicodedata.normalize("NFKC", char).lower().translate(_LOOK_ALIKE)
    return folded.translate(_simplified()).translate(_VARIANTS)


def _without_fillers(normal: Normal) -> Normal:
    text = normal.text
    gone = [m.span() for m in _DECORATED.finditer(text)]
    gone += [m.span() for m in _SPACED.finditer(text) if _is_torn(text, *m.span())]
    if not gone:
        return normal
    hidden = {i for start, end in gone for i in range(start, end)}
    kept = [i for i in range(len(text)) if i not in hidden]
    return Normal(
        original=normal.original,
        text="".join(text[i] for i in kept),
        origins=array("l", (normal.origins[i] for i in kept)),
    )


def _is_torn(text: str, start: int, end: int) -> bool:
    """Whether a blank stands beside a lone character, as in a word written with gaps."""
    before = start < 2 or not text[start - 2].isalpha()  # noqa: PLR2004
    after = end + 1 >= len(text) or not text[end + 1].isalpha()
    return before or after
