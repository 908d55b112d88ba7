"""What people ask on after an answer: the cost, the time, the papers, the place of that matter."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from actions.mentions import mentions
from actions.phrases import FOLDER
from core.knowledge import Entry

FILE = FOLDER / "facets.yml"
SENTENCE = re.compile(r"[^。；;\n]+[。；;]?")
SENTENCES = 3
LONGEST = 170
# A question that asks on is short; a longer one has a matter of its own.
SHORT = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One thing asked on: ``asked`` are words of the question, ``found`` those of its answer."""

    name: str
    asked: tuple[str, ...]
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """All facets, and words that add nothing to a question after them."""

    facets: tuple[Facet, ...]
    filler: tuple[str, ...]


def asked(text: str) -> Facet | None:
    """The facet a question is about, by its longest word."""
    found = [
        (len(word), facet)
        for facet in _read().facets
        for word in facet.asked
        if mentions(text, (word,))
    ]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def asks_on(text: str) -> bool:
    """Whether a text asks for a facet and names no matter of its own: “那要多久”."""
    facet = asked(text) if len(text) <= SHORT else None
    if facet is None:
        return False
    rest = text.lower()
    for word in sorted((*facet.asked, *_read().filler), key=len, reverse=True):
        rest = rest.replace(word, "")
    return not any(char.isalnum() for char in rest)


def sentences(entry: Entry, facet: Facet) -> tuple[str, ...]:
    """What an entry says of it: up to three sentences that fit a screen."""
    told: list[str] = []
    for piece in SENTENCE.findall(f"{entry.answer}\n{entry.detail}"):
        sentence = piece.strip()
        fits = sum(map(len, told)) + len(sentence) <= LONGEST and len(told) < SENTENCES
        if fits and mentions(sentence, facet.found):
            told.append(sentence)
    return tuple(told)


@cache
def _read() -> Facets:
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    rows: Mapping[str, Mapping[str, list[str]]] = document["facets"]
    return Facets(
        facets=tuple(
            Facet(name=name, asked=tuple(row["asked"]), found=tuple(row["found"]))
            for name, row in rows.items()
        ),
        filler=tuple(document["filler"].split()),
    )
