"""Until when a citizen may act: the period of the law, counted to the earliest defensible day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from timekeeping import periods
from timekeeping.periods import EarliestLastDay

FILE = Path(__file__).with_name("periods.yml")


class Unit(StrEnum):
    """What a period is counted in; a year is twelve months."""

    DAYS = "days"
    WORKDAYS = "workdays"
    MONTHS = "months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period that binds a citizen.

    ``title`` is what is to be done in time, ``since`` the day it is counted from, both in words
    for people. ``laws`` names in ``laws.yml`` what the length rests on, ``rolls`` the rule by which
    a last day moves past a holiday, None where the law has none. ``note`` is a key of the wording.
    """

    key: str
    title: str
    since: str
    length: int
    unit: Unit
    law: str
    rolls: str | None
    note: str | None

    def ends(self, start: date) -> EarliestLastDay:
        """The last day when it began on that day, which is not counted itself."""
        match self.unit:
            case Unit.DAYS:
                return periods.earliest_last_day([start], self.length)
            case Unit.WORKDAYS:
                return periods.earliest_last_day([start], self.length, periods.Unit.WORKDAYS)
            case Unit.MONTHS:
                return periods.earliest_after_months(start, self.length)


@cache
def known_periods() -> Mapping[str, Period]:
    """The project's table by key."""
    document = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {key: _period(key, row) for key, row in document.items()}


def _period(key: str, row: dict[str, Any]) -> Period:  # Any: YAML
    return Period(
        key=key,
        title=row["title"],
        since=row["since"],
        length=row["length"],
        unit=Unit(row["unit"]),
        law=row["law"],
        rolls=row.get("rolls"),
        note=row.get("note"),
    )
