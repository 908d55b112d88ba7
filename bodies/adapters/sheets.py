"""The sheet that is exchanged with a body without an interface: written, and read row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import Any

import yaml

from bodies.contract import Parcel, Standing, Status
from cases.errors import BadReference
from cases.references import Reference
from core.clock import SUZHOU
from knowledge_base.sheets.cells import CONTROL
from knowledge_base.sheets.layout import Layout
from knowledge_base.sheets.rows import Row, RowFault
from knowledge_base.sheets.tables import table_rows
from knowledge_base.sheets.xlsx_writing import workbook_bytes

FILE = Path(__file__).parent.parent / "sheet.yml"
AT_MOST = {"number": 64, "text": 2000, "unit": 64}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What a sheet gave: lines in its order, and what is wrong with other rows."""

    lines: tuple[Standing, ...]
    faults: tuple[RowFault, ...]


def read_sheet(path: Path) -> Sheet:
    """Read what a body sent back, as xlsx, YAML or CSV; raises ``BadTable``.

    Rows without a word on how far it is are left alone: they are ours, not yet looked at.
    """
    lines: list[Standing] = []
    faults: list[RowFault] = []
    seen: dict[str, int] = {}
    for row in table_rows(path, _layout(), csv=True):
        line, wrong = _line(row, seen)
        faults += wrong
        if line is not None and not wrong:
            lines.append(line)
    return Sheet(lines=tuple(lines), faults=tuple(faults))


def sheet_bytes(parcels: Iterable[Parcel]) -> bytes:
    """The cases as a workbook; the same cases give the same bytes."""
    return workbook_bytes(_layout(), [_cells(parcel) for parcel in parcels])


def _line(row: Row, seen: dict[str, int]) -> tuple[Standing | None, Sequence[RowFault]]:
    cells = {key: row.cells.get(key, "").strip() for key in ("reference", "status", *AT_MOST)}
    faults = [*row.faults]
    try:
        reference = str(Reference.parse(cells["reference"]))
    except BadReference:
        return None, [*faults, _fault(row, "reference", "fault_reference")]
    faults += [
        _fault(row, key, "fault_long", most=most)
        for key, most in AT_MOST.items()
        if len(cells[key]) > most
    ]
    if reference in seen:
        faults.append(_fault(row, "reference", "fault_twice", before=seen[reference]))
    seen[reference] = row.number
    if not cells["status"] and not cells["number"]:
        return None, faults
    status = _status(cells["status"])
    if cells["status"] and status is None:
        told = "、".join(_raw()["statuses"].values())
        faults.append(_fault(row, "status", "fault_status", statuses=told))
    if faults:
        return None, faults
    line = Standing(
        reference=reference,
        number=cells["number"],
        status=status,
        text=cells["text"],
        unit=cells["unit"],
    )
    return line, ()


def _status(written: str) -> Status | None:
    named = {label: key for key, label in _raw()["statuses"].items()}
    key = named.get(written, written)
    return Status(key) if key in set(Status) else None


def _cells(parcel: Parcel) -> Mapping[str, str]:
    received = parcel.received_at
    cells = {
        "reference": parcel.reference,
        "kind": parcel.kind_name,
        "title": parcel.title,
        "words": "\n".join(step.words for step in parcel.steps if step.words),
        "place": parcel.place,
        "person": "，".join(parcel.person.values()),
        "received": f"{received.astimezone(SUZHOU):%Y-%m-%d}" if received else "",
        "revision": str(parcel.revision),
        "released": _raw()["yes"] if parcel.released else "",
        "erased": _raw()["yes"] if parcel.erased else "",
    }
    # What somebody pasted with it may be no character of a sheet.
    return {key: CONTROL.sub("", text) for key, text in cells.items()}


def _fault(row: Row, key: str, sentence: str, **values: object) -> RowFault:
    return row.fault(_layout().titles[key], Template(_raw()[sentence]).substitute(values))


@cache
def _layout() -> Layout:
    raw = _raw()
    told = "、".join(raw["statuses"].values())
    names = ("sheet", "help_sheet", "intro", "columns")
    return Layout.model_validate({n: raw[n] for n in names}).hinted(statuses=told)


@cache
def _raw() -> dict[str, Any]:  # Any: YAML
    read: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: likewise
    return read
