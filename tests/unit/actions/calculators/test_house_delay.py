"""Late homes: by the day, in proportion."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import WrongInput
from actions.calculators.house_delay import HouseDelay, RentInstead
from tests.unit.actions.calculators.strategies import BELOW_ZERO, MONEY

RATES = st.decimals(min_value=0, max_value=100, places=1)
DAYS = st.decimals(min_value=0, max_value=5000, places=0)


@given(MONEY, RATES, DAYS)
def test_a_day_more_is_never_less(paid: Decimal, rate: Decimal, days: Decimal) -> None:
    one = HouseDelay(paid=paid, daily_rate=rate, days=days).worked()["total"]
    more = HouseDelay(paid=paid, daily_rate=rate, days=days + 1).worked()["total"]

    assert one <= more


@given(MONEY)
def test_a_year_of_rent_is_twelve_months(rent: Decimal) -> None:
    assert RentInstead(rent=rent, days=Decimal(365)).worked()["total"] == rent * 12


@given(BELOW_ZERO)
def test_nothing_is_below_zero(less: Decimal) -> None:
    one = Decimal(1)
    for paid, rate, days in ((less, one, one), (one, less, one), (one, one, less)):
        with pytest.raises(WrongInput):
            HouseDelay(paid=paid, daily_rate=rate, days=days).worked()
    with pytest.raises(WrongInput):
        RentInstead(rent=less, days=one).worked()
