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
from knowledge_base.sheets.checking import SHOWN, Areas, Checking, area_named
from knowledge_base.sheets.layout import Layout, load_layout
from knowledge_base.sheets.rows import RowFault
from knowledge_base.sheets.tables import table_rows
from knowledge_base.sheets.xlsx_writing import workbook_bytes

LAYOUT = Path(__file__).with_name("table.yml")
AT_MOST: Mapping[str, int] = {"name": 40, "address": 80, "phone": 60, "hours": 60, "source": 60}
NEEDED = ("name", "address", "source")
PHONE = re.compile(r"[0-9+][0-9+()（）转 、,，;；/-]{2,}")


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
        check = Checking(row=row, layout=office_layout(), words=words)
        reading = _Reading(check=check, areas=areas, today=today)
        office, wrong = reading.office()
        if office is not None:
            place = (office.kind, office.area, office.name)
            if place in seen:
                wrong = (check.fault("name", "twice", row=seen[place]),)
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

    check: Checking
    areas: Areas
    today: date

    def office(self) -> tuple[Office | None, Sequence[RowFault]]:
        """The office, or what is wrong with the row."""
        cell, unless = self.check.cell, self.check.unless
        kind, area = kind_named(cell("kind")), area_named(cell("district"), self.areas)
        confirmed, until = read_day(cell("confirmed_on")), read_day(cell("valid_until"))
        faults = [*self.check.row.faults, *self.check.texts(AT_MOST, NEEDED), *self._phone()]
        faults += unless(kind, "kind", "no_kind") + unless(area, "district", "no_district")
        faults += unless(confirmed, "confirmed_on", "no_day")
        faults += unless(until, "valid_until", "no_day")
        if confirmed and confirmed > self.today:
            faults.append(self.check.fault("confirmed_on", "confirmed_later", text=confirmed))
        if confirmed and until and until < confirmed:
            faults.append(self.check.fault("valid_until", "valid_before", text=until))
        if faults or kind is None or area is None or confirmed is None or until is None:
            return None, faults
        plain = {key: cell(key) for key in AT_MOST}
        return Office(kind=kind, area=area, confirmed_on=confirmed, valid_until=until, **plain), ()

    def _phone(self) -> Iterable[RowFault]:
        phone = self.check.cell("phone")
        if phone and not PHONE.fullmatch(phone):
            yield self.check.fault("phone", "no_phone", text=phone[:SHOWN])
