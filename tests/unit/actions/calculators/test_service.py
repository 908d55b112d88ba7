"""Length of service: halves, leap days, ends of months."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import Reason, WrongInput
from actions.calculators.service import Service, between, lasting
from tests.unit.actions.calculators.strategies import DAYS

LENGTHS = st.integers(min_value=0, max_value=60 * 12)


@given(LENGTHS, st.booleans())
def test_a_month_more_never_pays_less(months: int, rest: bool) -> None:  # noqa: FBT001
    shorter = Service(months=months, rest=rest).paid

    assert shorter <= Service(months=months + 1, rest=rest).paid <= shorter + 1
    assert shorter * 2 == int(shorter * 2)


@pytest.mark.parametrize(
    ("months", "rest", "paid"),
    [(5, True, "0.5"), (6, False, "1"), (12, False, "1"), (12, True, "1.5"), (18, False, "2")],
)
def test_half_a_year_is_the_border(months: int, rest: bool, paid: str) -> None:  # noqa: FBT001
    assert Service(months=months, rest=rest).paid == Decimal(paid)


@given(DAYS, st.integers(min_value=0, max_value=20_000))
def test_a_day_more_is_never_shorter(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    one, more = between(start, end), between(start, end + timedelta(days=1))

    assert (one.months, one.rest) <= (more.months, more.rest) or more.months > one.months
    assert one.paid <= more.paid


@given(DAYS, st.integers(min_value=1, max_value=40))
def test_whole_years_end_the_day_before(start: date, years: int) -> None:
    if (start.month, start.day) == (2, 29):
        return
    end = start.replace(year=start.year + years) - timedelta(days=1)

    assert between(start, end) == Service(months=years * 12, rest=False)
    assert between(start, end + timedelta(days=1)) == Service(months=years * 12, rest=True)


def test_who_begins_on_a_leap_day_has_a_year_on_the_28th() -> None:
    assert between(date(2020, 2, 29), date(2021, 2, 28)).months == 12
    assert between(date(2020, 2, 29), date(2021, 2, 27)).months == 11


def test_a_job_does_not_end_before_it_begins() -> None:
    with pytest.raises(WrongInput) as caught:
        between(date(2020, 1, 2), date(2020, 1, 1))
    assert caught.value.reason is Reason.ORDER


def test_days_alone_make_months_as_twelve_make_a_year() -> None:
    assert lasting(0, 365) == Service(months=12)
    assert lasting(0, 183) == Service(months=6, rest=True)
    assert lasting(0, 182) == Service(months=5, rest=True)
    assert lasting(44, 0) == Service(months=44)


@given(st.integers(max_value=-1))
def test_no_length_is_below_zero(less: int) -> None:
    for months, days in ((less, 0), (0, less)):
        with pytest.raises(WrongInput):
            lasting(months, days)
