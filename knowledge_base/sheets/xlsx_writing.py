"""A workbook whose bytes depend on its content alone: no time of writing, no machine in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from knowledge_base.sheets.cells import CONTROL, escaped
from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.wording import refused

# The earliest moment that a zip file can hold.
NEVER = (1980, 1, 1, 0, 0, 0)
CORE = "docProps/core.xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
CREATOR = "sufatong"
HELP_WIDTHS = (16, 80)
SHOWN = 40


def workbook_bytes(layout: Layout, rows: Iterable[Mapping[str, str]]) -> bytes:
    """The table with a heading and these rows by column key, and the sheet that explains it.

    What a spreadsheet would compute is escaped. Raises ``BadTable`` for a control character.
    """
    keys = [column.key for column in layout.columns]
    table = [[row.get(key, "") for key in keys] for row in rows]
    _check(table)
    workbook = Workbook(write_only=True)
    workbook.properties.creator = CREATOR
    workbook.properties.created = datetime(*NEVER)  # noqa: DTZ001  openpyxl writes naive UTC
    _add(
        workbook,
        layout.sheet,
        [[column.title for column in layout.columns], *table],
        [column.width for column in layout.columns],
    )
    told = [[line] for line in layout.intro]
    told += [[column.title, column.hint] for column in layout.columns]
    _add(workbook, layout.help_sheet, told, HELP_WIDTHS, heading=False)
    written = BytesIO()
    workbook.save(written)
    return _timeless(written.getvalue())


def _check(table: Iterable[Sequence[str]]) -> None:
    """Before anything is written: openpyxl leaves its streams open where it stops halfway."""
    for row in table:
        for text in row:
            if CONTROL.search(text):
                raise refused("text_unprintable", name=row[0], text=repr(text[:SHOWN]))


def _add(
    workbook: Workbook,
    title: str,
    rows: Iterable[Sequence[str]],
    widths: Sequence[int],
    *,
    heading: bool = True,
) -> None:
    sheet = workbook.create_sheet(title)
    if heading:
        sheet.freeze_panes = "B2"
    for number, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    wrapped, bold = Alignment(wrap_text=True, vertical="top"), Font(bold=True)
    for number, row in enumerate(rows):
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, value=escaped(text) or None)
            cell.alignment = wrapped
            # Text, whatever it looks like: 12348 and 2026-11-22 stay as they are.
            cell.number_format = "@"
            if heading and number == 0:
                cell.font = bold
            cells.append(cell)
        sheet.append(cells)


def _timeless(content: bytes) -> bytes:
    """The same workbook with every time of writing taken out."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == CORE:
                data = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z\g<2>", data)
            info = ZipInfo(name, date_time=NEVER)
            info.compress_type = ZIP_DEFLATED
            # ZipInfo notes the operating system otherwise.
            info.create_system = 3
            target.writestr(info, data)
    return out.getvalue()
