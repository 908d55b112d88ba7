from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timekeeping.periods import (
    NotAPeriod,
    Unit,
    add_days,
    add_months,
    add_workdays,
    counted_back,
    day_of,
    earliest_after_months,
    earliest_last_day,
    end_of,
    is_over,
    last_day,
    roll_forward,
)
from timekeeping.workdays import is_workday

days = st.dates(min_value=date(2007, 1, 1), max_value=date(2060, 12, 31))
lengths = st.integers(min_value=1, max_value=120)
units = st.sampled_from(Unit)


def test_sixty_days_from_acceptance() -> None:
    found = last_day(date(2026, 10, 20), 60)

    assert (found.day, found.provisional) == (date(2026, 12, 19), False)


def test_an_authority_is_held_to_the_day_counted_even_if_it_is_a_saturday() -> None:
    assert not is_workday(last_day(date(2026, 10, 20), 60).day)


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2026-10-09", 1, "2026-10-10"),  # a make-up Saturday
        ("2026-10-10", 1, "2026-10-12"),
        ("2026-09-30", 5, "2026-10-13"),  # across the national holiday
        ("2026-09-18", 1, "2026-09-20"),  # a make-up Sunday
        ("2026-10-15", 5, "2026-10-22"),
    ],
)
def test_workdays_honour_make_up_days(start: str, length: int, expected: str) -> None:
    found = add_workdays(date.fromisoformat(start), length)

    assert found == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("start", "length", "unit", "expected"),
    [
        ("2026-12-25", 3, Unit.WORKDAYS, False),
        ("2026-12-25", 10, Unit.WORKDAYS, True),
        ("2026-12-31", 1, Unit.WORKDAYS, True),
        ("2026-12-25", 60, Unit.DAYS, False),
    ],
)
def test_workdays_reaching_into_an_unpublished_year_are_provisional(
    start: str, length: int, unit: Unit, *, expected: bool
) -> None:
    assert last_day(date.fromisoformat(start), length, unit).provisional is expected


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-03-15", 12, "2027-03-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-12-01", 36, "2029-12-01"),
    ],
)
def test_months_end_on_the_same_day_or_the_months_last(
    start: str, length: int, expected: str
) -> None:
    assert add_months(date.fromisoformat(start), length) == date.fromisoformat(expected)


@given(days, st.integers(1, 240), st.integers(1, 240))
def test_more_months_end_later(start: date, first: int, more: int) -> None:
    assert start < add_months(start, first) < add_months(start, first + more)


@given(days, lengths)
def test_the_first_day_is_not_counted(start: date, length: int) -> None:
    counted = [start + timedelta(days=n) for n in range(1, length + 1)]

    assert add_days(start, length) == counted[-1]


@given(days, lengths)
def test_a_workday_period_holds_exactly_that_many_workdays(start: date, length: int) -> None:
    end = add_workdays(start, length)
    passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]

    assert sum(is_workday(d) for d in passed) == length
    assert is_workday(end)


@given(days, lengths, units)
def test_counting_back_undoes_counting(start: date, length: int, unit: Unit) -> None:
    end = last_day(start, length, unit).day
    found = counted_back(end, length, unit)

    assert last_day(found, length, unit).day == end
    if unit is Unit.DAYS or is_workday(start):
        assert found == start


@given(days, lengths)
def test_workdays_never_end_before_calendar_days(start: date, length: int) -> None:
    assert add_workdays(start, length) >= add_days(start, length)


@given(st.lists(days, min_size=1, max_size=5), lengths, units)
def test_the_citizens_day_is_in_time_on_every_reading(
    starts: list[date], length: int, unit: Unit
) -> None:
    found = earliest_last_day(starts, length, unit)

    assert all(found.day <= last_day(start, length, unit).day for start in starts)
    assert found.day in {last_day(start, length, unit).day for start in starts}
    assert found.rolled == roll_forward(found.day) >= found.day
    assert found.is_rest_day is not is_workday(found.day)


def test_the_citizens_day_is_not_moved_but_told_where_it_would_go() -> None:
    found = earliest_last_day([date(2026, 9, 3), date(2026, 9, 1)], 30)

    assert (found.day, found.rolled) == (date(2026, 10, 1), date(2026, 10, 8))
    assert found.is_rest_day
    assert not found.provisional


def test_a_day_in_time_still_has_its_evening() -> None:
    due = date(2026, 12, 19)

    assert end_of(due) == datetime(2026, 12, 19, 16, tzinfo=UTC)
    assert not is_over(due, datetime(2026, 12, 19, 15, 59, 59, tzinfo=UTC))
    assert is_over(due, datetime(2026, 12, 19, 16, tzinfo=UTC))


def test_the_day_is_suzhous() -> None:
    assert day_of(datetime(2026, 10, 11, 16, 30, tzinfo=UTC)) == date(2026, 10, 12)


@pytest.mark.parametrize("count", [add_days, add_workdays, add_months])
@pytest.mark.parametrize("length", [0, -1])
def test_a_period_has_a_length(count: Callable[[date, int], date], length: int) -> None:
    with pytest.raises(NotAPeriod):
        count(date(2026, 1, 1), length)


def test_a_period_starts_somewhere() -> None:
    with pytest.raises(NotAPeriod):
        earliest_last_day([], 30)


@pytest.mark.parametrize(
    ("start", "months", "day", "rolled"),
    [
        (date(2025, 11, 30), 12, date(2026, 11, 30), date(2026, 11, 30)),
        (date(2025, 12, 5), 12, date(2026, 12, 5), date(2026, 12, 7)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 2, 28)),
    ],
)
def test_a_period_of_months_is_shown_unmoved(
    start: date, months: int, day: date, rolled: date
) -> None:
    ends = earliest_after_months(start, months)

    assert (ends.day, ends.rolled) == (day, rolled)
