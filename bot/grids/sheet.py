"""The sheet of a day: each grid with what it reported, or that it did not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import yaml

from cases.districts import districts
from cases.grids.reports import Line, State
from knowledge_base.sheets.cells import CONTROL
from knowledge_base.sheets.layout import Layout, load_layout
from knowledge_base.sheets.xlsx_writing import workbook_bytes

LAYOUT = Path(__file__).with_name("sheet.yml")
WORDS = Path(__file__).with_name("words.yml")


def sheet_bytes(lines: Iterable[Line]) -> bytes:
    """The sheet as a workbook; what people typed is never taken for a formula."""
    return workbook_bytes(_layout(), [cells(line) for line in lines])


def cells(line: Line) -> Mapping[str, str]:
    """A line of the sheet by its columns; a grid that did not report has no numbers."""
    said = line.state is not State.MISSING
    return {
        "grid": line.grid,
        "area": districts()[line.area],
        "state": _words()[line.state if said or line.bound else "unbound"],
        "screened": str(line.screened) if said else "",
        "found": str(line.found) if said else "",
        "disputes": CONTROL.sub("", line.disputes),
        "notes": _notes(line),
    }


def _notes(line: Line) -> str:
    marks = {"corrected": line.edition > 1, "late": line.late, "substitute": line.substitute}
    return "、".join(_words()[name] for name, holds in marks.items() if holds)


@cache
def _layout() -> Layout:
    return load_layout(LAYOUT)


@cache
def _words() -> dict[str, str]:
    read: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return read
