"""What is shown of a case, in another language; what an authority wrote is not translated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from cases.kinds.machine import Binds
from cases.models import CaseClock
from core.knowledge import Deadline
from timekeeping.periods import Unit, earliest_last_day

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What is due, and how its last day was counted."""

    what: str
    counted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words of one kind of case, by the codes of its table."""

    states: Mapping[str, str]
    commands: Mapping[str, str]
    periods: Mapping[str, Period]


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """One file of words; the templates are those of ``wording.yml``, with whole days."""

    day: str
    extended: str
    provisional: str
    rest_day: str
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
        if clock.binds == Binds.CITIZEN:
            earliest = earliest_last_day([clock.started_on], clock.days, Unit(clock.unit))
            counted += self.rest_day if earliest.is_rest_day else ""
        counted += self.provisional if clock.provisional else ""
        if not clock.extended_by:
            return counted
        first = self.day.format(clock.due - timedelta(days=clock.extended_by))
        return self.extended.format(counted=counted, first=first, days=clock.extended_by)


@cache
def translation(language: str) -> Translation:
    """The words of a language; raises ``FileNotFoundError`` where nobody has written them."""
    text = (FOLDER / f"{language}.yml").read_text(encoding="utf-8")
    return TypeAdapter(Translation).validate_python(yaml.safe_load(text))
