"""Overtime pay: more hours, more pay; a holiday pays twice what a workday does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given

from actions.calculators.amounts import WrongInput
from actions.calculators.overtime import Overtime, Per
from tests.unit.actions.calculators.strategies import BELOW_ZERO, HOURS, WAGES

FEN = Decimal("0.01")


@given(WAGES, HOURS, HOURS)
def test_more_hours_are_never_less_pay(wage: Decimal, one: Decimal, more: Decimal) -> None:
    low, high = sorted((one, more))

    assert (
        Overtime(wage=wage, workday_hours=low).worked()["total"]
        <= Overtime(wage=wage, workday_hours=high).worked()["total"]
    )


@given(WAGES, HOURS)
def test_kinds_of_day_stand_as_the_law_says(wage: Decimal, hours: Decimal) -> None:
    told = Overtime(
        wage=wage, workday_hours=hours, restday_hours=hours, holiday_hours=hours
    ).worked()

    assert abs(told["holiday"] - 2 * told["workday"]) <= 2 * FEN
    assert abs(told["restday"] * 3 - 2 * told["holiday"]) <= 5 * FEN
    assert told["total"] == told["workday"] + told["restday"] + told["holiday"]


@given(WAGES, HOURS)
def test_a_day_is_eight_hours_and_a_month_21_75_days(wage: Decimal, hours: Decimal) -> None:
    by_hour = Overtime(wage=wage, per=Per.HOUR, holiday_hours=hours).worked()["total"]
    by_day = Overtime(wage=wage * 8, per=Per.DAY, holiday_hours=hours).worked()["total"]
    by_month = Overtime(wage=wage * 174, holiday_hours=hours).worked()["total"]

    assert by_hour == by_day == by_month


@given(BELOW_ZERO)
def test_nothing_is_below_zero(less: Decimal) -> None:
    for wrong in (
        Overtime(wage=less),
        Overtime(wage=Decimal(1), workday_hours=less),
        Overtime(wage=Decimal(1), restday_hours=less),
        Overtime(wage=Decimal(1), holiday_hours=less),
    ):
        with pytest.raises(WrongInput):
            wrong.worked()
