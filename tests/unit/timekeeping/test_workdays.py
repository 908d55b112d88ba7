from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timekeeping.workdays import (
    is_provisional,
    is_workday,
    workday_on_or_after,
    workday_on_or_before,
)

# 国务院办公厅关于 2026 年部分节假日安排的通知
REST_2026 = (
    ("2026-01-01", "2026-01-03"),
    ("2026-02-15", "2026-02-23"),
    ("2026-04-04", "2026-04-06"),
    ("2026-05-01", "2026-05-05"),
    ("2026-06-19", "2026-06-21"),
    ("2026-09-25", "2026-09-27"),
    ("2026-10-01", "2026-10-07"),
)
MADE_UP_2026 = (
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip

published = st.dates(min_value=date(2007, 1, 1), max_value=date(2026, 12, 31))
any_day = st.dates(min_value=date(1990, 1, 1), max_value=date(2150, 12, 31))


def test_every_day_of_2026_is_as_the_state_council_declared() -> None:
    off = {
        date.fromisoformat(first) + timedelta(days=n)
        for first, last in REST_2026
        for n in range((date.fromisoformat(last) - date.fromisoformat(first)).days + 1)
    }
    made_up = {date.fromisoformat(day) for day in MADE_UP_2026}
    year = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]

    expected = [d in made_up or (d.weekday() < 5 and d not in off) for d in year]

    assert [is_workday(d) for d in year] == expected


def test_a_make_up_day_for_the_next_year_is_known() -> None:
    assert is_workday(date(2011, 12, 31)) is True  # a Saturday, for the New Year of 2012


@pytest.mark.parametrize(("year", "expected"), [(2007, False), (2026, False), (2027, True)])
def test_a_year_not_yet_published_is_provisional(year: int, *, expected: bool) -> None:
    assert is_provisional(date(year, 6, 1)) is expected


@given(published)
def test_published_years_are_certain(day: date) -> None:
    assert is_provisional(day) is False


@given(any_day)
def test_the_next_workday_is_the_first_one(day: date) -> None:
    found = workday_on_or_after(day)
    between = [day + timedelta(days=n) for n in range((found - day).days)]

    assert is_workday(found)
    assert not any(is_workday(d) for d in between)


@given(any_day)
def test_the_workday_before_is_the_last_one(day: date) -> None:
    found = workday_on_or_before(day)
    between = [day - timedelta(days=n) for n in range((day - found).days)]

    assert is_workday(found)
    assert not any(is_workday(d) for d in between)
