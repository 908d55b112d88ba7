"""Rows of a table and what is wrong with them, whatever kind of file they came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFault:
    """Something wrong with one row: its sheet (or file), its row or line, the column's heading."""

    sheet: str
    row: int
    column: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row's texts by the keys of their columns; empty cells are there with ""."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    faults: tuple[RowFault, ...] = ()

    def fault(self, column: str, text: str) -> RowFault:
        """A fault of this row."""
        return RowFault(sheet=self.sheet, row=self.number, column=column, text=text)
