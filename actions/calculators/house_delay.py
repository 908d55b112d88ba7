"""The agreed penalty for a home handed over late."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.calculators.amounts import Worked, check_not_negative, yuan

TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseDelay:
    """Works out the contract's daily rate, in ten-thousandths of what was paid.

    The court may lower or raise it: 《民法典》第五百八十五条.
    """

    paid: Decimal
    daily_rate: Decimal
    days: Decimal

    def worked(self) -> Worked:
        """``total``; raises ``WrongInput``."""
        check_not_negative(self.paid, self.daily_rate, self.days)
        return {"total": yuan(self.paid * self.daily_rate * self.days / TEN_THOUSAND)}
