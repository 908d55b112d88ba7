"""What a court asks for a case or an application."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from actions.calculators.amounts import Worked, check_not_negative, yuan

Brackets = Sequence[tuple[int | None, Decimal]]


def _brackets(*rows: tuple[int | None, str]) -> Brackets:
    """(Up to how many yuan, percent); None for what lies above."""
    return tuple((most, Decimal(percent) / 100) for most, percent in rows)


# 《诉讼费用交纳办法》第十三条 and 第十四条; the first bracket is a fixed sum, kept beside it.
PROPERTY = _brackets(
    (10_000, "0"),
    (100_000, "2.5"),
    (200_000, "2"),
    (500_000, "1.5"),
    (1_000_000, "1"),
    (2_000_000, "0.9"),
    (5_000_000, "0.8"),
    (10_000_000, "0.7"),
    (20_000_000, "0.6"),
    (None, "0.5"),
)
DIVORCE = _brackets((200_000, "0"), (None, "0.5"))
PERSONALITY = _brackets((50_000, "0"), (100_000, "1"), (None, "0.5"))
PRESERVATION = _brackets((1_000, "0"), (100_000, "1"), (None, "0.5"))
ENFORCEMENT = _brackets(
    (10_000, "0"), (500_000, "1.5"), (5_000_000, "1"), (10_000_000, "0.5"), (None, "0.1")
)
PRESERVATION_AT_MOST = Decimal(5_000)
# A payment order costs a third of the fee of a suit.
ORDER_SHARE = 3


class FeeKind(StrEnum):
    """What the court is asked for."""

    PROPERTY = "property"
    DIVORCE = "divorce"
    PERSONALITY = "personality"
    OTHER = "other"
    LABOUR = "labour"
    ADMINISTRATIVE = "administrative"
    PRESERVATION = "preservation"
    PAYMENT_ORDER = "payment_order"
    ENFORCEMENT = "enforcement"


# From and to: one sum where both are the same.
FIXED: dict[FeeKind, tuple[int, int]] = {
    FeeKind.PROPERTY: (50, 50),
    FeeKind.DIVORCE: (50, 300),
    FeeKind.PERSONALITY: (100, 500),
    FeeKind.OTHER: (50, 100),
    FeeKind.LABOUR: (10, 10),
    FeeKind.ADMINISTRATIVE: (50, 50),
    FeeKind.PRESERVATION: (30, 30),
    FeeKind.PAYMENT_ORDER: (50, 50),
    FeeKind.ENFORCEMENT: (50, 50),
}
ABOVE: dict[FeeKind, Brackets] = {
    FeeKind.PROPERTY: PROPERTY,
    FeeKind.DIVORCE: DIVORCE,
    FeeKind.PERSONALITY: PERSONALITY,
    FeeKind.PRESERVATION: PRESERVATION,
    FeeKind.PAYMENT_ORDER: PROPERTY,
    FeeKind.ENFORCEMENT: ENFORCEMENT,
}
# Enforcement of what is not about money: 《诉讼费用交纳办法》第十四条.
NO_AMOUNT = {FeeKind.ENFORCEMENT: (50, 500)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A bracket's share: ``percent`` of so much is ``fee``."""

    amount: Decimal
    percent: Decimal
    fee: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtFee:
    """Works out 《诉讼费用交纳办法》第十三条 to 第十六条.

    ``amount`` is what is asked for, or for a divorce all property. ``halved``: simple procedure,
    mediation or withdrawal.
    """

    kind: FeeKind
    amount: Decimal | None = None
    halved: bool = False

    def parts(self) -> tuple[Part, ...]:
        """What each bracket adds, the fixed sum first; its lower end where there is a range."""
        check_not_negative(self.amount)
        low, _ = self._fixed
        brackets = _parts(self.amount or Decimal(0), ABOVE.get(self.kind, ()))
        return (Part(amount=Decimal(0), percent=Decimal(0), fee=Decimal(low)), *brackets)

    def worked(self) -> Worked:
        """``total``, or ``from`` and ``to`` where the law leaves a range; raises ``WrongInput``."""
        check_not_negative(self.amount)
        low, high = (self._whole(Decimal(sum_)) for sum_ in self._fixed)
        return {"total": low} if low == high else {"from": low, "to": high}

    @property
    def _fixed(self) -> tuple[int, int]:
        fixed = FIXED[self.kind]
        return NO_AMOUNT.get(self.kind, fixed) if self.amount is None else fixed

    def _whole(self, fixed: Decimal) -> Decimal:
        parts = _parts(self.amount or Decimal(0), ABOVE.get(self.kind, ()))
        fee = fixed + sum((part.fee for part in parts), Decimal(0))
        if self.kind is FeeKind.PRESERVATION:
            fee = min(fee, PRESERVATION_AT_MOST)
        if self.kind is FeeKind.PAYMENT_ORDER:
            fee /= ORDER_SHARE
        return yuan(fee / 2 if self.halved else fee)


def _parts(amount: Decimal, brackets: Brackets) -> tuple[Part, ...]:
    """The shares of each bracket that the amount reaches and that costs anything."""
    found, below = [], Decimal(0)
    for most, share in brackets:
        top = amount if most is None else min(amount, Decimal(most))
        if top > below and share:
            within = top - below
            found.append(Part(amount=within, percent=share * 100, fee=within * share))
        below = max(top, below)
    return tuple(found)
