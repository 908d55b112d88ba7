"""When somebody is there: hours by kind of day, with breaks, holidays, make-up days and exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from core.clock import SUZHOU
from timekeeping.workdays import is_workday

DAY = timedelta(days=1)
# Longer than any holiday; who is not there for two months has no hours.
LOOK_AHEAD = 62
# Exceptions are listed by hand: a longer range is a slip of the pen.
LONGEST_RANGE = 366
MIDNIGHT = "24:00"
CLOSED = "休息"
KINDS = ("每天", "工作日", "休息日")
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")

_SPAN = re.compile(r"([0-2]?[0-9]):([0-5][0-9])[-–—~到至]([0-2]?[0-9]):([0-5][0-9])")
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.\.(\d{4}-\d{2}-\d{2}))?")

Span = tuple[timedelta, timedelta]
"""From and until, counted from the day's midnight; one that ends the next day ends after 24 hours."""
Moments = tuple[datetime, datetime]


class BadHours(ValueError):
    """A line of hours cannot be read; ``line`` is that line, ``why`` the code of what is wrong."""

    def __init__(self, line: str, why: str) -> None:
        super().__init__(f"{why}: {line}")
        self.line = line
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Hours of a week as people write them; the first line whose kind a day is counts for it.

    ``days`` are ``每天``, ``工作日`` (with make-up days, without holidays), ``休息日`` or a weekday.
    ``exceptions`` go before all lines.
    """

    days: Sequence[tuple[str, tuple[Span, ...]]]
    exceptions: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    @classmethod
    def read(cls, lines: Sequence[str], exceptions: Sequence[str] = ()) -> OpeningHours:
        """Read ``工作日 09:00-12:00 13:30-17:30`` and ``2026-12-31 休息``; raises ``BadHours``."""
        special: dict[date, tuple[Span, ...]] = {}
        for line in exceptions:
            name, spans = _line(line)
            special |= dict.fromkeys(_dates(line, name), spans)
        days = [_line(line) for line in lines]
        for (kind, _), line in zip(days, lines, strict=True):
            if kind not in KINDS + WEEKDAYS:
                raise BadHours(line, "day")
        return cls(days=days, exceptions=special)

    def spans(self, day: date) -> list[Moments]:
        """When it is open on that day, in Suzhou's time; the last may end on the next day."""
        midnight = datetime.combine(day, time(), SUZHOU)
        return [(midnight + start, midnight + end) for start, end in self._of(day)]

    def is_open(self, at: datetime) -> bool:
        """Whether somebody is there at that moment."""
        return any(start <= at < end for start, end in self._from(at, days=1))

    def opens(self, at: datetime) -> datetime | None:
        """From when on somebody is there: that moment if it is open, None if never."""
        return next((max(at, start) for start, end in self._from(at) if end > at), None)

    def after(self, at: datetime, much: timedelta) -> datetime | None:
        """When so much time with somebody there has passed, None if it never will."""
        reached = at
        for start, end in self._from(at):
            since = max(reached, start)
            if end - since >= much:
                return since + much
            if end > since:
                much -= end - since
                reached = end
        return None

    def _from(self, at: datetime, days: int = LOOK_AHEAD) -> Iterator[Moments]:
        """Spans of the day before, which may still run, and of those that follow."""
        first = at.astimezone(SUZHOU).date() - DAY
        for n in range(days + 1):
            yield from self.spans(first + n * DAY)

    def _of(self, day: date) -> tuple[Span, ...]:
        if day in self.exceptions:
            return self.exceptions[day]
        return next((spans for kind, spans in self.days if _is(kind, day)), ())


def _is(kind: str, day: date) -> bool:
    match kind:
        case "每天":
            return True
        case "工作日":
            return is_workday(day)
        case "休息日":
            return not is_workday(day)
        case _:
            return WEEKDAYS[day.weekday()] == kind


def _line(line: str) -> tuple[str, tuple[Span, ...]]:
    name, *rest = line.split() or [""]
    if rest == [CLOSED]:
        return name, ()
    spans = tuple(_span(line, one) for one in rest)
    if not spans:
        raise BadHours(line, "no_hours")
    for (_, end), (start, _) in pairwise(spans):
        if start < end:
            raise BadHours(line, "overlap")
    if spans[-1][1] > spans[0][0] + DAY:
        raise BadHours(line, "overlap")
    return name, spans


def _span(line: str, text: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise BadHours(line, "time")
    start, end = _clock(line, found[1], found[2]), _clock(line, found[3], found[4])
    if start >= DAY:
        raise BadHours(line, "time")
    # 20:30-08:30 is a night.
    return start, end if end > start else end + DAY


def _clock(line: str, hours: str, minutes: str) -> timedelta:
    told = timedelta(hours=int(hours), minutes=int(minutes))
    if told > DAY:
        raise BadHours(line, "time")
    return told


def _dates(line: str, name: str) -> list[date]:
    found = _RANGE.fullmatch(name)
    if found is None:
        raise BadHours(line, "date")
    try:
        first, last = (date.fromisoformat(told or found[1]) for told in found.groups())
    except ValueError:
        raise BadHours(line, "date") from None
    count = (last - first).days + 1
    if not 0 < count <= LONGEST_RANGE:
        raise BadHours(line, "date")
    return [first + n * DAY for n in range(count)]
