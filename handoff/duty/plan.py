"""The duty plan: which team is there when, and who is called out at night. One YAML document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from handoff.duty.words import words
from handoff.errors import FaultyPlan
from timekeeping.opening import BadHours, OpeningHours

EXAMPLE = Path(__file__).with_name("example.yml")
LONGEST = 20_000
# The rota is looked at so far ahead, quarter by quarter: two weeks have every kind of day.
CHECKED_DAYS = 14
STEP = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """Who answers for which reasons (intents); the one without any takes the rest.

    ``within`` is how long after opening, or of open time, a citizen waits at most.
    """

    name: str
    takes: tuple[str, ...]
    hours: OpeningHours
    within: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody on the rota, with the addresses by which they are reached: ``mail``, ``sms``."""

    name: str
    mail: str = ""
    sms: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Part of the rota: who is called first, and who then, each step one or more persons."""

    hours: OpeningHours
    call: tuple[tuple[Person, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All of it, read and found right."""

    teams: tuple[Team, ...]
    people: Mapping[str, Person]
    rota: tuple[Shift, ...]

    def team_for(self, reason: str) -> Team:
        """Who answers somebody who comes for that reason."""
        rest = next(team for team in self.teams if not team.takes)
        return next((team for team in self.teams if reason in team.takes), rest)

    def on_call(self, at: datetime) -> tuple[tuple[Person, ...], ...]:
        """Who is called at that moment, step by step; nobody where there is no rota."""
        return next((shift.call for shift in self.rota if shift.hours.is_open(at)), ())


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Team(_Model):
    name: str = Field(min_length=1, max_length=20)
    takes: tuple[str, ...] = ()
    hours: tuple[str, ...] = Field(min_length=1)
    exceptions: tuple[str, ...] = ()
    answers_within: int = Field(default=60, ge=5, le=1440)


class _Person(_Model):
    mail: str = Field(default="", max_length=120, pattern=r"^$|^[^@\s]+@[^@\s]+$")
    sms: str = Field(default="", max_length=20, pattern=r"^$|^\+?[0-9]{6,15}$")


class _Shift(_Model):
    when: str
    call: tuple[tuple[str, ...] | str, ...] = Field(min_length=1)


class _Document(_Model):
    teams: tuple[_Team, ...] = Field(min_length=1)
    people: dict[str, _Person] = Field(default_factory=dict)
    rota: tuple[_Shift, ...] = ()


@lru_cache(maxsize=8)
def read_plan(text: str) -> Plan:
    """The plan that a document holds; raises ``FaultyPlan`` with everything that is wrong in it.

    Whether the rota has a gap is a question of the calendar, see ``gaps``.
    """
    document = _parsed(text)
    faults = [*_team_faults(document), *_rota_faults(document)]
    if faults:
        raise FaultyPlan(faults)
    people = {name: Person(name=name, **row.model_dump()) for name, row in document.people.items()}
    return Plan(
        teams=tuple(_team(team) for team in document.teams),
        people=people,
        rota=tuple(_shift(shift, people) for shift in document.rota),
    )


def gaps(plan: Plan, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """When in the next two weeks nobody is on call, though there is a rota."""
    since: datetime | None = None
    at = start - timedelta(seconds=start.timestamp() % STEP.total_seconds())
    end = at + timedelta(days=CHECKED_DAYS)
    while plan.rota and at <= end:
        covered = at == end or bool(plan.on_call(at))
        if covered and since is not None:
            yield since, at
        since = None if covered else since or at
        at += STEP


def _parsed(text: str) -> _Document:
    if len(text) > LONGEST:
        raise FaultyPlan([words("too_long", most=LONGEST)])
    try:
        return _Document.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise FaultyPlan([words("not_yaml", line=mark.line + 1 if mark else 1)]) from None
    except ValidationError as error:
        # Not pydantic's own words: they are English, and may quote a number.
        raise FaultyPlan(
            [_told(fault["loc"], fault["type"]) for fault in error.errors()]
        ) from None


def _told(where: Sequence[int | str], kind: str) -> str:
    place = " / ".join(str(one + 1) if isinstance(one, int) else one for one in where)
    code = kind if kind in {"missing", "extra_forbidden"} else "wrong_value"
    return words(code, place=place or words("whole"))


def _team_faults(document: _Document) -> Iterator[str]:
    for team in document.teams:
        yield from _hours_faults(team.name, team.hours, team.exceptions)
    if sum(not team.takes for team in document.teams) != 1:
        yield words("one_for_the_rest")
    taken = [reason for team in document.teams for reason in team.takes]
    for reason in sorted({one for one in taken if taken.count(one) > 1}):
        yield words("taken_twice", reason=reason)


def _rota_faults(document: _Document) -> Iterator[str]:
    for shift in document.rota:
        yield from _hours_faults(words("rota"), (shift.when,), ())
        for name in sorted({n for step in shift.call for n in _names(step)}):
            if name not in document.people:
                yield words("no_such_person", name=name)
            elif document.people[name] == _Person():
                yield words("no_address", name=name)


def _hours_faults(whose: str, lines: Sequence[str], exceptions: Sequence[str]) -> Iterator[str]:
    try:
        OpeningHours.read(lines, exceptions)
    except BadHours as error:
        yield words(f"hours_{error.why}", whose=whose, line=error.line)


def _team(row: _Team) -> Team:
    return Team(
        name=row.name,
        takes=row.takes,
        hours=OpeningHours.read(row.hours, row.exceptions),
        within=timedelta(minutes=row.answers_within),
    )


def _shift(row: _Shift, people: Mapping[str, Person]) -> Shift:
    call = tuple(tuple(people[name] for name in _names(step)) for step in row.call)
    return Shift(hours=OpeningHours.read([row.when]), call=call)


def _names(step: tuple[str, ...] | str) -> tuple[str, ...]:
    return (step,) if isinstance(step, str) else step
