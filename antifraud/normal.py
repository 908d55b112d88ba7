"""Undoes disguises in a text while remembering where each character came from."""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache

MAX_KEPT = 6_000
MAX_READ = 20_000
MAX_QUOTE = 60

# Greek and Cyrillic letters that are drawn like Latin ones (after lower-casing).
_LOOK_ALIKE = str.maketrans("αεικνορτυχаеорсухіјѕ", "aeiknoptuxaeopcyxijs")
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Mn", "Me"})
_CJK = "\u3400-\u9fff"
# What people and scammers put between the characters of a word; commas and stops end clauses.
_FILLER = r"[^\w\s,。!?;:、()\[\]【】《》<>「」“”\"'/+@#%]"
_DECORATED = re.compile(rf"(?<=[{_CJK}]){_FILLER}+(?=[{_CJK}])")
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
        first, last = self.origins[start], self.origins[end - 1]
        return self.original[first : min(last + 1, first + MAX_QUOTE)].strip()


def normalise(original: str) -> Normal:
    """Fold widths, case, traditional characters and look-alike letters; drop what hides a word.

    Only the first ``MAX_KEPT`` visible characters within the first ``MAX_READ`` are looked at.
    """
    chars: list[str] = []
    origins = array("l")
    for index, char in enumerate(original[:MAX_READ]):
        folded = _fold(char)
        chars.extend(folded)
        origins.extend([index] * len(folded))
        if len(chars) >= MAX_KEPT:
            break
    return _without_fillers(Normal(original=original, text="".join(chars), origins=origins))


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


_VARIANTS = str.maketrans({"\u5e10": "\u8d26"})  # 帐, much used for 账


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
