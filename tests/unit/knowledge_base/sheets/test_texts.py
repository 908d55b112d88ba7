"""Rows of YAML and CSV: bounded, in UTF-8, with their lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.sheets.texts import csv_rows, yaml_items, yaml_rows
from knowledge_base.sheets.wording import BadTable

from .workbooks import LAYOUT

LAUGHS = "- &a {x: 1}\n- [*a, *a]\n"


def file(tmp_path: Path, content: str | bytes, name: str = "a.yml") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_items_have_their_lines(tmp_path: Path) -> None:
    items = yaml_items(file(tmp_path, "\ufeff# 说明\n- name: 甲\n  note: 1\n\n- name: 乙\n"))

    assert [(i.line, dict(i.fields)) for i in items] == [
        (2, {"name": "甲", "note": 1}),
        (5, {"name": "乙"}),
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("- name: 甲".encode("gbk"), "不是 UTF-8"),
        ("- [unclosed", "YAML 写法不对"),
        ("- name: 甲\n bad: x\n", "第 2 行"),
        ("- day: 2026-02-30", "YAML 写法不对"),
        ("name: 甲", "一条一条的清单"),
        ("- 甲", "一条一条的清单"),
        ("文字", "一条一条的清单"),
        (LAUGHS, "引用"),
        ("- !!python/object/apply:os.system [ls]", "YAML 写法不对"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(BadTable, match=told):
        yaml_items(file(tmp_path, content))


def test_an_empty_file_has_no_items(tmp_path: Path) -> None:
    assert yaml_items(file(tmp_path, "# nothing\n")) == ()


def test_yaml_rows_take_headings_and_keys(tmp_path: Path) -> None:
    path = file(tmp_path, "- 名称: 甲\n  note: [1]\n  电话: 1\n- name: 12348\n  备注:\n")

    first, second = yaml_rows(path, LAYOUT)

    assert [(f.column, f.text) for f in first.faults] == [
        ("备注", "要写成文字"),
        ("电话", "没有“电话”这一项"),
    ]
    assert (second.number, dict(second.cells), second.faults) == (
        4,
        {"name": "12348", "note": ""},
        (),
    )


def test_csv_rows(tmp_path: Path) -> None:
    text = '\ufeff名称,备注\r\n\r\n甲,"一\n二"\r\n\'=乙,x,多的\r\n'

    first, second = csv_rows(file(tmp_path, text, "a.csv"), LAYOUT)

    assert (first.number, dict(first.cells)) == (4, {"name": "甲", "note": "一\n二"})
    assert dict(second.cells) == {"name": "=乙", "note": "x"}
    assert [f.text for f in second.faults] == ["表头以外还有内容：多的"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("名称\n甲".encode("gbk"), "不是 UTF-8"),
        ('名称\n"甲', "打不开"),
        ("姓名\n甲", "不认识的“姓名”"),
    ],
)
def test_a_bad_csv_is_told(tmp_path: Path, content: str | bytes, told: str) -> None:
    with pytest.raises(BadTable, match=told):
        list(csv_rows(file(tmp_path, content, "a.csv"), LAYOUT))


def test_a_control_character_is_a_fault(tmp_path: Path) -> None:
    (row,) = csv_rows(file(tmp_path, "名称\n甲\x07", "a.csv"), LAYOUT)

    assert [fault.text for fault in row.faults] == ["有看不见的控制字符"]
