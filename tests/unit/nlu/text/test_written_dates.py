"""Dates told by the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.mentions import MONEY
from nlu.text.written_dates import find_numeric, find_written
from tests.unit.nlu.text.written_numbers import PLAIN, written

DAY = date(2026, 11, 23)
DATES = st.dates(date(1980, 1, 1), date(2049, 12, 31))


def found(text: str) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find_written(text, DAY)]


@given(DATES)
def test_any_day_in_words(day: date) -> None:
    year = "".join(PLAIN[0][int(digit)] for digit in str(day.year))
    in_han = f"{year}年{written(day.month)}月{written(day.day)}号"
    in_digits = f"{day.year}年{day.month}月{day.day}日"

    for said in (in_han, in_digits):
        assert found(f"我{said}签的") == [(said, day.isoformat())]


@given(DATES)
def test_any_day_in_figures(day: date) -> None:
    for said in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
    ):
        assert [m.value for m in find_numeric(f"我{said}签的", DAY)] == [day.isoformat()]


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("3月5号签的", "3月5号", "2026-03-05"),
        ("十一月三号", "十一月三号", "2026-11-03"),
        ("去年三月份", "去年三月份", "2025-03"),
        ("去年的三月", "去年的三月", "2025-03"),
        ("2024年6月", "2024年6月", "2024-06"),
        ("24年3月进厂", "24年3月", "2024-03"),
        ("九月十八前答复", "九月十八", "2026-09-18"),
        ("十月底说给", "十月底", "2026-10-21"),
        ("七月中旬", "七月中旬", "2026-07-11"),
        ("八月二十号夜里撞的", "八月二十号夜里", "2026-08-20"),
        ("上个月15号发的", "上个月15号", "2026-10-15"),
        ("下月初到期", "下月初", "2026-12-01"),
        ("本月底", "本月底", "2026-11-21"),
        ("这个月的二十号", "这个月的二十号", "2026-11-20"),
        ("月底结账", "月底", "2026-11-21"),
        ("去年年底", "去年年底", "2025-12"),
        ("去年底", "去年底", "2025-12"),
        ("今年上半年", "今年上半年", "2026-01"),
        ("去年夏天装的", "去年夏天", "2025-06"),
        ("下半年再说", "下半年", "2026-07"),
        ("2008年买的", "2008年", "2008"),
        ("98年的房", "98年", "1998"),
        ("我从23年做到现在", "23年", "2023"),
        ("15号到期", "15号", "2026-11-15"),
        ("改到26号", "26号", "2026-11-26"),
    ],
)
def test_a_date_is_found(text: str, said: str, value: str) -> None:
    assert found(text) == [(said, value)]


def test_the_end_of_a_range_takes_its_year_and_month() -> None:
    assert found("2024年3月到6月") == [("2024年3月", "2024-03"), ("6月", "2024-06")]
    assert found("2024年11月至2月") == [("2024年11月", "2024-11"), ("2月", "2025-02")]
    assert found("3月5日至8日") == [("3月5日", "2026-03-05"), ("8日", "2026-03-08")]


@pytest.mark.parametrize(
    "text",
    [
        "人民路18号",
        "地铁3号线",
        "3号楼",
        "2号桥",
        "小一号",
        "是二号宿舍楼",
        "15日内",
        "每个月10号发工资",
        "第三月",
        "三个月",
        "几月",
        "月饼",
        "网上月租",
        "月底薪",
        "年底薪",
        "如今年纪",
        f"一月{MONEY}",
        f"一月给{MONEY}",
        "2月30号",
        "13月",
        "干了23年",
        "23年工龄",
        "春天",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["2024.6万元", "12024-03-05", "2024-13", "20241301", "2024-3-5-1"]
)
def test_figures_that_are_no_date(text: str) -> None:
    assert list(find_numeric(text, DAY)) == []
