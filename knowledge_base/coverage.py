"""Which entries cover which topic card and which of the city's services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

FILE = Path(__file__).with_name("coverage.yml")


class Card(BaseModel):
    """A topic card of the fact sheet: its section, what it is about, the entries that tell it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    card: str
    title: str
    entries: tuple[str, ...]


class Service(BaseModel):
    """A service of the city and the entries that explain it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    service: str
    entries: tuple[str, ...]


class Coverage(BaseModel):
    """The whole map. ``not_asked`` are sections that hold rules for authors."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    cards: tuple[Card, ...]
    services: tuple[Service, ...]
    not_asked: tuple[str, ...]

    def gaps(self, published: Iterable[str]) -> Sequence[str]:
        """Cards and services without a published entry, and entries named that are not published."""
        told = set(published)
        named = [(c.card, c.entries) for c in self.cards]
        named += [(s.service, s.entries) for s in self.services]
        empty = [name for name, entries in named if not told.intersection(entries)]
        return [*empty, *(e for _, entries in named for e in entries if e not in told)]


@cache
def coverage() -> Coverage:
    """The map, read once."""
    return Coverage.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
