"""Rows of real workbooks: typed by people, by machines, and by those who mean harm."""

from __future__ import annotations

import time
import tracemalloc
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from knowledge_base.sheets.rows import Row
from knowledge_base.sheets.tables import table_rows
from knowledge_base.sheets.wording import BadTable
from knowledge_base.sheets.xlsx_reading import xlsx_rows

from .workbooks import LAYOUT, repacked, shared, workbook

SHEET = "xl/worksheets/sheet1.xml"


def rows(path: Path) -> list[Row]:
    return list(xlsx_rows(path, LAYOUT))


def texts(path: Path) -> list[tuple[int, str, str]]:
    return [(r.number, r.cells["name"], r.cells["note"]) for r in rows(path)]


def faults(path: Path) -> list[tuple[int, str, str]]:
    return [(f.row, f.column, f.text) for r in rows(path) for f in r.faults]


def test_rows_are_texts_with_their_numbers(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲", 12348], [], [date(2026, 11, 22), "'=1"])

    assert texts(path) == [(2, "甲", "12348"), (4, "2026-11-22", "=1")]
    assert faults(path) == []


def test_a_formula_is_a_fault_and_nothing_is_computed(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲", "=1+1"], ["=HYPERLINK(A1)", "乙"])

    assert [(row, column) for row, column, _ in faults(path)] == [(2, "备注"), (3, "名称")]
    assert all("是公式" in text for *_, text in faults(path))
    assert texts(path)[0] == (2, "甲", "")


def test_an_error_value_is_a_fault(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲", "#REF!"])

    assert faults(path) == [(2, "备注", "是 Excel 的错误值（#REF!）")]


def test_merged_cells_are_faults_of_their_rows(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ["甲"], ["乙"], ["丙"], change=lambda s: s.merge_cells("B2:B3")
    )

    told = "在合并单元格 B2:B3 里；请取消合并，每行各填各的"
    assert faults(path) == [(2, "备注", told), (3, "备注", told)]


def test_a_merged_heading_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲"], change=lambda s: s.merge_cells("A1:B1"))

    with pytest.raises(BadTable, match="A1:B1"):
        rows(path)


def test_what_stands_outside_the_heading_is_a_fault(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲", "", "多的"])

    assert faults(path) == [(2, "C", "表头以外还有内容：多的")]


def test_a_wrong_heading_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="不认识的“姓名”"):
        rows(workbook(tmp_path / "a.xlsx", ["甲"], heading=("姓名", "备注")))


def test_sheets_that_explain_hide_or_are_empty_are_passed_over(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "空"  # type: ignore[union-attr]
    for title, head in (("说明", ["随便"]), ("藏", ["清单"]), ("又一张", ["名称", "备注"])):
        sheet = book.create_sheet(title)
        sheet.append(head)
        sheet.append(["甲"])
        sheet.sheet_state = "hidden" if title == "藏" else "visible"
    book.save(tmp_path / "a.xlsx")

    assert [(r.sheet, r.number) for r in rows(tmp_path / "a.xlsx")] == [("又一张", 2)]


def test_a_dimension_that_lies_hides_no_row(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", ["甲"], ["乙"])
    with ZipFile(path) as archive:
        sheet = archive.read(SHEET).replace(b'ref="A1:B3"', b'ref="A1:B2"')
    assert b"A1:B2" in sheet

    assert [name for _, name, _ in texts(repacked(path, add=[(SHEET, sheet)]))] == ["甲", "乙"]


def test_texts_that_stand_apart_are_read(tmp_path: Path) -> None:
    strings = "<sst xmlns='NS'><si><t>名称</t></si><si><r><t>甲</t></r><r><t>乙</t></r></si></sst>"

    path = shared(tmp_path / "a.xlsx", strings.encode())

    assert [row.cells["name"] for row in rows(path)] == ["甲乙"]


@pytest.mark.parametrize(
    "attack",
    [
        '<!DOCTYPE sst [<!ENTITY b "c">]>',
        '<!DOCTYPE sst [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, attack: str) -> None:
    strings = f"{attack}<sst xmlns='NS'><si><t>名称</t></si><si><t>&b;</t></si></sst>"

    with pytest.raises(BadTable, match="打不开"):
        rows(shared(tmp_path / "a.xlsx", strings.encode()))


@pytest.mark.parametrize(
    "strings", [b"<not xml", b"<sst xmlns='NS'><si><t>x</t></si></sst>", b"", b"\xff\xfe"]
)
def test_damaged_texts_are_told(tmp_path: Path, strings: bytes) -> None:
    with pytest.raises(BadTable):
        rows(shared(tmp_path / "a.xlsx", strings))


@pytest.mark.parametrize("member", ["xl/workbook.xml", SHEET, "[Content_Types].xml"])
def test_a_damaged_member_is_told(tmp_path: Path, member: str) -> None:
    path = repacked(workbook(tmp_path / "a.xlsx", ["甲"]), add=[(member, b"<not xml")])

    with pytest.raises(BadTable, match="打不开"):
        rows(path)


def test_a_sheet_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    path = repacked(workbook(tmp_path / "a.xlsx", ["甲"]), drop=[SHEET])

    with pytest.raises(BadTable, match="一行内容也没有"):
        table_rows(path, LAYOUT)


def test_a_hundred_thousand_rows_are_refused_in_little_time_and_memory(tmp_path: Path) -> None:
    small = workbook(tmp_path / "a.xlsx", ["甲"])
    big = repacked(small, add=[(SHEET, sheet_xml(("名称", "备注"), *[("甲", "一")] * 100_000))])

    begun = time.process_time()
    with pytest.raises(BadTable, match="超过 5000 行"):
        table_rows(big, LAYOUT)
    assert time.process_time() - begun < 10

    tracemalloc.start()
    with pytest.raises(BadTable):
        table_rows(big, LAYOUT)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 50_000_000


def sheet_xml(*rows: tuple[str, str]) -> bytes:
    """A sheet as a spreadsheet program writes it, in a hundredth of openpyxl's time."""
    lines = (
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{a}</t></is></c>'
        f'<c r="B{n}" t="inlineStr"><is><t>{b}</t></is></c></row>'
        for n, (a, b) in enumerate(rows, 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<worksheet xmlns="{space}"><sheetData>{"".join(lines)}</sheetData></worksheet>'.encode()
    )


def test_a_tail_of_blank_rows_is_refused(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx", ["甲"], change=lambda s: s.cell(row=30_000, column=1, value="乙")
    )

    with pytest.raises(BadTable, match="末尾的空行"):
        rows(path)
