"""Severance pay: monotone, doubled, capped."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import WrongInput
from actions.calculators.service import Service
from actions.calculators.severance import Severance
from tests.unit.actions.calculators.strategies import BELOW_ZERO, WAGES

MONTHS = st.integers(min_value=0, max_value=50 * 12)


def worked(wage: Decimal, months: int, average: Decimal | None = None) -> dict[str, Decimal]:
    service = Service(months=months)
    sum_ = Severance(monthly_wage=wage, counted=service, whole=service, local_average=average)
    return dict(sum_.worked())


@given(WAGES, WAGES, MONTHS)
def test_more_wage_is_never_less_pay(one: Decimal, more: Decimal, months: int) -> None:
    low, high = sorted((one, more))

    assert worked(low, months)["pay"] <= worked(high, months)["pay"]


@given(WAGES, MONTHS, MONTHS)
def test_longer_service_is_never_less_pay(wage: Decimal, one: int, more: int) -> None:
    low, high = sorted((one, more))

    assert worked(wage, low)["pay"] <= worked(wage, high)["pay"]


@given(WAGES, MONTHS)
def test_damages_are_twice_and_notice_is_a_month(wage: Decimal, months: int) -> None:
    told = worked(wage, months)

    assert abs(told["damages"] - 2 * told["pay"]) <= Decimal("0.01")
    assert told["with_notice"] - told["pay"] == wage


@given(WAGES, MONTHS, WAGES)
def test_the_cap_holds(wage: Decimal, months: int, average: Decimal) -> None:
    told = worked(wage, months, average)

    if wage > 3 * average:
        assert told["months"] <= 12
        assert told["pay"] <= 36 * average + Decimal("0.01")
    else:
        assert told == worked(wage, months)


@given(BELOW_ZERO)
def test_no_wage_is_below_zero(wage: Decimal) -> None:
    with pytest.raises(WrongInput):
        worked(wage, 12)
    with pytest.raises(WrongInput):
        worked(Decimal(5000), 12, wage)
