"""The one-off disability grant of work-injury insurance."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.calculators.amounts import Reason, Worked, WrongInput, check_not_negative, yuan

# Months of one's own wage by grade, 《工伤保险条例》第三十五条、第三十六条、第三十七条.
MONTHS = {1: 27, 2: 25, 3: 23, 4: 21, 5: 18, 6: 16, 7: 13, 8: 11, 9: 9, 10: 7}
# The own wage counts between these shares of the city's average, 《工伤保险条例》第六十四条.
LEAST, MOST = Decimal("0.6"), Decimal(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class InjuryGrant:
    """Works out the grant by grade; ``monthly_wage`` is one's own of the twelve months before.

    Without ``local_average``, the average wage of the city's workers, the wage is not bounded.
    """

    grade: int
    monthly_wage: Decimal
    local_average: Decimal | None = None

    def worked(self) -> Worked:
        """``months``, ``total``; raises ``WrongInput``."""
        check_not_negative(self.monthly_wage, self.local_average)
        if self.grade not in MONTHS:
            raise WrongInput(Reason.RANGE)
        wage, months = self.monthly_wage, Decimal(MONTHS[self.grade])
        if self.local_average is not None:
            wage = min(max(wage, LEAST * self.local_average), MOST * self.local_average)
        return {"months": months, "total": yuan(wage * months)}
