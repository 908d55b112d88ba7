"""Paid annual leave that was not given."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from actions.calculators.amounts import (
    PAID_DAYS,
    Reason,
    Worked,
    WrongInput,
    check_not_negative,
    yuan,
)

# Years worked in all, from which so many days are due: 《职工带薪年休假条例》第三条.
ENTITLED = ((20, 15), (10, 10), (1, 5))
DAYS_A_YEAR = 365
LONGEST_YEAR = 366
# 300 % a day, of which 100 % is the wage already paid: 《职工带薪年休假条例》第五条.
EXTRA_TIMES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualLeave:
    """Works out the extra pay for leave days due in one calendar year and not taken.

    ``years_worked`` counts every employer. ``employed_days`` of the year with this one, where
    the job began or ended within it: then part of the days is due, whole days only
    (《企业职工带薪年休假实施办法》第五条、第十二条).
    """

    monthly_wage: Decimal
    years_worked: Decimal
    days_taken: Decimal
    employed_days: Decimal | None = None

    def worked(self) -> Worked:
        """``days_due``, ``extra``; raises ``WrongInput``."""
        given = (self.monthly_wage, self.years_worked, self.days_taken, self.employed_days)
        check_not_negative(*given)
        due = self._due()
        left = max(due - self.days_taken, Decimal(0))
        extra = yuan(self.monthly_wage * left * EXTRA_TIMES / PAID_DAYS)
        return {"days_due": due, "extra": extra}

    def _due(self) -> Decimal:
        full = next((days for years, days in ENTITLED if self.years_worked >= years), 0)
        if self.employed_days is None:
            return Decimal(full)
        if self.employed_days > LONGEST_YEAR:
            raise WrongInput(Reason.RANGE)
        part = self.employed_days * full / DAYS_A_YEAR
        return min(part.to_integral_value(ROUND_FLOOR), Decimal(full))
