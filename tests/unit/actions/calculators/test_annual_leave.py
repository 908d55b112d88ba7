"""Leave not given: steps of days, parts of years, pay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import WrongInput
from actions.calculators.annual_leave import AnnualLeave, due_days, since_joining, until_leaving
from tests.unit.actions.calculators.strategies import BELOW_ZERO, DAYS, WAGES

YEARS = st.decimals(min_value=0, max_value=60, places=2)
LEFT = st.decimals(min_value=0, max_value=30, places=1)


@given(YEARS, YEARS)
def test_longer_work_is_never_less_leave(one: Decimal, more: Decimal) -> None:
    low, high = sorted((one, more))

    assert due_days(low) <= due_days(high) <= 15


@given(YEARS, DAYS)
def test_part_of_a_year_is_whole_days_and_no_more_than_all(years: Decimal, day: date) -> None:
    for share in (since_joining(day), until_leaving(day)):
        due = due_days(years, share)
        assert due == int(due)
        assert 0 <= due <= due_days(years)


@given(DAYS)
def test_the_day_itself_counts_on_both_sides(day: date) -> None:
    joined, left = since_joining(day)[0], until_leaving(day)[0]

    assert joined + left in {366, 367}


@given(WAGES, LEFT, LEFT)
def test_pay_is_for_what_is_left_and_never_below_zero(
    wage: Decimal, due: Decimal, taken: Decimal
) -> None:
    told = AnnualLeave(monthly_wage=wage, due=due, taken=taken).worked()

    assert told["left"] == max(due - taken, Decimal(0))
    assert (told["extra"] == 0) == (told["left"] * wage * 2 / Decimal("21.75") < Decimal("0.005"))


@given(BELOW_ZERO)
def test_nothing_is_below_zero(less: Decimal) -> None:
    with pytest.raises(WrongInput):
        due_days(less)
    with pytest.raises(WrongInput):
        AnnualLeave(monthly_wage=less, due=Decimal(5)).worked()
    with pytest.raises(WrongInput):
        AnnualLeave(monthly_wage=Decimal(1), due=Decimal(5), taken=less).worked()
