"""The sentences of this room that do not belong to one kind of case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

WORDING = Path(__file__).with_name("wording.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """How news of a case are told: the line, the next deadline after it, the button."""

    line: str
    deadline: str
    rule: str
    paused: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timers:
    """What the system says of a period: that it is nearly over, and that it is."""

    warned: str
    over: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """What staff are told of a lawyer who may serve the other side, and of one who does not."""

    doubted: str
    cleared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """How the rest of a clue is told to staff: where, and ``known`` by key how somebody knows."""

    place: str
    how: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Templates: dates, how a period was counted, reminders, news, what stands for erased words.

    ``units`` names what a period is counted in, ``basis`` says of one that is no law what it is.
    """

    this_year: str
    other_year: str
    units: Mapping[str, str]
    extended: str
    paused: str
    provisional: str
    rest_day: str
    rest_day_policy: str
    basis: Mapping[str, str]
    erased: str
    counsel: Counsel
    clue: Clue
    news: News
    timers: Timers

    def day(self, day: date, *, beside: date) -> str:
        """A date for people; the year is named only if it is not that of ``beside``."""
        template = self.this_year if day.year == beside.year else self.other_year
        return template.format(year=day.year, month=day.month, day=day.day)


@cache
def wording() -> Wording:
    """Read the packaged sentences."""
    raw = yaml.safe_load(WORDING.read_text(encoding="utf-8"))
    return TypeAdapter(Wording).validate_python(raw)
