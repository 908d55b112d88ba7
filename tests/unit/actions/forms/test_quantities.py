"""Numbers with a unit, read from what citizens say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.forms.quantities import Unit, bare, months_and_days, quantity
from nlu.entities import find_entities

DAY = date(2026, 11, 23)


def read(unit: Unit, text: str) -> list[str]:
    found = (quantity(unit, text, entity) for entity in find_entities(text, DAY))
    return [value for value in found if value is not None]


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        (Unit.YUAN, "九千五", "9500"),
        (Unit.YUAN, "负五千块", "-5000"),
        (Unit.HOURS, "四十六个小时", "46"),
        (Unit.HOURS, "3天", "24"),
        (Unit.HOURS, "一天半", "12"),
        (Unit.HOURS, "一小时三十分钟", "1.5"),
        (Unit.DAYS, "十天", "10"),
        (Unit.DAYS, "8小时", "1"),
        (Unit.DAYS, "三个月", "90"),
        (Unit.YEARS, "12年", "12"),
        (Unit.YEARS, "八年半", "8.5"),
        (Unit.YEARS, "15年", "15"),
        (Unit.PERIOD, "三年八个月", "P3Y8M"),
        (Unit.PERIOD, "15年", "P15Y"),
        (Unit.YEARLY, "年利率12%", "12"),
        (Unit.YEARLY, "月息一分", "12"),
        (Unit.YEARLY, "3.1%", "3.1"),
        (Unit.YEARLY, "日万分之五", "18.25"),
        (Unit.DAILY, "每天万分之二", "2"),
        (Unit.DAILY, "万分之二", "2"),
        (Unit.DAILY, "年利率3.65%", "1"),
    ],
)
def test_a_quantity_is_told_in_its_unit(unit: Unit, text: str, value: str) -> None:
    assert read(unit, text) == [value]


@pytest.mark.parametrize(
    ("unit", "text"),
    [
        (Unit.YUAN, "三年八个月"),
        (Unit.HOURS, "九千五"),
        (Unit.PERIOD, "46小时"),
        (Unit.PERIOD, "2015年3月"),
        (Unit.DAILY, "两天"),
    ],
)
def test_what_counts_something_else_is_none(unit: Unit, text: str) -> None:
    assert read(unit, text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("46", "46"),
        ("大概46个", "46"),
        ("9,500", "9500"),
        ("-5000", "-5000"),
        ("工资-9500", "9500"),
        ("0", "0"),
        ("四十六", "46"),
        ("十", "10"),
        ("二十", "20"),
        ("两", "2"),
        ("半", "0.5"),
        ("没有了吧", None),
        ("3到5", None),
        ("", None),
    ],
)
def test_a_bare_number_is_an_answer(text: str, value: str | None) -> None:
    assert bare(Unit.HOURS, text) == value


@pytest.mark.parametrize(
    ("unit", "text", "value"),
    [
        (Unit.HOURS, "1天", "8"),
        (Unit.HOURS, "一天", "8"),
        (Unit.HOURS, "大概三个小时吧", "3"),
        (Unit.HOURS, "1.5天", "12"),
        (Unit.DAYS, "一天", "1"),
        (Unit.DAYS, "一个月", "30"),
        (Unit.DAYS, "一周", "7"),
        (Unit.YEARS, "一年", "1"),
        (Unit.YEARS, "6个月", "0.5"),
        (Unit.PERIOD, "一年", "P1Y"),
        (Unit.PERIOD, "做了一个月", "P1M"),
        (Unit.PERIOD, "一个礼拜", "P7D"),
        (Unit.PERIOD, "半年", None),
        (Unit.PERIOD, "3小时", None),
        (Unit.YUAN, "-5000元", "-5000"),
        (Unit.YUAN, "3天", None),
        (Unit.HOURS, "10元", None),
        (Unit.YUAN, "10%", None),
    ],
)
def test_a_span_is_told_in_the_slots_unit(unit: Unit, text: str, value: str | None) -> None:
    assert bare(unit, text) == value


def test_a_period_is_no_bare_number() -> None:
    assert bare(Unit.PERIOD, "3") is None
    assert bare(Unit.PERIOD, "三") is None


@given(st.integers(0, 99), st.integers(0, 11), st.integers(0, 30))
def test_periods_are_told_in_months_and_days(years: int, months: int, days: int) -> None:
    assert months_and_days(f"P{years}Y{months}M{days}D") == (years * 12 + months, days)


def test_nonsense_is_no_period() -> None:
    with pytest.raises(ValueError, match="three"):
        months_and_days("three years")


@settings(deadline=None)
@given(st.sampled_from(Unit), st.text(max_size=20))
def test_any_answer_is_read_without_a_fault(unit: Unit, text: str) -> None:
    value = bare(unit, text)

    assert value is None or float(value) == float(value)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("3 万", "30000"), ("大概 2.5 w", "25000"), ("5 千", "5000"), ("30 元", "30")],
)
def test_a_blank_before_the_unit_does_not_make_it_less(text: str, yuan: str) -> None:
    assert bare(Unit.YUAN, text) == yuan
    assert bare(Unit.COUNT, "3 万") == "3"
