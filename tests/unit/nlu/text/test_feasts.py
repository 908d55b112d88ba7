"""Holidays and the days they fall on."""

from __future__ import annotations

import json
from datetime import date

import pytest
from holidays.calendars.chinese import _ChineseLunisolar

from nlu.text.feasts import FILE, find_feasts

DAY = date(2026, 11, 23)


def found(text: str, day: date = DAY) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find_feasts(text, day)]


def test_the_days_of_lunar_holidays_are_right() -> None:
    calendar = _ChineseLunisolar()
    computed = {
        "春节": calendar.lunar_new_year_date,
        "清明": calendar.qingming_date,
        "端午": calendar.dragon_boat_date,
        "中秋": calendar.mid_autumn_date,
    }
    data = json.loads(FILE.read_text(encoding="utf-8"))
    years = range(data["first_year"], 2051)

    for feast, of_year in computed.items():
        expected = [f"{of_year(year)[0]:%m-%d}" for year in years]
        assert " ".join(data["days"][feast]).split() == expected, feast


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("去年国庆订的", "去年国庆", "2025-10-01"),
        ("十一长假", "十一长假", "2026-10-01"),
        ("元旦加班", "元旦", "2026-01-01"),
        ("双11买的", "双11", "2026-11-11"),
        ("2024年春节", "2024年春节", "2024-02-10"),
        ("大年初一", "大年初一", "2026-02-17"),
        ("今年大年三十", "今年大年三十", "2026-02-16"),
        ("正月初八进厂", "正月初八", "2026-02-24"),
        ("正月十五", "正月十五", "2026-03-03"),
        ("正月二十三", "正月二十三", "2026-03-11"),
        ("端午", "端午", "2026-06-19"),
        ("去年中秋节", "去年中秋节", "2025-10-06"),
        ("今年清明", "今年清明", "2026-04-05"),
    ],
)
def test_a_holiday_is_found(text: str, said: str, value: str) -> None:
    assert found(text) == [(said, value)]


def test_in_january_the_last_one_is_meant() -> None:
    assert found("国庆", date(2027, 1, 10)) == [("国庆", "2026-10-01")]
    assert found("春节", date(2027, 1, 10)) == [("春节", "2027-02-06")]


@pytest.mark.parametrize(
    "text",
    ["五一路", "周五一起", "一块五一度", "二十五一个", "清明上河图", "2060年春节", "国庆新村"],
)
def test_what_is_no_holiday(text: str) -> None:
    assert found(text) == []


def test_outside_the_table_no_lunar_day_is_told() -> None:
    assert found("端午", date(2060, 1, 1)) == []
