"""Rounding to the fen, and sums that cannot be."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import Reason, WrongInput, check_not_negative, yuan


def test_half_a_fen_is_rounded_up() -> None:
    assert yuan(Decimal("50.025")) == Decimal("50.03")
    assert yuan(Decimal("50.0249")) == Decimal("50.02")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=6))
def test_rounding_moves_by_half_a_fen_at_most(amount: Decimal) -> None:
    assert abs(yuan(amount) - amount) <= Decimal("0.005")


def test_what_is_missing_is_not_below_zero() -> None:
    check_not_negative(None, Decimal(0), Decimal(1))
    with pytest.raises(WrongInput) as caught:
        check_not_negative(Decimal(1), Decimal("-0.01"))
    assert caught.value.reason is Reason.NEGATIVE
