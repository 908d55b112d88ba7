"""What a late home costs its seller: the agreed penalty, or rent where nothing was agreed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.calculators.amounts import Worked, check_not_negative, yuan

TEN_THOUSAND = 10_000
MONTHS_A_YEAR, DAYS_A_YEAR = 12, 365


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseDelay:
    """Works out the contract's daily rate, in ten-thousandths of what was paid.

    The court may lower or raise it: 《民法典》第五百八十五条.
    """

    paid: Decimal
    daily_rate: Decimal
    days: Decimal

    def worked(self) -> Worked:
        """``a_day``, ``total``; raises ``WrongInput``."""
        check_not_negative(self.paid, self.daily_rate, self.days)
        total = yuan(self.paid * self.daily_rate * self.days / TEN_THOUSAND)
        return {"a_day": yuan(self.paid * self.daily_rate / TEN_THOUSAND), "total": total}


@dataclass(frozen=True, slots=True, kw_only=True)
class RentInstead:
    """Works out the rent of a like home nearby, where the contract names no penalty.

    《审理商品房买卖合同纠纷案件适用法律若干问题的解释》第十三条; ``rent`` is a month's.
    """

    rent: Decimal
    days: Decimal

    def worked(self) -> Worked:
        """``total``; raises ``WrongInput``."""
        check_not_negative(self.rent, self.days)
        return {"total": yuan(self.rent * MONTHS_A_YEAR * self.days / DAYS_A_YEAR)}
