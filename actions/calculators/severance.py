"""Severance pay, and twice as much where the dismissal broke the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from actions.calculators.amounts import Reason, Worked, WrongInput, check_not_negative, yuan

# Service before that day follows the rules of its time, 《劳动合同法》第九十七条.
COUNTED_FROM = date(2008, 1, 1)
# 《劳动合同法》第四十七条: above three times the city's average wage, twelve months at most.
CAP_TIMES, CAP_MONTHS = 3, Decimal(12)
HALF_A_YEAR = 6


class Ending(StrEnum):
    """How the job ended: lawfully with pay, unlawfully, or for the worker's fault."""

    LAWFUL = "lawful"
    UNLAWFUL = "unlawful"
    FAULT = "fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Severance:
    """Works out 《劳动合同法》第四十七条、第八十七条; ``notice_pay`` is that of 第四十条.

    ``start`` and ``end`` are the first and the last day of the job. ``monthly_wage`` is the
    average of the last twelve months, ``local_average`` that of the city's workers last year:
    without it nothing is capped. ``notice_pay``: the last month's wage, where thirty days'
    notice was owed and not given.
    """

    start: date
    end: date
    monthly_wage: Decimal
    reason: Ending
    local_average: Decimal | None = None
    notice_pay: Decimal | None = None

    def worked(self) -> Worked:
        """``months`` (not doubled), ``total``; raises ``WrongInput``."""
        check_not_negative(self.monthly_wage, self.local_average, self.notice_pay)
        if self.end < self.start:
            raise WrongInput(Reason.ORDER)
        if self.reason is Ending.FAULT:
            return {"months": Decimal(0), "total": yuan(Decimal(0))}
        wage, months = self.monthly_wage, self._months()
        if self.local_average is not None and wage > CAP_TIMES * self.local_average:
            wage, months = CAP_TIMES * self.local_average, min(months, CAP_MONTHS)
        total = yuan(wage * months)
        if self.reason is Ending.UNLAWFUL:
            total *= 2
        elif self.notice_pay is not None:
            total += yuan(self.notice_pay)
        return {"months": months, "total": total}

    @property
    def has_early_service(self) -> bool:
        """Whether some of the service lies before 2008 and is not counted here."""
        return self.start < COUNTED_FROM

    def _months(self) -> Decimal:
        start, after = max(self.start, COUNTED_FROM), self.end + timedelta(days=1)
        if after <= start:
            return Decimal(0)
        full = whole_months(start, after)
        years, months = divmod(full, 12)
        if months >= HALF_A_YEAR:
            return Decimal(years + 1)
        rest = months or add_months(start, full) < after
        return years + (Decimal("0.5") if rest else Decimal(0))


def whole_months(start: date, end: date) -> int:
    """How many whole months lie between two days."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def add_months(day: date, months: int) -> date:
    """The same day so many months later; where that month is too short, the day after its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
