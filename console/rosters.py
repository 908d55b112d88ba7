"""A duty plan as people read it: each team's next two weeks, and who is called out now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from console.chats import told_time
from core.clock import SUZHOU
from handoff.duty.plan import Plan, Team, gaps
from timekeeping.opening import CLOSED, MIDNIGHT, WEEKDAYS
from timekeeping.workdays import is_provisional, is_workday

DAYS = 14
MOST_GAPS = 5
SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day with each team's hours; ``mark`` is ``holiday`` or ``made_up`` against the weekday."""

    told: str
    mark: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamNow:
    """A team at this moment; ``opens`` is when it opens next, empty if it is open or never opens."""

    name: str
    is_open: bool
    opens: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """All teams with their next days, the steps of names that would be called now, and gaps.

    ``guessed`` are years whose holidays are not published.
    """

    teams: tuple[TeamNow, ...]
    days: tuple[Day, ...]
    called: tuple[str, ...]
    has_rota: bool
    gaps: tuple[str, ...]
    guessed: tuple[int, ...]


def roster(plan: Plan, now: datetime) -> Roster:
    """What the plan comes to from now on."""
    first = now.astimezone(SUZHOU).date()
    days = [first + timedelta(days=n) for n in range(DAYS)]
    open_gaps = [f"{told_time(start)} – {told_time(end)}" for start, end in gaps(plan, now)]
    return Roster(
        teams=tuple(_team(team, now) for team in plan.teams),
        days=tuple(_day(plan, day) for day in days),
        called=tuple("、".join(person.name for person in step) for step in plan.on_call(now)),
        has_rota=bool(plan.rota),
        gaps=tuple(open_gaps[:MOST_GAPS]),
        guessed=tuple(sorted({day.year for day in days if is_provisional(day)})),
    )


def _team(team: Team, now: datetime) -> TeamNow:
    is_open = team.hours.is_open(now)
    opens = None if is_open else team.hours.opens(now)
    return TeamNow(name=team.name, is_open=is_open, opens=told_time(opens) if opens else "")


def _day(plan: Plan, day: date) -> Day:
    weekend = day.weekday() >= SATURDAY
    marks = {(True, True): "made_up", (False, False): "holiday"}
    return Day(
        told=f"{day.month}月{day.day}日 {WEEKDAYS[day.weekday()]}",
        mark=marks.get((weekend, is_workday(day)), ""),
        hours=tuple(_hours(team, day) for team in plan.teams),
    )


def _hours(team: Team, day: date) -> str:
    spans = [f"{start:%H:%M}–{_end(day, end)}" for start, end in team.hours.spans(day)]
    return "，".join(spans) or CLOSED


def _end(day: date, end: datetime) -> str:
    """The end of a span; the midnight after a day belongs to it."""
    if end.date() == day:
        return f"{end:%H:%M}"
    return MIDNIGHT if (end.hour, end.minute) == (0, 0) else f"次日 {end:%H:%M}"
