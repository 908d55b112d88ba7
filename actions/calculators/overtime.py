"""Overtime pay by the kind of day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from actions.calculators.amounts import PAID_DAYS, Worked, check_not_negative, yuan

HOURS_A_DAY = 8


class Per(StrEnum):
    """What a wage is paid for."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"


# Hours that a wage pays for: a month of 21.75 days, 《企业职工带薪年休假实施办法》第十一条.
PAID_HOURS = {
    Per.MONTH: PAID_DAYS * HOURS_A_DAY,
    Per.DAY: Decimal(HOURS_A_DAY),
    Per.HOUR: Decimal(1),
}
# 《劳动法》第四十四条.
WORKDAY, RESTDAY, HOLIDAY = Decimal("1.5"), Decimal(2), Decimal(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtime:
    """Works out 《劳动法》第四十四条 from a wage and the hours worked too long.

    ``wage`` is that of a month, a day or an hour, as ``per`` says. ``restday_hours``: those for
    which no other time off was given.
    """

    wage: Decimal
    per: Per = Per.MONTH
    workday_hours: Decimal = Decimal(0)
    restday_hours: Decimal = Decimal(0)
    holiday_hours: Decimal = Decimal(0)

    def worked(self) -> Worked:
        """``an_hour``, ``workday``, ``restday``, ``holiday``, ``total``; raises ``WrongInput``."""
        hours = {
            "workday": (self.workday_hours, WORKDAY),
            "restday": (self.restday_hours, RESTDAY),
            "holiday": (self.holiday_hours, HOLIDAY),
        }
        check_not_negative(self.wage, *(count for count, _ in hours.values()))
        paid = PAID_HOURS[self.per]
        # Multiplied first: a quotient that goes on for ever would spoil the half fen.
        lines = {
            name: yuan(self.wage * count * times / paid) for name, (count, times) in hours.items()
        }
        total = sum(lines.values(), Decimal(0))
        return {"an_hour": yuan(self.wage / paid), **lines, "total": total}
