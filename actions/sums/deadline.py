"""Tells the last day on which something may still be done, and how it was counted."""

from __future__ import annotations

from collections.abc import Iterator

from actions.calculators.deadlines import Period, Unit, known_periods
from actions.phrases import words
from actions.sums.lines import Filled, Line, day
from timekeeping.periods import EarliestLastDay

UNITS = {
    Unit.DAYS: "calc_deadline_days",
    Unit.WORKDAYS: "calc_deadline_workdays_unit",
    Unit.MONTHS: "calc_deadline_months",
}
WEEKDAYS = "calc_weekdays"


def told(filled: Filled) -> list[Line]:
    """The lines of the answer."""
    return list(_lines(filled))


def _lines(filled: Filled) -> Iterator[Line]:
    period, start = known_periods()[filled.said("matter") or ""], filled.first("day")
    if start is None:
        raise KeyError("day")
    ends = period.ends(start)
    left = (ends.day - filled.today).days
    weekday = words(WEEKDAYS).split()[ends.day.weekday()]
    values = {
        "title": period.title,
        "day": f"{day(ends.day)}（{weekday}）",
        "start": day(start),
        "since": period.since,
        "length": words(UNITS[period.unit], number=period.length),
        "rolled": day(ends.rolled),
        "left": str(left),
    }
    yield Line(key="calc_deadline_over" if left < 0 else "calc_deadline_last", values=values)
    yield Line(key="calc_deadline_counted", laws=(period.law, _counting(period)), values=values)
    yield from _holidays(period, ends, values)
    if period.note is not None:
        laws = {"calc_deadline_interrupted": ("interrupted",), "calc_deadline_mailed": ("mailed",)}
        yield Line(key=period.note, laws=laws.get(period.note, ()), aside=True)
    yield Line(key="calc_deadline_end")


def _counting(period: Period) -> str:
    """The rule by which the day itself is not counted."""
    if period.unit is Unit.WORKDAYS:
        return "workdays"
    return period.rolls if period.rolls in {"rolls_court", "rolls_criminal"} else "day_after"


def _holidays(period: Period, ends: EarliestLastDay, values: dict[str, str]) -> Iterator[Line]:
    if ends.is_rest_day and period.rolls is not None:
        yield Line(key="calc_deadline_rolls", laws=(period.rolls,), values=values)
    elif ends.is_rest_day:
        yield Line(key="calc_deadline_stays")
    if ends.provisional:
        yield Line(key="calc_deadline_provisional", aside=True)
