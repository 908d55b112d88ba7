"""Any table that is taken, and files that are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.sheets.rows import Row
from knowledge_base.sheets.tables import ROWS_AT_MOST, bounded, table_rows, write_whole
from knowledge_base.sheets.wording import BadTable

from .workbooks import LAYOUT, workbook


def test_every_kind_gives_the_same_rows(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("- {名称: 甲, 备注: 乙}\n", encoding="utf-8")
    (tmp_path / "a.csv").write_text("名称,备注\n甲,乙\n", encoding="utf-8")
    workbook(tmp_path / "a.xlsx", ["甲", "乙"])

    read = [table_rows(path, LAYOUT, csv=True) for path in tmp_path.iterdir()]

    assert [[dict(r.cells) for r in rows] for rows in read] == [[{"name": "甲", "note": "乙"}]] * 3


def test_a_table_without_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadTable, match="一行内容也没有"):
        table_rows(workbook(tmp_path / "a.xlsx"), LAYOUT)


def test_there_may_be_so_many_rows() -> None:
    row = Row(sheet="表", number=1, cells={})

    assert len(bounded([row] * ROWS_AT_MOST)) == ROWS_AT_MOST
    with pytest.raises(BadTable, match="超过"):
        bounded([row] * (ROWS_AT_MOST + 1))


def test_files_are_written_and_nothing_is_left_beside(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")

    write_whole({tmp_path / "a": b"new", tmp_path / "b": b"more"})

    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"a": b"new", "b": b"more"}


def test_all_or_none(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "z").mkdir()  # a file cannot take the place of a folder

    with pytest.raises(OSError, match="z"):
        write_whole({tmp_path / "a": b"new", tmp_path / "b": b"more", tmp_path / "z": b"last"})

    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "z"]
    assert (tmp_path / "a").read_bytes() == b"old"
