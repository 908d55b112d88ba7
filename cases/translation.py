"""What is shown of a case, in another language; what an authority wrote is not translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from cases.kinds.machine import Basis, Binds
from cases.models import CaseClock
from cases.transfers import MoneyWords
from cases.wording import News
from core.case_views import Deadline
from timekeeping.periods import Unit, counted_back, earliest_last_day

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is due, and how its last day was counted."""

    what: str
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words of one kind of case, by the codes of its table."""

    name: str
    states: Mapping[str, str]
    commands: Mapping[str, str]
    periods: Mapping[str, Period]
    explained: Mapping[str, str] = field(default_factory=dict)
    sub_kinds: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One file of words; the templates are those of ``wording.yml``, with whole days."""

    language: str
    day: str
    units: Mapping[str, str]
    extended: str
    paused: str
    provisional: str
    rest_day: str
    rest_day_policy: str
    basis: Mapping[str, str]
    erased: str
    news: News
    money: MoneyWords
    districts: Mapping[str, str]
    kinds: Mapping[str, KindWords]

    def deadline(
        self, kind: str, clock: CaseClock | None, shown: Deadline | None
    ) -> Deadline | None:
        """The deadline that a period gives, worded anew."""
        if clock is None or shown is None:
            return None
        period = self.kinds[kind].periods[clock.name]
        return replace(shown, what=period.what, computed=self._counted(period, clock))

    def _counted(self, period: Period, clock: CaseClock) -> str:
        start = self.day.format(clock.started_on)
        counted = period.counted.format(start=start, days=clock.days)
        unit = Unit(clock.unit)
        if clock.binds == Binds.CITIZEN:
            earliest = earliest_last_day([clock.started_on], clock.days, unit)
            rest_day = self.rest_day if clock.basis == Basis.LAW else self.rest_day_policy
            counted += rest_day if earliest.is_rest_day else ""
        counted += self.provisional if clock.provisional else ""
        counted += self.basis.get(clock.basis, "")
        for span in clock.pauses.split():
            since, _, until = span.partition("/")
            if until:
                counted = self.paused.format(
                    computed=counted, since=self._iso(since), until=self._iso(until)
                )
        if not clock.extended_by:
            return counted
        first = self.day.format(counted_back(clock.due, clock.extended_by, unit))
        return self.extended.format(
            computed=counted, first=first, days=clock.extended_by, unit=self.units[unit]
        )

    def _iso(self, day: str) -> str:
        return self.day.format(date.fromisoformat(day))


@cache
def translation(language: str) -> Translation:
    """The words of a language; raises ``FileNotFoundError`` where nobody has written them."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return TypeAdapter(Translation).validate_python(yaml.safe_load(text))
