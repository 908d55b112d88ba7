"""How long somebody worked for an employer, in whole months and what is left of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from actions.calculators.amounts import Reason, WrongInput

MONTHS_A_YEAR = 12
DAYS_A_YEAR = 365
HALF_A_YEAR = 6
HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Whole months; ``rest`` tells whether days are left beyond them."""

    months: int
    rest: bool = False

    @property
    def paid(self) -> Decimal:
        """Months of severance pay: 《劳动合同法》第四十七条第一款.

        A year is one, six months and more are one, less is half.
        """
        years, months = divmod(self.months, MONTHS_A_YEAR)
        if months >= HALF_A_YEAR:
            return Decimal(years + 1)
        return years + (HALF if months or self.rest else Decimal(0))


def between(start: date, end: date) -> Service:
    """From the first to the last day of a job, both counted; raises ``WrongInput``."""
    if end < start:
        raise WrongInput(Reason.ORDER)
    after = end + timedelta(days=1)
    months = (after.year - start.year) * MONTHS_A_YEAR + after.month - start.month
    months -= _begins(start, months) > after
    return Service(months=months, rest=_begins(start, months) < after)


def lasting(months: int, days: int) -> Service:
    """As long as somebody says; days are whole months as twelve are a year."""
    if months < 0 or days < 0:
        raise WrongInput(Reason.NEGATIVE)
    more = days * MONTHS_A_YEAR // DAYS_A_YEAR
    return Service(months=months + more, rest=days * MONTHS_A_YEAR % DAYS_A_YEAR > 0)


def _begins(start: date, months: int) -> date:
    """The day a month of service begins; where it has no such day, the day after its last."""
    year, month = divmod(start.year * MONTHS_A_YEAR + start.month - 1 + months, MONTHS_A_YEAR)
    try:
        return date(year, month + 1, start.day)
    except ValueError:
        following = month + 1
        return date(year + following // MONTHS_A_YEAR, following % MONTHS_A_YEAR + 1, 1)
