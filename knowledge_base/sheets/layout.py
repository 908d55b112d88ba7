"""A table as data: its columns with their headings, and what a person filling it in is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.sheets.wording import refused


class Column(BaseModel):
    """One column: its ``key`` in YAML and in code, its heading, and how it is filled in.

    ``width`` is in characters. Without a ``needed`` column a file is not this table at all.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: str
    title: str
    hint: str
    width: int = 16
    needed: bool = False


class Layout(BaseModel):
    """A table's sheet, the sheet beside it that explains, and its columns in their order."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sheet: str
    help_sheet: str
    intro: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def titles(self) -> Mapping[str, str]:
        """Heading by key."""
        return {column.key: column.title for column in self.columns}

    def hinted(self, **names: str) -> Layout:
        """The same table, the ``$names`` in its hints filled; a hint may have none of them."""
        columns = tuple(
            column.model_copy(update={"hint": Template(column.hint).safe_substitute(names)})
            for column in self.columns
        )
        return self.model_copy(update={"columns": columns})

    def read_heading(self, sheet: str, heading: Sequence[str]) -> Sequence[str]:
        """The key of each column of a first row, "" for a blank; raises ``BadTable``.

        A column may be named by its heading or by its key.
        """
        known = {name: c.key for c in self.columns for name in (c.title, c.key)}
        keys: list[str] = []
        for title in (cell.strip() for cell in heading):
            key = known.get(title, "")
            if title and not key:
                raise refused("head_unknown", sheet=sheet, title=title[:20])
            if key and key in keys:
                raise refused("head_twice", sheet=sheet, title=title)
            keys.append(key)
        for column in self.columns:
            if column.needed and column.key not in keys:
                raise refused("head_missing", sheet=sheet, title=column.title)
        return keys


def load_layout(file: Path) -> Layout:
    """Read a table's description."""
    return Layout.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
