"""Offices from a table: every row checked, against the kinds there are and the areas of the city."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from core.knowledge import Office
from knowledge_base.offices.kinds import kind_named, kinds
from knowledge_base.offices.words import words
from knowledge_base.sheets.cells import read_day
from knowledge_base.sheets.layout import Layout, load_layout
from knowledge_base.sheets.rows import Row, RowFault
from knowledge_base.sheets.tables import table_rows
from knowledge_base.sheets.xlsx_writing import workbook_bytes

LAYOUT = Path(__file__).with_name("table.yml")
AT_MOST: Mapping[str, int] = {"name": 40, "address": 80, "phone": 60, "hours": 60, "source": 60}
NEEDED = ("name", "address", "source")
PHONE = re.compile(r"[0-9+][0-9+()（）转 、,，;；/-]{2,}")
BRACKET = re.compile(r"[（(].*[）)]")
SHOWN = 20

Areas = Mapping[str, str]
"""Name by area key; the keys are those of ``cases/districts.yml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """What a table gave: offices in its order, and what is wrong with other rows."""

    offices: tuple[Office, ...]
    faults: tuple[RowFault, ...]


@cache
def office_layout() -> Layout:
    """The table's columns."""
    return load_layout(LAYOUT)


def read_directory(path: Path, areas: Areas, *, today: date) -> Directory:
    """Read and check an xlsx, YAML or CSV table of offices; raises ``BadTable``."""
    offices: list[Office] = []
    faults: list[RowFault] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in table_rows(path, office_layout(), csv=True):
        reading = _Reading(row=row, areas=areas, today=today)
        office, wrong = reading.office()
        if office is not None:
            place = (office.kind, office.area, office.name)
            if place in seen:
                wrong = (reading.fault("name", "twice", row=seen[place]),)
            else:
                seen[place] = row.number
                offices.append(office)
        faults += wrong
    return Directory(offices=tuple(offices), faults=tuple(faults))


def directory_bytes(offices: Iterable[Office], areas: Areas) -> bytes:
    """The offices as a workbook that can be imported again; none gives a form to fill in."""
    titles = "、".join(row.title for row in kinds().values())
    named = "、".join(f"{key} {name}" for key, name in areas.items())
    layout = office_layout().hinted(kinds=titles, districts=named)
    return workbook_bytes(layout, [_cells(office) for office in offices])


def _cells(office: Office) -> Mapping[str, str]:
    return {
        "kind": kinds()[office.kind].title,
        "district": office.area,
        "name": office.name,
        "address": office.address,
        "phone": office.phone,
        "hours": office.hours,
        "source": office.source,
        "confirmed_on": office.confirmed_on.isoformat(),
        "valid_until": office.valid_until.isoformat(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One row being read."""

    row: Row
    areas: Areas
    today: date

    def office(self) -> tuple[Office | None, Sequence[RowFault]]:
        """The office, or what is wrong with the row."""
        kind, area = kind_named(self._cell("kind")), self._area()
        confirmed, until = (
            read_day(self._cell("confirmed_on")),
            read_day(self._cell("valid_until")),
        )
        faults = [*self.row.faults, *self._texts()]
        faults += self._unless(kind, "kind", "no_kind") + self._unless(
            area, "district", "no_district"
        )
        faults += self._unless(confirmed, "confirmed_on", "no_day")
        faults += self._unless(until, "valid_until", "no_day")
        if confirmed and confirmed > self.today:
            faults.append(self.fault("confirmed_on", "confirmed_later", text=confirmed))
        if confirmed and until and until < confirmed:
            faults.append(self.fault("valid_until", "valid_before", text=until))
        if faults or kind is None or area is None or confirmed is None or until is None:
            return None, faults
        plain = {key: self._cell(key) for key in AT_MOST}
        return Office(kind=kind, area=area, confirmed_on=confirmed, valid_until=until, **plain), ()

    def fault(self, key: str, code: str, **values: object) -> RowFault:
        """A fault of one of the row's columns."""
        return self.row.fault(office_layout().titles[key], words(code, **values))

    def _cell(self, key: str) -> str:
        return self.row.cells.get(key, "").strip()

    def _unless(self, value: object, key: str, code: str) -> list[RowFault]:
        if value is not None:
            return []
        text = self._cell(key)
        return [self.fault(key, code if text else "needed", text=text[:SHOWN])]

    def _texts(self) -> Iterable[RowFault]:
        for key, most in AT_MOST.items():
            text = self._cell(key)
            if not text and key in NEEDED:
                yield self.fault(key, "needed")
            if len(text) > most:
                yield self.fault(key, "too_long", length=len(text), most=most)
            if "\n" in text:
                yield self.fault(key, "one_line")
        phone = self._cell("phone")
        if phone and not PHONE.fullmatch(phone):
            yield self.fault("phone", "no_phone", text=phone[:SHOWN])

    def _area(self) -> str | None:
        """The area's key by its key, its name, or its name without what stands in brackets."""
        said = self._cell("district")
        names = {said_so: key for key, name in self.areas.items() for said_so in _said(key, name)}
        return names.get(said.upper()) or names.get(said)


def _said(key: str, name: str) -> Iterable[str]:
    bare = BRACKET.sub("", name)
    inner = BRACKET.search(name)
    return (key, name, bare, inner.group()[1:-1] if inner else bare)
