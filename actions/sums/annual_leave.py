"""Tells the pay for leave that was not given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from actions.calculators.annual_leave import (
    AnnualLeave,
    due_days,
    since_joining,
    until_leaving,
)
from actions.sums.lines import Filled, Line, money, number


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    unused = filled.number("unused")
    due, taken = unused or Decimal(0), Decimal(0)
    if unused is None:
        due, taken = _due(filled), filled.number("taken") or Decimal(0)
        yield from _entitled(filled, due)
    sum_ = AnnualLeave(monthly_wage=filled.needed("wage"), due=due, taken=taken)
    worked = sum_.worked()
    values = {
        "wage": money(sum_.monthly_wage),
        "left": number(worked["left"]),
        "a_day": money(worked["a_day"]),
        "extra": money(worked["extra"]),
    }
    if worked["left"]:
        laws = ("paid_days", "leave_pay")
        yield Line(key="calc_leave_sum", laws=laws, values=values)
    else:
        yield Line(key="calc_leave_nothing", laws=("leave_days",))
    yield Line(key="calc_leave_changes", laws=("leave_extra",), aside=True)
    yield Line(key="calc_leave_end", laws=("labour_limit_wages",))


def _due(filled: Filled) -> Decimal:
    years, day = filled.needed("years"), filled.first("day")
    if day is None:
        return due_days(years)
    joined = filled.said("whole_year") == "joined"
    return due_days(years, since_joining(day) if joined else until_leaving(day))


def _entitled(filled: Filled, due: Decimal) -> Iterator[Line]:
    years, day = filled.needed("years"), filled.first("day")
    values = {"years": number(years), "full": number(due_days(years)), "due": number(due)}
    yield Line(key="calc_leave_full", laws=("leave_days",), values=values)
    if day is not None:
        joined = filled.said("whole_year") == "joined"
        share = since_joining(day) if joined else until_leaving(day)
        key = "calc_leave_joined" if joined else "calc_leave_left"
        law = "leave_joined" if joined else "leave_left"
        yield Line(key=key, laws=(law,), values={**values, "days": str(share[0])})
