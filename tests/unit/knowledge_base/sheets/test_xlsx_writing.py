"""A workbook is its content: the same rows give the same bytes, whenever and wherever."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from knowledge_base.sheets.cells import CONTROL
from knowledge_base.sheets.wording import BadTable
from knowledge_base.sheets.xlsx_reading import xlsx_rows
from knowledge_base.sheets.xlsx_writing import NEVER, workbook_bytes

from .workbooks import LAYOUT

ROWS = [{"name": "甲", "note": "=1+1"}, {"name": "乙\n二行", "note": ""}]
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\r"), max_size=30
).filter(lambda text: not CONTROL.search(text))


def test_the_same_rows_give_the_same_bytes_at_any_time() -> None:
    with time_machine.travel(datetime(2001, 1, 1, tzinfo=UTC)):
        first = workbook_bytes(LAYOUT, ROWS)
    with time_machine.travel(datetime(2031, 6, 1, tzinfo=UTC)):
        assert workbook_bytes(LAYOUT, ROWS) == first


def test_no_time_of_writing_is_in_it() -> None:
    with ZipFile(BytesIO(workbook_bytes(LAYOUT, ROWS))) as archive:
        assert {info.date_time for info in archive.infolist()} == {NEVER}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_nothing_in_it_is_a_formula() -> None:
    book = load_workbook(BytesIO(workbook_bytes(LAYOUT, ROWS)))

    assert book.sheetnames == ["表", "说明"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert [cell.value for cell in book["表"][2]] == ["甲", "'=1+1"]


def test_a_person_is_told_how_to_fill_it_in() -> None:
    told = load_workbook(BytesIO(workbook_bytes(LAYOUT, [])))["说明"]

    assert [[cell.value for cell in row] for row in told.iter_rows()] == [
        ["怎么填", None],
        ["名称", "叫什么"],
        ["备注", "别的"],
    ]


def test_a_control_character_is_refused() -> None:
    with pytest.raises(BadTable, match="控制字符"):
        workbook_bytes(LAYOUT, [{"name": "甲\x07"}])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TEXT.filter(str.strip), TEXT), min_size=1, max_size=5))
def test_what_is_written_is_read(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(workbook_bytes(LAYOUT, [{"name": a, "note": b} for a, b in texts]))

    rows = list(xlsx_rows(file, LAYOUT))

    assert [(row.cells["name"], row.cells["note"]) for row in rows] == texts
    assert [fault for row in rows for fault in row.faults] == []
