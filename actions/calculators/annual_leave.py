"""Paid annual leave that was not given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from actions.calculators.amounts import PAID_DAYS, Worked, check_not_negative, yuan

# Years worked in all, from which so many days are due: 《职工带薪年休假条例》第三条.
ENTITLED = ((20, 15), (10, 10), (1, 5))
DAYS_A_YEAR = 365
# 300 % a day, of which 100 % is the wage already paid: 《企业职工带薪年休假实施办法》第十条.
EXTRA_TIMES = 2


def due_days(years_worked: Decimal, share: tuple[int, int] = (1, 1)) -> Decimal:
    """Days due in a calendar year; ``years_worked`` counts every employer; raises ``WrongInput``.

    ``share`` is days with this employer over days: then whole days only are due
    (《企业职工带薪年休假实施办法》第五条、第十二条).
    """
    check_not_negative(years_worked, *map(Decimal, share))
    full = next((days for years, days in ENTITLED if years_worked >= years), 0)
    part = Decimal(share[0] * full) / share[1]
    return min(part.to_integral_value(ROUND_FLOOR), Decimal(full))


def since_joining(joined: date) -> tuple[int, int]:
    """The days that are left of the year, over 365: 第五条."""
    return (date(joined.year, 12, 31) - joined).days + 1, DAYS_A_YEAR


def until_leaving(left: date) -> tuple[int, int]:
    """The days of the year that are over, over 365: 第十二条."""
    return (left - date(left.year, 1, 1)).days + 1, DAYS_A_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualLeave:
    """Works out the pay for leave days due and not taken, beside the wage already paid.

    ``monthly_wage`` is the average of the twelve months before, without overtime pay
    (《企业职工带薪年休假实施办法》第十一条).
    """

    monthly_wage: Decimal
    due: Decimal
    taken: Decimal = Decimal(0)

    def worked(self) -> Worked:
        """``left`` days, ``a_day`` wage, ``extra``; raises ``WrongInput``."""
        check_not_negative(self.monthly_wage, self.due, self.taken)
        left = max(self.due - self.taken, Decimal(0))
        extra = yuan(self.monthly_wage * left * EXTRA_TIMES / PAID_DAYS)
        return {"left": left, "a_day": yuan(self.monthly_wage / PAID_DAYS), "extra": extra}
