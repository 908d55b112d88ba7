"""Dates told from today, a Monday."""

from __future__ import annotations

from datetime import date

import pytest

from nlu.text.relative_dates import find_relative

DAY = date(2026, 11, 23)


def found(text: str, day: date = DAY) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find_relative(text, day)]


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("昨天撞的", "昨天", "2026-11-22"),
        ("昨晚喝多了", "昨晚", "2026-11-22"),
        ("昨日仔夜里", "昨日仔夜里", "2026-11-22"),
        ("俺夜儿个去的", "夜儿个", "2026-11-22"),
        ("大前天", "大前天", "2026-11-20"),
        ("前天下午", "前天下午", "2026-11-21"),
        ("今朝买的", "今朝", "2026-11-23"),
        ("明早去", "明早", "2026-11-24"),
        ("后天上午来", "后天上午", "2026-11-25"),
        ("大后天", "大后天", "2026-11-26"),
        ("上周三交的", "上周三", "2026-11-18"),
        ("上上个礼拜五", "上上个礼拜五", "2026-11-13"),
        ("这周六", "这周六", "2026-11-28"),
        ("下周二下午", "下周二下午", "2026-12-01"),
        ("上周末", "上周末", "2026-11-21"),
        ("上个星期", "上个星期", "2026-11-16"),
        ("下周", "下周", "2026-11-30"),
        ("周五到期", "周五", "2026-11-27"),
        ("礼拜天上班吗", "礼拜天", "2026-11-29"),
        ("改到周三", "周三", "2026-11-25"),
        ("三天前", "三天前", "2026-11-20"),
        ("两周之前", "两周之前", "2026-11-09"),
        ("两个月前", "两个月前", "2026-09"),
        ("半年以前", "半年以前", "2026-05"),
        ("三年前", "三年前", "2023"),
        ("一个半月前", "一个半月前", "2026-10-08"),
        ("一年零两个月前", "一年零两个月前", "2025-09"),
    ],
)
def test_a_date_is_found(text: str, said: str, value: str) -> None:
    assert found(text) == [(said, value)]


@pytest.mark.parametrize(
    ("day", "text", "value"),
    [
        (date(2024, 3, 1), "前天", "2024-02-28"),
        (date(2025, 12, 31), "明天", "2026-01-01"),
        (date(2026, 11, 29), "上周三", "2026-11-18"),
        (date(2026, 11, 29), "周五", "2026-11-27"),
        (date(2027, 3, 31), "一个月前", "2027-02"),
        (date(2027, 3, 31), "一个半月前", "2027-02-13"),
        (date(2024, 2, 29), "一年前", "2023"),
    ],
)
def test_at_the_ends_of_weeks_months_and_years(day: date, text: str, value: str) -> None:
    assert [told for _, told in found(text, day)] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "以前天天加班",
        "之后天天来",
        "目前天气",
        "今日头条",
        "每周三",
        "周一到周五",
        "一周三次",
        "周三次",
        "周末加班",
        "这周岁",
        "三年前夫",
        "三个月前后",
        "几天前",
        "两小时前",
        "前天天",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []
