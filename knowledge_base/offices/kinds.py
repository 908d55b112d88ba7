"""The kinds of offices there are, and by which words citizens mean them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from core.knowledge import OfficeKind
from knowledge_base.hotlines import hotlines
from knowledge_base.tokens import normalise

FILE = Path(__file__).with_name("kinds.yml")


class KindRow(BaseModel):
    """One kind of the file; its ``phones`` are hotlines that know where such an office is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: str
    words: tuple[str, ...]
    phones: tuple[str, ...]

    @property
    def kind(self) -> OfficeKind:
        """The kind as other rooms know it."""
        phones = tuple(hotlines()[number].hotline for number in self.phones)
        return OfficeKind(key=self.key, title=self.title, phones=phones)


@cache
def kinds() -> Mapping[str, KindRow]:
    """Every kind by its key."""
    rows = TypeAdapter(list[KindRow]).validate_python(
        yaml.safe_load(FILE.read_text(encoding="utf-8"))
    )
    return {row.key: row for row in rows}


def kind_in(text: str) -> OfficeKind | None:
    """The kind whose longest word stands in a text, or None."""
    plain = normalise(text)
    found = [(len(word), row) for word, row in _words() if word in plain]
    return max(found, key=lambda pair: pair[0])[1].kind if found else None


def kind_named(text: str) -> str | None:
    """The key of a kind by its key, its title or one of its words, as a table names it."""
    plain = normalise(text.strip())
    exact = {normalise(name): row.key for row in kinds().values() for name in (row.key, row.title)}
    return exact.get(plain) or {word: row.key for word, row in _words()}.get(plain)


@cache
def _words() -> tuple[tuple[str, KindRow], ...]:
    return tuple((normalise(word), row) for row in kinds().values() for word in row.words)
