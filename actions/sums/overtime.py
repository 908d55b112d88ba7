"""Tells overtime pay by the kind of day."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.calculators.overtime import HOLIDAY, RESTDAY, WORKDAY, Overtime, Per
from actions.sums.lines import Filled, Line, money, number

HOUR = {
    Per.MONTH: ("calc_overtime_month", ("paid_days",)),
    Per.DAY: ("calc_overtime_day", ()),
    Per.HOUR: ("calc_overtime_hour", ()),
}
KINDS = {
    "workday": ("calc_overtime_sum_workday", WORKDAY),
    "restday": ("calc_overtime_sum_restday", RESTDAY),
    "holiday": ("calc_overtime_sum_holiday", HOLIDAY),
}


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    hours = {kind: filled.number(f"{kind}_hours") or Decimal(0) for kind in KINDS}
    sum_ = Overtime(
        wage=filled.needed("wage"),
        per=Per(filled.said("per") or Per.MONTH),
        workday_hours=hours["workday"],
        restday_hours=hours["restday"],
        holiday_hours=hours["holiday"],
    )
    worked = sum_.worked()
    if not any(hours.values()):
        yield Line(key="calc_overtime_none", laws=("overtime",))
    hour_key, hour_laws = HOUR[sum_.per]
    hour = {"wage": money(sum_.wage), "hour": money(worked["an_hour"])}
    yield Line(key=hour_key, laws=hour_laws, values=hour)
    for kind, (key, times) in KINDS.items():
        if hours[kind]:
            values = {
                "hours": number(hours[kind]),
                "times": number(times),
                "sum": money(worked[kind]),
            }
            yield Line(key=key, values=values)
    yield Line(
        key="calc_overtime_total", laws=("overtime",), values={"total": money(worked["total"])}
    )
    yield Line(key="calc_overtime_changes", aside=True)
    yield Line(key="calc_overtime_end", laws=("labour_limit_wages",))
