"""The sheet that goes back and forth: what is in it, what is read from it, what is wrong with a row."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook

from bodies.adapters.sheets import FILE, Sheet, read_sheet, sheet_bytes
from bodies.contract import Parcel, Status, Step
from knowledge_base.sheets.wording import BadTable

ONE, TWO = "XF3205082610120001236", "XF320509260922000104B"
AT = datetime(2026, 11, 20, 20, tzinfo=UTC)
PARCEL = Parcel(
    reference=ONE,
    revision=4,
    kind_name="信访件",
    title="=1+1",
    words="电梯\x07停了",
    person={"who": "演示甲", "phone": "13800000000"},
    received_at=AT,
    steps=(
        Step(seq=1, at=AT, by="citizen", command="submit", label="收到", words="电梯\x07停了"),
    ),
)


def written(tmp_path: Path, text: str, name: str = "in.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_our_own_sheet_says_nothing_until_it_is_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(sheet_bytes([PARCEL, Parcel(reference=TWO, revision=2, released=True)]))
    rows = list(load_workbook(path).worksheets[0].values)

    assert rows[1][:3] == (ONE, None, None)
    assert {"信访件", "'=1+1", "电梯停了", "演示甲，13800000000", "2026-11-21", "4"} <= set(
        rows[1]
    )
    assert "是" in rows[2]
    assert read_sheet(path) == Sheet(lines=(), faults=())
    assert sheet_bytes([PARCEL]) == sheet_bytes([PARCEL])


def test_rows_are_read_as_lines(tmp_path: Path) -> None:
    sheet = read_sheet(
        written(
            tmp_path,
            f"编号,对方编号,办到哪,说明\n{ONE.lower()},信-1,已受理,好\n{TWO},信-2,,\n",
        )
    )

    assert sheet.faults == ()
    assert [(x.reference, x.number, x.status, x.text) for x in sheet.lines] == [
        (ONE, "信-1", Status.ACCEPTED, "好"),
        (TWO, "信-2", None, ""),
    ]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("XF3205082610120001239,1,已受理", "编号"),
        (f"{ONE},1,办好了", "办到哪"),
        (f"{ONE},{'1' * 65},已受理", "对方编号"),
        (f"{ONE},1,已受理\n{ONE},2,已办结", "编号"),
    ],
)
def test_faults_name_their_row(tmp_path: Path, row: str, column: str) -> None:
    sheet = read_sheet(written(tmp_path, f"编号,对方编号,办到哪\n{row}\n"))

    assert [fault.column for fault in sheet.faults] == [column]
    assert sheet.faults[0].row == 1 + len(row.splitlines())


def test_a_sheet_without_the_columns_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadTable):
        read_sheet(written(tmp_path, "a,b\n1,2\n"))


def test_every_word_of_the_contract_has_a_name() -> None:
    named = yaml.safe_load(FILE.read_text(encoding="utf-8"))["statuses"]

    assert named.keys() == set(Status)
    assert len(set(named.values())) == len(named)
