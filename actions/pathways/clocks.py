"""When a step can be taken at the earliest and at the latest, from the day a citizen told."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from actions.pathways.spec import Rule, Unit
from timekeeping.periods import Unit as CountedIn
from timekeeping.periods import add_months, last_day, roll_forward

_DAY = timedelta(days=1)
_MONTHS = 12
_PARTS = (1, 2, 3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a citizen said of a day: the first and the last it may have been."""

    first: date
    last: date

    @property
    def vague(self) -> bool:
        """Whether only the month or the year was told."""
        return self.first != self.last


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The end of a rule's period; ``rolled`` is the next workday where ``last`` is a rest day."""

    rule: Rule
    start: Told
    last: date
    rolled: date
    provisional: bool

    def is_over(self, today: date) -> bool:
        """Whether it has passed; on the day itself there is still time."""
        return self.last < today


def told(value: str) -> Told | None:
    """``2026-03-05``, ``2026-03`` or ``2026``; None for anything else, such as “unknown”."""
    parts = value.split("-")
    if len(parts) not in _PARTS or not all(part.isdecimal() for part in parts):
        return None
    year, month, day = (*map(int, parts), 0, 0)[:3]
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return Told(first=first, last=first)
    of_month = month or _MONTHS
    return Told(first=first, last=date(year, of_month, monthrange(year, of_month)[1]))


def count(rule: Rule, start: Told) -> Counted:
    """The last day of a rule, from the first day that it may be counted from.

    Whoever acts by then is in time however the day is read, and the end is not moved for a rest
    day; see ``timekeeping.periods.earliest_last_day``.
    """
    end, provisional = _end(rule, start.first)
    return Counted(
        rule=rule, start=start, last=end, rolled=roll_forward(end), provisional=provisional
    )


def free_from(rule: Rule, start: Told) -> date:
    """The first day after a waiting period, from the last day that it may be counted from."""
    return _end(rule, start.last)[0] + _DAY


def is_over(rule: Rule, start: Told, today: date) -> bool:
    """Whether the period has passed, by the earliest reading of the day."""
    return count(rule, start).is_over(today)


def decides(rule: Rule, start: Told, today: date) -> bool:
    """Whether the day was told exactly enough to know if the period has passed."""
    latest = Told(first=start.last, last=start.last)
    return is_over(rule, start, today) == is_over(rule, latest, today)


def _end(rule: Rule, start: date) -> tuple[date, bool]:
    end, provisional = start, False
    for length in (rule.wait, rule.length):
        if length and rule.unit in (Unit.MONTHS, Unit.YEARS):
            end = add_months(end, length * (_MONTHS if rule.unit is Unit.YEARS else 1))
        elif length:
            found = last_day(end, length, CountedIn(rule.unit))
            end, provisional = found.day, provisional or found.provisional
    return end, provisional
