"""Reading one row of a table: its cells, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.rows import Row, RowFault

BRACKET = re.compile(r"[（(].*[）)]")
SHOWN = 20

Areas = Mapping[str, str]
"""Name by area key; the keys are those of ``cases/districts.yml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking:
    """A row, the table it stands in, and the sentences in which faults are told.

    ``words`` has ``needed``, ``too_long`` ($length, $most) and ``one_line`` beside the codes given.
    """

    row: Row
    layout: Layout
    words: Callable[..., str]

    def cell(self, key: str) -> str:
        """What stands in a column, "" if nothing does."""
        return self.row.cells.get(key, "").strip()

    def fault(self, key: str, code: str, **values: object) -> RowFault:
        """A fault of one of the row's columns."""
        return self.row.fault(self.layout.titles[key], self.words(code, **values))

    def unless(self, value: object, key: str, code: str) -> list[RowFault]:
        """That a column could not be read, or is empty, where ``value`` is None."""
        if value is not None:
            return []
        text = self.cell(key)
        return [self.fault(key, code if text else "needed", text=text[:SHOWN])]

    def texts(self, at_most: Mapping[str, int], needed: Collection[str]) -> Iterable[RowFault]:
        """What is wrong with columns of free text; ``at_most`` is in characters."""
        for key, most in at_most.items():
            text = self.cell(key)
            if not text and key in needed:
                yield self.fault(key, "needed")
            if len(text) > most:
                yield self.fault(key, "too_long", length=len(text), most=most)
            if "\n" in text:
                yield self.fault(key, "one_line")


def area_named(text: str, areas: Areas) -> str | None:
    """An area's key by its key or its name, with what stands in brackets there, without it, or it alone."""
    names = {said: key for key, name in areas.items() for said in _said(key, name)}
    return names.get(text.upper()) or names.get(text)


def _said(key: str, name: str) -> Iterable[str]:
    bare = BRACKET.sub("", name)
    inner = BRACKET.search(name)
    return (key, name, bare, inner.group()[1:-1] if inner else bare)
