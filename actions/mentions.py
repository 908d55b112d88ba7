"""Whether a text holds one of some words: Chinese anywhere, in either script, English whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

SIMPLIFIED = OpenCC("t2s")
UNIT = re.compile(r"[a-z]+|[^\sa-z]")
# Left out by many who type English on a phone.
APOSTROPHES = re.compile("(?<=[a-z])['\u2019](?=[a-z])")


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether any of the words stands in the text; “safe” does not stand in “unsafe”."""
    plain = _plain(text)
    return any(_pattern(word).search(plain) for word in words)


def made_of(text: str, words: Iterable[str]) -> bool:
    """Whether nothing but these words, blanks and marks stands in the text."""
    rest = _plain(text)
    # The longest first: 在家里 must not leave 家里 behind.
    for word in sorted(words, key=len, reverse=True):
        rest = _pattern(word).sub(" ", rest)
    return not any(character.isalnum() for character in rest)


def simplified(text: str) -> str:
    """A text in simplified characters, each in the place of the one it stands for."""
    converted: str = SIMPLIFIED.convert(text)
    return converted if len(converted) == len(text) else text


def size(text: str) -> int:
    """How much a text says: a Chinese character, a digit and an English word count one each."""
    return len(UNIT.findall(_plain(text)))


def _plain(text: str) -> str:
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).lower())
    simplified: str = SIMPLIFIED.convert(" ".join(plain.split()))
    return simplified


@cache
def _pattern(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z]){re.escape(_plain(word))}(?![a-z])")
