"""Rows of a workbook, read as a stream: cells are looked at, never computed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook

from knowledge_base.sheets.cells import CONTROL, as_text, unescaped
from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.rows import Row, RowFault
from knowledge_base.sheets.wording import BadTable, refused, words

# Blank rows at the end are read too: some sheets drag a million of them.
NUMBERS_AT_MOST = 20_000
MERGED = re.compile(rb'mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
CHUNK, OVERLAP = 1 << 16, 200
FORMULA, ERROR = "f", "e"
SHOWN = 20
# What openpyxl raises for a damaged workbook. SyntaxError is what XML parsers call bad XML, of
# which openpyxl uses one or the other; ValueError covers defusedxml's refusals of entities.
BROKEN = (
    BadZipFile, EOFError, KeyError, IndexError, AttributeError, ValueError, TypeError, SyntaxError,
    OSError, zlib.error,
)  # fmt: skip


class Cell(Protocol):
    """What openpyxl gives in its read-only mode."""

    @property
    def value(self) -> object: ...

    @property
    def data_type(self) -> str: ...


# As it is written (A2:B3), then its bounds from left to bottom.
Range = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A sheet's first row: the keys of its columns; and its merged cells."""

    titles: Mapping[str, str]
    keys: Sequence[str]
    merged: Sequence[Range]

    def at(self, index: int) -> tuple[str, str]:
        """The key of a column, "" for one of no business, and what it is called."""
        key = self.keys[index] if index < len(self.keys) else ""
        return key, self.titles.get(key) or get_column_letter(index + 1)


def xlsx_rows(path: Path, layout: Layout) -> Iterator[Row]:
    """The rows of every sheet but hidden ones and the one that explains; raises ``BadTable``.

    A sheet with nothing in it is passed over. A row with a formula or a merged cell has a fault.
    """
    try:
        # Opened here: openpyxl leaves it open where it cannot read it.
        with path.open("rb") as source, closing(_opened(source)) as workbook:
            for sheet in workbook.worksheets:
                if sheet.title != layout.help_sheet and sheet.sheet_state == "visible":
                    yield from _sheet_rows(path, workbook, sheet.title, layout)
    except BadTable:
        raise
    except BROKEN as error:
        raise refused("file_broken") from error


def _opened(source: BinaryIO) -> Workbook:
    return load_workbook(source, read_only=True, keep_links=False)


def _sheet_rows(path: Path, workbook: Workbook, title: str, layout: Layout) -> Iterator[Row]:
    sheet = workbook[title]
    # The dimension a sheet declares may hide rows that are there.
    sheet.reset_dimensions()
    merged = _merged(path, sheet._worksheet_path)  # type: ignore[attr-defined]  # noqa: SLF001
    head: Head | None = None
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        if number > NUMBERS_AT_MOST:
            raise refused("rows_blank", sheet=title, most=NUMBERS_AT_MOST)
        if all(cell.value in (None, "") for cell in cells):
            continue
        if head is None:
            if over := _merges_on(number, merged):
                raise refused("head_merged", sheet=title, range=over[0][0])
            keys = layout.read_heading(title, [as_text(cell.value) for cell in cells])
            head = Head(titles=layout.titles, keys=keys, merged=merged)
        else:
            yield _row(title, number, cells, head)


def _row(title: str, number: int, cells: Sequence[Cell], head: Head) -> Row:
    bare = Row(sheet=title, number=number, cells={})
    faults: list[RowFault] = []
    texts = {key: "" for key in head.keys if key}
    for index, cell in enumerate(cells):
        key, column = head.at(index)
        value, fault = _value(cell)
        if fault:
            faults.append(bare.fault(column, fault))
        elif key:
            texts[key] = value
        elif value.strip():
            faults.append(bare.fault(column, words("cell_extra", text=value[:SHOWN])))
    for span, left, *_ in _merges_on(number, head.merged):
        faults.append(bare.fault(head.at(left - 1)[1], words("cell_merged", range=span)))
    return Row(sheet=title, number=number, cells=texts, faults=tuple(faults))


def _value(cell: Cell) -> tuple[str, str | None]:
    """A cell's text, and what is wrong with it."""
    if cell.value is None:
        return "", None
    if cell.data_type == FORMULA:
        return "", words("cell_formula")
    text = unescaped(as_text(cell.value))
    if cell.data_type == ERROR:
        return "", words("cell_error", text=text[:SHOWN])
    return text, words("cell_control") if CONTROL.search(text) else None


def _merged(path: Path, member: str) -> list[Range]:
    """Merged ranges of a sheet, looked for in its text: the read-only mode does not tell them."""
    found: dict[str, Range] = {}
    with ZipFile(path) as archive, archive.open(member) as source:
        tail = b""
        while chunk := source.read(CHUNK):
            window = tail + chunk
            for match in MERGED.finditer(window):
                span = match.group(1).decode()
                found[span] = (span, *_bounds(span))
            tail = window[-OVERLAP:]
    return list(found.values())


def _bounds(span: str) -> tuple[int, int, int, int]:
    left, top, right, bottom = range_boundaries(span)
    return int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def _merges_on(number: int, merged: Sequence[Range]) -> list[Range]:
    return [found for found in merged if found[2] <= number <= found[4]]
