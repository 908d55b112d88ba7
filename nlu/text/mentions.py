"""What was found in a text: a name, a normalised value and the place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HIDDEN = "\0"
MONEY = "\x01"
"""Marks that stand where something was already found, so that nothing is found there twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A named piece of a text with its normalised value; places count code points."""

    name: str
    value: str
    start: int
    end: int


def cover(text: str, mentions: Iterable[Mention]) -> str:
    """The text with the mentions hidden, as long as before."""
    characters = list(text)
    for mention in mentions:
        mark = MONEY if mention.name == "amount" else HIDDEN
        characters[mention.start : mention.end] = mark * (mention.end - mention.start)
    return "".join(characters)
