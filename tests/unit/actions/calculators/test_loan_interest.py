"""Interest: in proportion, capped at four times the prime rate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import Reason, WrongInput
from actions.calculators.loan_interest import Length, LoanInterest, days_between
from tests.unit.actions.calculators.strategies import BELOW_ZERO, DAYS, MONEY

RATES = st.decimals(min_value=0, max_value=200, places=2)
PRIME = st.decimals(min_value=1, max_value=10, places=2)
LENGTHS = st.builds(
    Length,
    months=st.integers(min_value=0, max_value=360),
    days=st.integers(min_value=0, max_value=3650),
)


@given(MONEY, RATES, RATES, LENGTHS)
def test_a_higher_rate_is_never_less(
    principal: Decimal, one: Decimal, more: Decimal, length: Length
) -> None:
    told = [
        LoanInterest(principal=principal, annual_rate=rate, length=length).worked()["interest"]
        for rate in sorted((one, more))
    ]

    assert told == sorted(told)


@given(MONEY, RATES, LENGTHS)
def test_longer_is_never_less(principal: Decimal, rate: Decimal, length: Length) -> None:
    longer = Length(months=length.months, days=length.days + 1)
    told = [
        LoanInterest(principal=principal, annual_rate=rate, length=run).worked()["interest"]
        for run in (length, longer)
    ]

    assert told == sorted(told)


@given(MONEY, RATES, PRIME, LENGTHS)
def test_the_cap_is_four_times_the_prime_rate(
    principal: Decimal, rate: Decimal, lpr: Decimal, length: Length
) -> None:
    told = LoanInterest(principal=principal, annual_rate=rate, length=length, lpr=lpr).worked()

    assert told["rate"] == min(rate, 4 * lpr)
    assert told["interest"] <= told["asked"]
    assert told["total"] == principal + told["interest"]


@given(MONEY, RATES)
def test_a_year_is_twelve_months_or_365_days(principal: Decimal, rate: Decimal) -> None:
    by_months = LoanInterest(principal=principal, annual_rate=rate, length=Length(months=12))
    by_days = LoanInterest(principal=principal, annual_rate=rate, length=Length(days=365))

    assert by_months.worked() == by_days.worked()


@given(DAYS, DAYS)
def test_days_are_counted_forwards_only(one: date, other: date) -> None:
    start, end = sorted((one, other))

    assert days_between(start, end).days == (end - start).days
    if start < end:
        with pytest.raises(WrongInput) as caught:
            days_between(end, start)
        assert caught.value.reason is Reason.ORDER


@given(BELOW_ZERO)
def test_nothing_is_below_zero(less: Decimal) -> None:
    year = Length(months=12)
    for wrong in (
        LoanInterest(principal=less, annual_rate=Decimal(1), length=year),
        LoanInterest(principal=Decimal(1), annual_rate=less, length=year),
        LoanInterest(principal=Decimal(1), annual_rate=Decimal(1), length=year, lpr=less),
        LoanInterest(principal=Decimal(1), annual_rate=Decimal(1), length=Length(days=-1)),
    ):
        with pytest.raises(WrongInput):
            wrong.worked()
