"""Counts statutory periods: where they end, and when they are over."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from core.clock import SUZHOU
from core.errors import Invalid
from timekeeping.workdays import (
    is_provisional,
    is_workday,
    workday_on_or_after,
    workday_on_or_before,
)

_DAY = timedelta(days=1)
_MONTHS = 12


class Unit(StrEnum):
    """What a period is counted in; a rule that says only “日” means days of the calendar."""

    DAYS = "days"
    WORKDAYS = "workdays"


class NotAPeriod(Invalid):
    """A period has at least one day or month, and at least one day to count from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDay:
    """The end of a period; ``provisional`` while it rests on holidays not yet published."""

    day: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EarliestLastDay:
    """The last day a citizen can rely on.

    ``rolled`` is the day it would move to by 《民法典》第二百零三条 (in court by
    《民事诉讼法》第八十五条) if it is a rest day, else the same day; show it only where that
    rule applies. ``provisional`` as in ``LastDay``, of either date.
    """

    day: date
    rolled: date
    provisional: bool

    @property
    def is_rest_day(self) -> bool:
        """Whether the last day is one on which offices are closed."""
        return self.rolled != self.day


def last_day(start: date, length: int, unit: Unit = Unit.DAYS) -> LastDay:
    """Count ``length`` days of ``unit`` from ``start``, which is not counted itself.

    The day is not moved when it is a rest day: so a period is shown that binds an authority.
    《民法典》第二百零一条第一款: the first day does not count. Raises ``NotAPeriod``.
    """
    if unit is Unit.DAYS:
        return LastDay(day=add_days(start, length), provisional=False)
    day = add_workdays(start, length)
    years = range((start + _DAY).year, day.year + 1)
    return LastDay(day=day, provisional=any(is_provisional(date(year, 1, 1)) for year in years))


def earliest_last_day(
    starts: Iterable[date], length: int, unit: Unit = Unit.DAYS
) -> EarliestLastDay:
    """The earliest end that can be defended, for a period that binds a citizen.

    Of all days the period may be said to start on the first is taken, and the end is not moved
    for a rest day: whoever acts by then is in time on every reading. Raises ``NotAPeriod``.
    """
    first = min(starts, default=None)
    if first is None:
        raise NotAPeriod
    end = last_day(first, length, unit)
    rolled = roll_forward(end.day)
    return EarliestLastDay(
        day=end.day, rolled=rolled, provisional=end.provisional or is_provisional(rolled)
    )


def earliest_after_months(start: date, months: int) -> EarliestLastDay:
    """``earliest_last_day`` of a period in months: 《民法典》第二百零二条. Raises ``NotAPeriod``."""
    day = add_months(start, months)
    rolled = roll_forward(day)
    return EarliestLastDay(day=day, rolled=rolled, provisional=is_provisional(rolled))


def add_days(start: date, length: int) -> date:
    """The last of ``length`` calendar days, the first being the day after ``start``.

    《民法典》第二百零一条第一款. Raises ``NotAPeriod``.
    """
    _check(length)
    return start + length * _DAY


def add_workdays(start: date, length: int) -> date:
    """The last of ``length`` workdays after ``start``; make-up days count, holidays do not.

    《行政复议法》第八十八条 and rules that say “工作日”. Raises ``NotAPeriod``.
    """
    _check(length)
    day = start
    for _ in range(length):
        day = workday_on_or_after(day + _DAY)
    return day


def add_months(start: date, length: int) -> date:
    """The same day ``length`` months on, or that month's last day if it is too short.

    《民法典》第二百零二条; a year is twelve months. Raises ``NotAPeriod``.
    """
    _check(length)
    year, month = divmod(start.year * _MONTHS + start.month - 1 + length, _MONTHS)
    longest = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, longest))


def counted_back(end: date, length: int, unit: Unit = Unit.DAYS) -> date:
    """The day after which ``length`` days of ``unit`` end on ``end``: where an extension began.

    Of workdays it is one itself. Raises ``NotAPeriod``.
    """
    _check(length)
    if unit is Unit.DAYS:
        return end - length * _DAY
    day = end
    for _ in range(length):
        day = workday_on_or_before(day - _DAY)
    return day


def count_between(start: date, end: date, unit: Unit = Unit.DAYS) -> int:
    """How many days of ``unit`` lie after ``start`` up to and with ``end``; 0 if it is not later.

    The inverse of ``last_day``: what is left of a period on the day it is paused.
    """
    days = (start + n * _DAY for n in range(1, (end - start).days + 1))
    return sum(unit is Unit.DAYS or is_workday(day) for day in days)


def roll_forward(day: date) -> date:
    """The last day moved past holidays and weekends, to the next day that is worked.

    《民法典》第二百零三条第一款; in civil procedure 《民事诉讼法》第八十五条第三款. Only where such
    a rule applies: 《信访工作条例》 has none.
    """
    return day if is_workday(day) else workday_on_or_after(day)


def end_of(day: date) -> datetime:
    """The moment a period ending that day is over, 24:00 in Suzhou (《民法典》第二百零三条第二款)."""
    return datetime.combine(day + _DAY, time.min, tzinfo=SUZHOU)


def is_over(day: date, now: datetime) -> bool:
    """Whether the last day has passed; on the day itself there is still time."""
    return now >= end_of(day)


def day_of(moment: datetime) -> date:
    """The calendar day in Suzhou on which an aware moment falls."""
    return moment.astimezone(SUZHOU).date()


def _check(length: int) -> None:
    if length < 1:
        raise NotAPeriod
