"""Punitive damages: never below the least, three or ten times."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import WrongInput
from actions.calculators.consumer_damages import TIMES, ConsumerDamages, Wrong
from tests.unit.actions.calculators.strategies import BELOW_ZERO, MONEY

KINDS = st.sampled_from(Wrong)


@given(KINDS, MONEY, MONEY)
def test_damages_are_the_most_of_price_loss_and_least(
    kind: Wrong, price: Decimal, loss: Decimal
) -> None:
    told = ConsumerDamages(kind=kind, price=price, loss=loss).worked()
    times, least = TIMES[kind]

    assert told["damages"] >= max(price * times, Decimal(least))
    assert told["total"] == told["damages"] + price
    if kind is not Wrong.FRAUD:
        assert told["damages"] >= loss * 3


@given(KINDS, MONEY, MONEY)
def test_a_higher_price_is_never_less(kind: Wrong, one: Decimal, more: Decimal) -> None:
    told = [ConsumerDamages(kind=kind, price=p).worked()["damages"] for p in sorted((one, more))]

    assert told == sorted(told)


@given(KINDS, BELOW_ZERO)
def test_nothing_is_below_zero(kind: Wrong, less: Decimal) -> None:
    with pytest.raises(WrongInput):
        ConsumerDamages(kind=kind, price=less).worked()
    with pytest.raises(WrongInput):
        ConsumerDamages(kind=kind, price=Decimal(1), loss=less).worked()
