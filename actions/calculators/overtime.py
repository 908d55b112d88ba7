"""Overtime pay by the kind of day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from actions.calculators.amounts import PAID_DAYS, Worked, check_not_negative, yuan

HOURS_A_DAY = 8
# 《劳动法》第四十四条.
WORKDAY, RESTDAY, HOLIDAY = Decimal("1.5"), Decimal(2), Decimal(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtime:
    """Works out 《劳动法》第四十四条 from the monthly wage and the hours worked too long.

    ``restday_hours``: those for which no other time off was given.
    """

    monthly_wage: Decimal
    workday_hours: Decimal = Decimal(0)
    restday_hours: Decimal = Decimal(0)
    holiday_hours: Decimal = Decimal(0)

    def worked(self) -> Worked:
        """``workday``, ``restday``, ``holiday``, ``total``; raises ``WrongInput``."""
        hours = {
            "workday": (self.workday_hours, WORKDAY),
            "restday": (self.restday_hours, RESTDAY),
            "holiday": (self.holiday_hours, HOLIDAY),
        }
        check_not_negative(self.monthly_wage, *(count for count, _ in hours.values()))
        lines = {
            # Multiplied first: a quotient that goes on for ever would spoil the half fen.
            name: yuan(self.monthly_wage * count * times / (PAID_DAYS * HOURS_A_DAY))
            for name, (count, times) in hours.items()
        }
        return {**lines, "total": sum(lines.values(), Decimal(0))}
