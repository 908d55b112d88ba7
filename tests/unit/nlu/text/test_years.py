"""Years as they are told, and the year of a day that was told without one."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.years import first_day, year_of, year_source, year_without

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2024年", 2024),
        ("二〇二三年", 2023),
        ("二零一九年度", 2019),
        ("98年", 1998),
        ("24年", 2024),
        ("零八年", 2008),
        ("去年", 2025),
        ("旧年", 2025),
        ("大前年", 2023),
        ("前年", 2024),
        ("今年", 2026),
        ("后年", 2028),
    ],
)
def test_years(text: str, year: int) -> None:
    match = re.fullmatch(year_source(), text)

    assert match is not None
    assert year_of(match, DAY) == year


@pytest.mark.parametrize("text", ["如今年纪", "以前年年", "12024年", "今年纪念", "一百二十年"])
def test_what_names_no_year(text: str) -> None:
    assert re.search(year_source(), text) is None


@given(
    st.dates(date(2000, 1, 1), date(2049, 12, 31)), st.dates(date(2023, 1, 1), date(2023, 12, 31))
)
def test_a_day_without_a_year_is_a_year_back_or_half_a_year_ahead(day: date, told: date) -> None:
    found = told.replace(year=year_without(told.month, told.day, day, since=None))

    assert timedelta(days=-366) < found - day < timedelta(days=188)


@pytest.mark.parametrize(
    ("month", "day", "year"), [(3, 5, 2026), (12, 31, 2026), (11, 24, 2026), (1, 1, 2026)]
)
def test_in_november_every_month_is_this_years(month: int, day: int, year: int) -> None:
    assert year_without(month, day, DAY, since=None) == year


def test_in_january_the_end_of_the_year_is_last_years() -> None:
    assert year_without(11, 3, date(2027, 1, 10), since=None) == 2026
    assert year_without(3, 1, date(2027, 1, 10), since=None) == 2027


def test_after_the_beginning_of_a_range_the_next_there_is() -> None:
    assert year_without(6, 1, DAY, since=date(2024, 3, 1)) == 2024
    assert year_without(2, 1, DAY, since=date(2024, 3, 1)) == 2025


@pytest.mark.parametrize(
    ("value", "day"),
    [("2024", date(2024, 1, 1)), ("2024-03", date(2024, 3, 1)), ("2024-03-05", date(2024, 3, 5))],
)
def test_first_day(value: str, day: date) -> None:
    assert first_day(value) == day
