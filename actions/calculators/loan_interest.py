"""Interest of a loan between people, within what courts protect."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.calculators.amounts import Reason, Worked, WrongInput, check_not_negative, yuan

# 《最高法关于审理民间借贷案件适用法律若干问题的规定》第二十五条.
LPR_TIMES = 4
# The first one-year rate was published that day (第二十五条第二款).
LPR_SINCE = date(2019, 8, 20)
# Interest until the day before follows the older rule where the contract is older: 第三十一条.
CAP_SINCE = date(2020, 8, 20)
DAYS_A_YEAR = 365
MONTHS_A_YEAR = 12
PERCENT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How long a loan runs: whole months, a twelfth of a year each, and days beside them."""

    months: int = 0
    days: int = 0

    @property
    def is_negative(self) -> bool:
        """Whether it cannot be."""
        return self.months < 0 or self.days < 0


def days_between(start: date, end: date) -> Length:
    """From the day of the loan on, the day of paying back not counted; raises ``WrongInput``."""
    if end < start:
        raise WrongInput(Reason.ORDER)
    return Length(days=(end - start).days)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanInterest:
    """Works out simple interest; rates in percent a year.

    ``lpr``: the one-year loan prime rate when the contract was made; four times it is the most
    that is counted. Without it nothing is capped.
    """

    principal: Decimal
    annual_rate: Decimal
    length: Length
    lpr: Decimal | None = None

    def worked(self) -> Worked:
        """``rate`` that is counted, ``interest``, ``total``, ``asked`` uncapped; ``WrongInput``."""
        check_not_negative(self.principal, self.annual_rate, self.lpr)
        if self.length.is_negative:
            raise WrongInput(Reason.NEGATIVE)
        rate = self.annual_rate
        if self.lpr is not None:
            rate = min(rate, LPR_TIMES * self.lpr)
        interest = self._interest(rate)
        asked = self._interest(self.annual_rate)
        total = yuan(self.principal) + interest
        return {"rate": rate, "interest": interest, "total": total, "asked": asked}

    def _interest(self, rate: Decimal) -> Decimal:
        # One division, at the end: a twelfth of a year goes on for ever.
        parts = self.length.months * DAYS_A_YEAR + self.length.days * MONTHS_A_YEAR
        share = self.principal * rate * parts
        return yuan(share / (PERCENT * DAYS_A_YEAR * MONTHS_A_YEAR))
