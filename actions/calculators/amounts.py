"""What every calculator shares: rounding, checks of its input, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from core.errors import Invalid

# What was worked out, by name, in the order it is told; money in yuan to the fen.
Worked = Mapping[str, Decimal]
FEN = Decimal("0.01")
# Paid days of a month, 《企业职工带薪年休假实施办法》第十一条.
PAID_DAYS = Decimal("21.75")


class Reason(StrEnum):
    """Why a number cannot be right."""

    NEGATIVE = "negative"
    ORDER = "order"
    RANGE = "range"


class WrongInput(Invalid):
    """A number or date that cannot be right; ``reason`` says why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


def yuan(amount: Decimal) -> Decimal:
    """An amount to the fen, half a fen up."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def check_not_negative(*amounts: Decimal | None) -> None:
    """Raises ``WrongInput`` if one of those given is below zero."""
    if any(amount is not None and amount < 0 for amount in amounts):
        raise WrongInput(Reason.NEGATIVE)
