"""Workbooks as people make them, and as nobody should: real files, written by openpyxl."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from knowledge_base.sheets.layout import Column, Layout

LAYOUT = Layout(
    sheet="表",
    help_sheet="说明",
    intro=("怎么填",),
    columns=(
        Column(key="name", title="名称", hint="叫什么", needed=True),
        Column(key="note", title="备注", hint="别的"),
    ),
)
HEADING = ("名称", "备注")


def workbook(
    path: Path,
    *rows: Sequence[object],
    heading: Sequence[object] = HEADING,
    change: Callable[[Worksheet], object] = lambda sheet: None,
) -> Path:
    """A workbook with one sheet of a heading and rows; ``change`` does the rest to it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表"
    for row in (heading, *rows):
        sheet.append(list(row))
    change(sheet)
    book.save(path)
    return path


def repacked(
    path: Path, *, drop: Iterable[str] = (), add: Iterable[tuple[str, bytes]] = ()
) -> Path:
    """The same archive with members left out or added; one added replaces its namesake."""
    added = dict(add)
    with ZipFile(path) as source:
        kept = {n: source.read(n) for n in source.namelist() if n not in {*drop, *added}}
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, data in {**kept, **added}.items():
            target.writestr(name, data)
    return path


def shared(path: Path, strings: bytes) -> Path:
    """A workbook as Excel writes it: its texts apart from its cells, which say A2 is text 2."""
    workbook(path, ["甲"])
    with ZipFile(path) as source:
        types = source.read("[Content_Types].xml")
        relations = source.read("xl/_rels/workbook.xml.rels")
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    relation = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    rows = b'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="s"><v>1</v></c></row>'
    return repacked(
        path,
        add=[
            (
                "[Content_Types].xml",
                types.replace(
                    b"</Types>",
                    b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>'
                    % kind,
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relations.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId99" Type="%s" Target="sharedStrings.xml"/></Relationships>'
                    % relation,
                ),
            ),
            (
                "xl/worksheets/sheet1.xml",
                b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows),
            ),
            ("xl/sharedStrings.xml", strings.replace(b"NS", main)),
        ],
    )
