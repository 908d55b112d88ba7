"""The sentences of this room that do not belong to one kind of case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml

WORDING = Path(__file__).with_name("wording.yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Templates for dates and for how a period was counted; who has a case filed here first."""

    this_year: str
    other_year: str
    extended: str
    provisional: str
    rest_day: str
    desk: str
    received: str

    def day(self, day: date, *, beside: date) -> str:
        """A date for people; the year is named only if it is not that of ``beside``."""
        template = self.this_year if day.year == beside.year else self.other_year
        return template.format(year=day.year, month=day.month, day=day.day)


@cache
def wording() -> Wording:
    """Read the packaged sentences."""
    return Wording(**yaml.safe_load(WORDING.read_text(encoding="utf-8")))
