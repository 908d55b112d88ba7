"""Which days are worked in mainland China, with the make-up days that swap weekends (调休)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import holidays

_DAY = timedelta(days=1)


def is_workday(day: date) -> bool:
    """Whether offices work: a weekday that is no holiday, or a weekend day declared a workday."""
    return bool(_calendar(day.year).is_working_day(day))


def is_provisional(day: date) -> bool:
    """Whether that year's arrangement is only predicted, because it was not yet published.

    The State Council publishes a year's holidays in the autumn before; each published year has
    make-up days, so a year without one is the calendar's own guess.
    """
    return not any(made_up.year == day.year for made_up in _calendar(day.year).weekend_workdays)


def workday_on_or_after(day: date) -> date:
    """The day itself if it is worked, else the next that is."""
    while not is_workday(day):
        day += _DAY
    return day


def workday_on_or_before(day: date) -> date:
    """The day itself if it is worked, else the last that was."""
    while not is_workday(day):
        day -= _DAY
    return day


@cache
def _calendar(year: int) -> Any:  # Any: the library has no types
    # The year after may declare make-up days in this one's last week.
    return holidays.country_holidays("CN", years=(year, year + 1))
