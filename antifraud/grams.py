"""The pieces of a passage that the classifier counts: single characters and pairs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from antifraud.evidence import Evidence

LONGEST = 2
# What stands for an address and for a digit: which one it was must not be learned.
LINK, DIGIT = "\x01", "0"
_DIGIT = re.compile(r"\d")


def plain(evidence: Evidence) -> str:
    """The passage, character for character, with addresses and digits made alike."""
    text = evidence.passage.text
    for link in evidence.links:
        text = text[: link.start] + LINK * (link.end - link.start) + text[link.end :]
    return _DIGIT.sub(DIGIT, text)


def grams(text: str) -> Iterator[tuple[int, str]]:
    """Each piece with its place."""
    for size in range(1, LONGEST + 1):
        for start in range(len(text) - size + 1):
            yield start, text[start : start + size]
