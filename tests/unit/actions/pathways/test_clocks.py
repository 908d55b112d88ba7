"""Earliest defensible days, whatever was told of the day they are counted from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.pathways.clocks import Told, count, decides, free_from, is_over, told
from actions.pathways.spec import Cited, Rule, Unit

SOURCE = Cited(law="民法典", article="第一百八十八条", quote="三年")


def rule(length: int, unit: Unit, wait: int = 0) -> Rule:
    return Rule(what="起诉", since="那天", length=length, unit=unit, wait=wait, source=SOURCE)


def on(value: str) -> Told:
    found = told(value)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2026-03-05", date(2026, 3, 5), date(2026, 3, 5)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_what_was_told_is_the_days_it_may_have_been(value: str, first: date, last: date) -> None:
    assert told(value) == Told(first=first, last=last)
    assert on(value).vague == (first != last)


@pytest.mark.parametrize("value", ["unknown", "", "2026-13", "2026-02-30", "2026-1-1-1", "0000"])
def test_anything_else_is_no_day(value: str) -> None:
    assert told(value) is None


@pytest.mark.parametrize(
    ("start", "counted", "last"),
    [
        # The same day a year on; the first day does not count.
        ("2025-11-22", rule(1, Unit.YEARS), date(2026, 11, 22)),
        ("2024-02-29", rule(1, Unit.YEARS), date(2025, 2, 28)),
        ("2026-08-31", rule(6, Unit.MONTHS), date(2027, 2, 28)),
        ("2026-11-01", rule(15, Unit.DAYS), date(2026, 11, 16)),
        # Monday to Tuesday of the week after.
        ("2026-11-09", rule(7, Unit.WORKDAYS), date(2026, 11, 18)),
        # Only the month was told: its first day counts.
        ("2026-11", rule(15, Unit.DAYS), date(2026, 11, 16)),
        ("2026-10-01", rule(30, Unit.DAYS, wait=30), date(2026, 11, 30)),
    ],
)
def test_the_last_day_is_the_earliest_that_can_be_defended(
    start: str, counted: Rule, last: date
) -> None:
    assert count(counted, on(start)).last == last


def test_a_rest_day_is_not_moved_but_told() -> None:
    found = count(rule(15, Unit.DAYS), on("2026-11-06"))

    assert (found.last, found.rolled) == (date(2026, 11, 21), date(2026, 11, 23))


def test_on_the_last_day_there_is_still_time() -> None:
    year = rule(1, Unit.YEARS)

    assert not is_over(year, on("2025-11-22"), date(2026, 11, 22))
    assert is_over(year, on("2025-11-21"), date(2026, 11, 22))


def test_waiting_ends_by_the_latest_reading() -> None:
    assert free_from(rule(30, Unit.DAYS), on("2026-10")) == date(2026, 12, 1)


def test_a_month_that_may_be_in_time_or_not_does_not_decide() -> None:
    year = rule(1, Unit.YEARS)

    assert not decides(year, on("2025-11"), date(2026, 11, 22))
    assert decides(year, on("2025-12"), date(2026, 11, 22))
    assert decides(year, on("2025-10"), date(2026, 11, 22))


@settings(deadline=None)  # a year's holidays are read when first needed
@given(
    start=st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    later=st.integers(0, 400),
    length=st.integers(1, 60),
    unit=st.sampled_from([Unit.DAYS, Unit.MONTHS, Unit.YEARS]),
)
def test_telling_less_never_gives_more_time(
    start: date, later: int, length: int, unit: Unit
) -> None:
    exact, vague = (
        Told(first=start + timedelta(later), last=start + timedelta(later)),
        Told(first=start, last=start + timedelta(later)),
    )
    found = rule(length, unit)

    assert count(found, vague).last <= count(found, exact).last
    assert count(found, vague).rolled >= count(found, vague).last
    assert free_from(found, vague) == free_from(found, exact) > exact.last
