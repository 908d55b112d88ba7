"""Rows of the table of slots: read as written, faults named by row and column."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest

from bot.slots.intake import clock_of, read_slots, service_of, slot_layout
from cases.appointments.slots import NewSlot
from core.clock import SUZHOU

NOW = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
ROW = {
    "service": "lawyer_police",
    "area": "SIP000",
    "place": "园区某派出所",
    "day": "2026年12月1日",
    "start": "9：30",
    "end": "10:00:00",
    "capacity": "3",
    "bring": "身份证",
    "rest_day": "",
}


def faults(tmp_path: Path, **changes: str) -> list[tuple[str, str]]:
    read = read_slots(table(tmp_path, {**ROW, **changes}), now=NOW)
    assert len(read.slots) + len({f.row for f in read.faults}) == 1
    return [(fault.column, fault.text) for fault in read.faults]


def table(folder: Path, *rows: dict[str, str]) -> Path:
    lines = []
    for row in rows:
        fields = "\n".join(f"  {name}: {value!r}" for name, value in row.items())
        lines.append(f"-\n{fields}")
    path = folder / "slots.yml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_a_row_is_a_slot(tmp_path: Path) -> None:
    read = read_slots(table(tmp_path, ROW), now=NOW)

    assert read.faults == ()
    assert read.slots == (
        NewSlot(
            service="lawyer_police",
            area="SIP000",
            place="园区某派出所",
            starts_at=datetime(2026, 12, 1, 9, 30, tzinfo=SUZHOU),
            ends_at=datetime(2026, 12, 1, 10, tzinfo=SUZHOU),
            capacity=3,
            bring="身份证",
        ),
    )


@pytest.mark.parametrize(
    ("changes", "column", "text"),
    [
        ({"service": "公证"}, "种类", "没有这个种类：公证"),
        ({"area": "上海"}, "区域", "没有这个区域：上海"),
        ({"place": ""}, "地方", "没有填"),
        ({"place": "长" * 61}, "地方", "太长（61 个字，最多 60 个）"),
        ({"day": "2026-02-30"}, "日期", "不是日期：2026-02-30；写成 2026-12-01"),
        ({"day": "2026-11-27"}, "日期", "这个时间已经过去了"),
        ({"day": "2026-12-05"}, "日期", "这一天是休息日；真要开，在“休息日也开”写“是”"),
        ({"start": "24:00"}, "开始", "不是时间：24:00；写成 9:30"),
        ({"end": "9:30"}, "结束", "结束要在开始以后，而且在同一天"),
        ({"capacity": "很多"}, "名额", "不是数：很多"),
        ({"capacity": "501"}, "名额", "名额要在 1 到 500 之间"),
        ({"rest_day": "看情况"}, "休息日也开", "只写“是”，或者空着：看情况"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, changes: dict[str, str], column: str, text: str) -> None:
    assert faults(tmp_path, **changes) == [(column, text)]


def test_a_rest_day_is_opened_expressly(tmp_path: Path) -> None:
    assert faults(tmp_path, day="2026-12-05", rest_day="是") == []


def test_the_same_time_twice_is_a_fault(tmp_path: Path) -> None:
    read = read_slots(table(tmp_path, ROW, {**ROW, "capacity": "9"}), now=NOW)

    assert len(read.slots) == 1
    [fault] = read.faults
    assert fault.text.startswith("和第 2 行是同一个时间")


def test_names_are_as_good_as_keys() -> None:
    assert (service_of("心理疏导"), service_of("counselling")) == ("counselling", "counselling")
    assert [clock_of(t) for t in ("9:30", "23:59", "24:00", "九点")] == [
        time(9, 30),
        time(23, 59),
        None,
        None,
    ]


def test_the_hints_name_what_there_is() -> None:
    hints = {column.key: column.hint for column in slot_layout().columns}

    assert "领导接访日" in hints["service"]
    assert "SIP000 苏州工业园区" in hints["area"]
