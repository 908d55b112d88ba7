"""Severance pay, and twice as much where the dismissal broke the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actions.calculators.amounts import Worked, check_not_negative, yuan
from actions.calculators.service import Service

# Service before that day follows the rules of its time, 《劳动合同法》第九十七条.
COUNTED_FROM = date(2008, 1, 1)
# 《劳动合同法》第四十七条: above three times the city's average wage, twelve years at most.
CAP_TIMES, CAP_MONTHS = 3, Decimal(12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Severance:
    """Works out 《劳动合同法》第四十七条 and, as ``damages``, 第八十七条.

    ``monthly_wage`` is the average of the last twelve months. ``counted`` is the service since
    2008; ``whole`` all of it, which counts for damages (《劳动合同法实施条例》第二十五条).
    ``local_average`` is the average wage of the city's workers last year: without it nothing is
    capped. ``last_wage`` is that of the last month, paid instead of thirty days' notice
    (《劳动合同法》第四十条, 《劳动合同法实施条例》第二十条).
    """

    monthly_wage: Decimal
    counted: Service
    whole: Service
    local_average: Decimal | None = None
    last_wage: Decimal | None = None

    def worked(self) -> Worked:
        """``wage``, ``months``, ``pay``, ``whole_months``, ``damages``, ``with_notice``.

        Raises ``WrongInput``.
        """
        check_not_negative(self.monthly_wage, self.local_average, self.last_wage)
        months, whole = self._capped(self.counted.paid), self._capped(self.whole.paid)
        pay = yuan(self._wage * months)
        notice = self.monthly_wage if self.last_wage is None else self.last_wage
        return {
            "wage": self._wage,
            "months": months,
            "pay": pay,
            "whole_months": whole,
            "damages": yuan(self._wage * whole * 2),
            "with_notice": pay + yuan(notice),
        }

    @property
    def is_capped(self) -> bool:
        """Whether the wage is above what is counted."""
        average = self.local_average
        return average is not None and self.monthly_wage > CAP_TIMES * average

    @property
    def _wage(self) -> Decimal:
        average = self.local_average
        return CAP_TIMES * average if average is not None and self.is_capped else self.monthly_wage

    def _capped(self, months: Decimal) -> Decimal:
        return min(months, CAP_MONTHS) if self.is_capped else months
