"""Court fees: continuous at every bracket's edge, monotone, halved, capped."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.calculators.amounts import WrongInput
from actions.calculators.court_fee import ABOVE, CourtFee, FeeKind
from tests.unit.actions.calculators.strategies import BELOW_ZERO

AMOUNTS = st.decimals(min_value=0, max_value=10**8, places=2)
KINDS = st.sampled_from(FeeKind)
EDGES = [(kind, most) for kind, rows in ABOVE.items() for most, _ in rows if most]
FEN = Decimal("0.01")


def least(kind: FeeKind, amount: Decimal | None, *, halved: bool = False) -> Decimal:
    told = CourtFee(kind=kind, amount=amount, halved=halved).worked()
    return told["total"] if "total" in told else told["from"]


@given(KINDS, AMOUNTS, AMOUNTS)
def test_more_money_never_costs_less(kind: FeeKind, one: Decimal, more: Decimal) -> None:
    low, high = sorted((one, more))

    assert least(kind, low) <= least(kind, high)


@pytest.mark.parametrize(("kind", "edge"), EDGES)
def test_no_bracket_begins_with_a_step(kind: FeeKind, edge: int) -> None:
    steps = [least(kind, Decimal(edge) + n * FEN) for n in (-1, 0, 1)]

    assert steps[-1] - steps[0] <= FEN


@given(KINDS, AMOUNTS)
def test_half_is_half(kind: FeeKind, amount: Decimal) -> None:
    whole, half = least(kind, amount), least(kind, amount, halved=True)

    assert abs(whole - 2 * half) <= FEN


@given(AMOUNTS)
def test_preservation_never_costs_more_than_5000(amount: Decimal) -> None:
    assert least(FeeKind.PRESERVATION, amount) <= 5000


@given(AMOUNTS)
def test_the_parts_are_the_whole(amount: Decimal) -> None:
    fee = CourtFee(kind=FeeKind.PROPERTY, amount=amount)
    parts = fee.parts()

    assert abs(sum(part.fee for part in parts) - fee.worked()["total"]) <= FEN
    assert sum(part.amount for part in parts) == max(amount - 10_000, Decimal(0))


@given(KINDS, BELOW_ZERO)
def test_no_amount_is_below_zero(kind: FeeKind, less: Decimal) -> None:
    fee = CourtFee(kind=kind, amount=less)
    with pytest.raises(WrongInput):
        fee.worked()
    with pytest.raises(WrongInput):
        fee.parts()
