"""Slots from a table that staff fill in: every row checked before any is taken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from cases.appointments.slots import NewSlot, check
from cases.districts import districts
from cases.errors import BadSlot
from cases.kinds.appointment import appointment
from core.clock import SUZHOU
from knowledge_base.sheets.cells import read_day
from knowledge_base.sheets.checking import Checking, area_named
from knowledge_base.sheets.layout import Layout, load_layout
from knowledge_base.sheets.rows import RowFault
from knowledge_base.sheets.tables import table_rows
from knowledge_base.sheets.xlsx_writing import workbook_bytes

LAYOUT = Path(__file__).with_name("table.yml")
WORDS = Path(__file__).with_name("words.yml")
AT_MOST: Mapping[str, int] = {"place": 60, "bring": 100, "lawyer": 60}
CLOCK = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?::00)?")
NEEDED = ("place",)
# Which column a slot that cannot be offered is at fault in.
COLUMNS = {"past": "day", "order": "end", "capacity": "capacity", "rest_day": "day"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What a table gave: slots in its order, and what is wrong with other rows."""

    slots: tuple[NewSlot, ...]
    faults: tuple[RowFault, ...]


@cache
def slot_layout() -> Layout:
    """The table's columns, their hints naming the services and districts there are."""
    services = "、".join(appointment().sub_kind_labels.values())
    areas = "、".join(f"{key} {name}" for key, name in districts().items())
    return load_layout(LAYOUT).hinted(services=services, districts=areas)


def read_slots(path: Path, *, now: datetime) -> Intake:
    """Read and check an xlsx, YAML or CSV table of slots; raises ``BadTable``."""
    slots: list[NewSlot] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str, datetime], int] = {}
    for row in table_rows(path, slot_layout(), csv=True):
        check = Checking(row=row, layout=slot_layout(), words=words)
        slot, wrong = _Reading(check=check, now=now).slot()
        if slot is not None:
            key = (slot.service, slot.place, slot.starts_at)
            if key in seen:
                wrong = (check.fault("start", "twice", row=seen[key]),)
            else:
                seen[key] = row.number
                slots.append(slot)
        faults += wrong
    return Intake(slots=tuple(slots), faults=tuple(faults))


def template() -> bytes:
    """The table with nothing but its headings, to fill in."""
    return workbook_bytes(slot_layout(), [])


def service_of(text: str) -> str | None:
    """A service by its key or its name."""
    labels = appointment().sub_kind_labels
    return text if text in labels else {n: key for key, n in labels.items()}.get(text)


def clock_of(text: str) -> time | None:
    """9:30 as a time of day."""
    found = CLOCK.fullmatch(text.strip())
    return time(int(found[1]), int(found[2])) if found else None


def words(key: str, **values: object) -> str:
    """A sentence with its ``$names`` filled; raises ``KeyError`` for an unknown name."""
    return Template(_read()[key]).substitute(values)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One row being read."""

    check: Checking
    now: datetime

    def slot(self) -> tuple[NewSlot | None, Sequence[RowFault]]:
        """The slot, or what is wrong with the row."""
        cell, unless = self.check.cell, self.check.unless
        service, area = service_of(cell("service")), area_named(cell("area"), districts())
        day = read_day(cell("day"))
        start, end = clock_of(cell("start")), clock_of(cell("end"))
        number, rest = self._number(), self._rest_day()
        wrong = [
            *self.check.row.faults,
            *self.check.texts(AT_MOST, NEEDED),
            *unless(service, "service", "no_service"),
            *unless(area, "area", "no_district"),
            *unless(day, "day", "no_day"),
            *unless(start, "start", "no_clock"),
            *unless(end, "end", "no_clock"),
            *unless(number, "capacity", "no_number"),
            *unless(rest, "rest_day", "no_yes"),
        ]
        known = (service, area, day, start, end, number)
        if wrong or None in known:
            return None, wrong
        new = self._made(str(service), str(area), _moments(day, start, end), number or 0)
        try:
            check(new, on_rest_day=bool(rest), now=self.now)
        except BadSlot as bad:
            return None, [self.check.fault(COLUMNS[bad.why], bad.why)]
        return new, ()

    def _made(
        self, service: str, area: str, when: tuple[datetime, datetime], capacity: int
    ) -> NewSlot:
        return NewSlot(
            service=service,
            area=area,
            place=self.check.cell("place"),
            starts_at=when[0],
            ends_at=when[1],
            capacity=capacity,
            bring=self.check.cell("bring"),
            lawyer=self.check.cell("lawyer"),
        )

    def _number(self) -> int | None:
        text = self.check.cell("capacity")
        return int(text) if text.isdecimal() else None

    def _rest_day(self) -> bool | None:
        text = self.check.cell("rest_day").lower()
        yes: list[str] = _read()["means_yes"]
        return True if text in yes else None if text else False


def _moments(day: date | None, start: time | None, end: time | None) -> tuple[datetime, datetime]:
    if day is None or start is None or end is None:
        raise ValueError("a slot has a day, a start and an end")
    return (
        datetime.combine(day, start, tzinfo=SUZHOU),
        datetime.combine(day, end, tzinfo=SUZHOU),
    )


@cache
def _read() -> dict[str, Any]:  # Any: sentences, and the words for yes
    read: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))  # Any: YAML
    return read
