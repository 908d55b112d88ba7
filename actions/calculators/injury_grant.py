"""The one-off grants of work-injury insurance that one formula of the state gives."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.calculators.amounts import Reason, Worked, WrongInput, check_not_negative, yuan

# Months of one's own wage by grade, 《工伤保险条例》第三十五条、第三十六条、第三十七条.
MONTHS = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
# Percent of one's own wage every month, 第三十五条、第三十六条 (5 and 6: where no work is found).
ALLOWANCE = {1: 90, 2: 85, 3: 80, 4: 75, 5: 70, 6: 60}
PERCENT = 100
# The own wage counts between these shares of the city's average, 《工伤保险条例》第六十四条.
LEAST, MOST = Decimal("0.6"), Decimal(3)
# Times the income of a city dweller in the year before, 《工伤保险条例》第三十九条.
DEATH_TIMES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryGrant:
    """Works out the grant by grade; ``monthly_wage`` is what was insured, of twelve months.

    Without ``local_average``, the average wage of the city's workers, the wage is not bounded.
    """

    grade: int
    monthly_wage: Decimal
    local_average: Decimal | None = None

    def worked(self) -> Worked:
        """``wage`` that counts, ``months``, ``total``, ``allowance`` a month (0 if none).

        Raises ``WrongInput``.
        """
        check_not_negative(self.monthly_wage, self.local_average)
        if self.grade not in MONTHS:
            raise WrongInput(Reason.RANGE)
        wage, months = self.monthly_wage, Decimal(MONTHS[self.grade])
        if self.local_average is not None:
            wage = min(max(wage, LEAST * self.local_average), MOST * self.local_average)
        share = Decimal(ALLOWANCE.get(self.grade, 0))
        return {
            "wage": wage,
            "months": months,
            "total": yuan(wage * months),
            "allowance": yuan(wage * share / PERCENT),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathGrant:
    """Works out the grant of the family; ``income`` is a year's, as the state publishes it."""

    income: Decimal

    def worked(self) -> Worked:
        """``total``; raises ``WrongInput``."""
        check_not_negative(self.income)
        return {"total": yuan(self.income * DEATH_TIMES)}
