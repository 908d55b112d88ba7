"""Interest of a loan between people, within what courts protect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.calculators.amounts import Reason, Worked, WrongInput, check_not_negative, yuan

# 《最高法关于审理民间借贷案件适用法律若干问题的规定》第二十五条.
LPR_TIMES = 4
DAYS_A_YEAR = 365
PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanInterest:
    """Works out simple interest; rates in percent a year.

    From ``start`` on, ``end`` not counted. ``lpr``: the one-year loan prime rate of the month of
    the contract; four times it is the most that is counted. Without it nothing is capped.
    """

    principal: Decimal
    annual_rate: Decimal
    start: date
    end: date
    lpr: Decimal | None = None

    def worked(self) -> Worked:
        """``days``, ``rate`` that is counted, ``interest``; raises ``WrongInput``."""
        check_not_negative(self.principal, self.annual_rate, self.lpr)
        if self.end < self.start:
            raise WrongInput(Reason.ORDER)
        days = Decimal((self.end - self.start).days)
        rate = self.annual_rate
        if self.lpr is not None:
            rate = min(rate, LPR_TIMES * self.lpr)
        interest = yuan(self.principal * rate * days / (PERCENT * DAYS_A_YEAR))
        return {"days": days, "rate": rate, "interest": interest}
