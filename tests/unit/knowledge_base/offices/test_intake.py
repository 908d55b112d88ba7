"""A table of offices is checked row by row, and comes out as it went in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cases.districts import districts
from knowledge_base.offices.intake import Directory, directory_bytes, office_layout, read_directory
from knowledge_base.sheets.wording import BadTable

DAY = date(2026, 11, 22)
GOOD = {
    "类别": "公证处",
    "名称": "演示公证处",
    "区域": "姑苏区",
    "地址": "演示路1号",
    "电话": "0512-12345678、12348",
    "时间": "演示",
    "来源": "演示",
    "最后核对日期": "2026/11/1",
    "有效期至": "2027年4月30日",
}


def read(tmp_path: Path, *rows: dict[str, str]) -> Directory:
    lines = [
        ",".join(GOOD),
        *(",".join(f'"{v}"' for v in {**GOOD, **row}.values()) for row in rows),
    ]
    file = tmp_path / "offices.csv"
    file.write_text("\n".join(lines), encoding="utf-8-sig")
    return read_directory(file, districts(), today=DAY)


def test_a_good_row_is_an_office(tmp_path: Path) -> None:
    (office,) = read(tmp_path, {}).offices

    assert (office.kind, office.area, office.phone) == ("notary", "320508", GOOD["电话"])
    assert (office.confirmed_on, office.valid_until) == (date(2026, 11, 1), date(2027, 4, 30))


@pytest.mark.parametrize(
    ("said", "area"),
    [
        ("320583", "320583"), ("sip000", "SIP000"), ("苏州工业园区", "SIP000"),
        ("虎丘区", "320505"), ("苏州高新区", "320505"), ("虎丘区（苏州高新区）", "320505"),
    ],
)  # fmt: skip
def test_an_area_is_named_by_key_or_name(tmp_path: Path, said: str, area: str) -> None:
    assert [o.area for o in read(tmp_path, {"区域": said}).offices] == [area]


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("类别", "茶馆", "没有这个类别：茶馆"),
        ("类别", "", "没有填"),
        ("名称", "", "没有填"),
        ("名称", "名" * 41, "太长（41 个字，最多 40 个）"),
        ("区域", "上海市", "没有这个区域：上海市"),
        ("地址", "第一行\n第二行", "要写在一行里"),
        ("电话", "打给老王", "不像电话：打给老王"),
        ("来源", " ", "没有填"),
        ("最后核对日期", "去年", "不是日期：去年；写成 2026-11-22"),
        ("最后核对日期", "2026-11-23", "核对日期比今天还晚：2026-11-23"),
        ("有效期至", "2026-02-30", "不是日期：2026-02-30；写成 2026-11-22"),
        ("有效期至", "2026-10-31", "有效期比核对日期还早：2026-10-31"),
    ],
)
def test_each_fault_is_told_with_its_place(
    tmp_path: Path, column: str, value: str, told: str
) -> None:
    found = read(tmp_path, {"名称": "另一处"}, {column: value})

    assert [o.name for o in found.offices] == ["另一处"]
    assert [(f.sheet, f.column, f.text) for f in found.faults] == [("offices.csv", column, told)]


def test_the_same_place_twice_is_a_fault(tmp_path: Path) -> None:
    found = read(tmp_path, {}, {"地址": "别处"})

    assert len(found.offices) == 1
    assert [(f.row, f.column) for f in found.faults] == [(3, "名称")]


def test_what_is_exported_is_imported_again(tmp_path: Path) -> None:
    offices = read(tmp_path, {}, {"名称": "=甲", "电话": "", "时间": "@周末不开"}).offices
    first = tmp_path / "a.xlsx"
    first.write_bytes(directory_bytes(offices, districts()))

    again = read_directory(first, districts(), today=DAY)

    assert (again.offices, again.faults) == (offices, ())
    assert directory_bytes(again.offices, districts()) == first.read_bytes()


def test_the_template_has_every_heading_and_no_office(tmp_path: Path) -> None:
    file = tmp_path / "empty.xlsx"
    file.write_bytes(directory_bytes([], districts()))

    with pytest.raises(BadTable, match="一行内容也没有"):
        read_directory(file, districts(), today=DAY)
    assert [c.title for c in office_layout().columns] == [
        "类别", "名称", "区域", "地址", "电话", "时间", "来源", "最后核对日期", "有效期至",
    ]  # fmt: skip


def test_yaml_is_read_too(tmp_path: Path) -> None:
    file = tmp_path / "offices.yml"
    lines = [f"{key}: {value}" for key, value in GOOD.items()]
    file.write_text("- " + "\n  ".join(lines) + "\n  备注: x\n", encoding="utf-8")

    found = read_directory(file, districts(), today=DAY)

    assert [(f.row, f.column, f.text) for f in found.faults] == [(1, "备注", "没有“备注”这一项")]
