"""A case as Open311 shows it: to everybody, to whoever knows its number, or to its owner."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, auto
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import is_paused, shown_clock
from cases.districts import districts
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Binds, Supervision
from cases.models import Case, CaseAttachment, CaseClock, CaseEvent
from cases.open311.offers import Offer
from cases.persons import Seals
from cases.public import AFTER, BEFORE, UNSEEN, of_stage, public_pictures
from db.encryption import Vault

Row = TypeVar("Row", CaseAttachment, CaseClock, CaseEvent)


class Sight(Enum):
    """How much is seen.

    At a glance (nobody has looked at it yet, or it came to nothing) only how it stands; in public
    the place too; its owner sees what was told and what was answered.
    """

    GLANCE = auto()
    PUBLIC = auto()
    OWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A step of a case; ``text`` is what was told to its citizen, the step's name for others."""

    at: datetime
    step: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A case to be shown; what its viewer may not see is empty. ``place`` is in words.

    ``pictures`` are ids of those that staff have made public, taken before, then after.
    """

    offer: Offer
    reference: str
    closed: bool
    state: str
    state_label: str
    sub_kind: str
    sub_kind_label: str
    district: str
    district_label: str
    supervision: str
    agency: str
    description: str
    requested_at: datetime
    updated_at: datetime
    expected_on: date | None
    place: str
    latitude: float | None
    longitude: float | None
    pictures: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What is read along with cases, by their id; notes only where they are wanted."""

    seals: Seals
    clocks: Mapping[str, Sequence[CaseClock]]
    pictures: Mapping[str, Sequence[CaseAttachment]]
    events: Mapping[str, Sequence[CaseEvent]]


def public_seals(vault: Vault) -> Seals:
    """What opens the place of a public case and what staff wrote, and nothing of its citizen."""
    return Seals(vault=vault, persons={}, filers={})


def sight_of(case: Case) -> Sight:
    """What everybody may see of a case of a public kind."""
    return Sight.GLANCE if case.state in UNSEEN or case.demo else Sight.PUBLIC


async def beside(
    session: AsyncSession, seals: Seals, cases: Sequence[Case], *, noted: bool
) -> Beside:
    """What showing these cases needs: their periods, and their steps if wanted."""
    ids = [case.id for case in cases]
    clocks = select(CaseClock).where(CaseClock.case_id.in_(ids), CaseClock.stopped_at.is_(None))
    events = (
        select(CaseEvent)
        .where(CaseEvent.case_id.in_(ids), CaseEvent.public)
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    return Beside(
        seals=seals,
        clocks=_by_case((await session.scalars(clocks)).all()),
        pictures=_by_case(await public_pictures(session, cases)),
        events=_by_case((await session.scalars(events)).all()) if noted else {},
    )


def shown(case: Case, offer: Offer, sight: Sight, near: Beside) -> Shown:
    """The case as this viewer sees it."""
    machine, seen = machine_of(case.kind), sight is not Sight.GLANCE
    label = machine.sub_kind_labels[case.sub_kind]
    return Shown(
        offer=offer,
        reference=case.reference,
        closed=case.closed_at is not None,
        state=case.state,
        state_label=machine.state_labels[case.state],
        sub_kind=case.sub_kind,
        sub_kind_label=label,
        district=case.district,
        district_label=districts()[case.district],
        supervision=_watched(case, sight),
        agency=case.agency,
        description=_told(case, near.seals) if sight is Sight.OWN else label,
        requested_at=case.created_at,
        updated_at=case.closed_at or case.updated_at,
        expected_on=_expected(case, near.clocks.get(case.id, ())),
        place=(near.seals.open_or_none(case.place_sealed) or "") if seen else "",
        latitude=case.latitude if seen else None,
        longitude=case.longitude if seen else None,
        pictures=_pictures(case, near.pictures.get(case.id, ())),
        notes=tuple(
            note(event, case, sight, near.seals) for event in near.events.get(case.id, ())
        ),
    )


def note(event: CaseEvent, case: Case, sight: Sight, seals: Seals) -> Note:
    """A step as this viewer sees it."""
    label = machine_of(case.kind).command_labels[event.command]
    text = seals.open(event.text_sealed) if sight is Sight.OWN else ""
    return Note(at=event.at, step=event.command, text=text or label)


def _pictures(case: Case, pictures: Sequence[CaseAttachment]) -> tuple[str, ...]:
    """None where the case is not public: they lie at an address that is open to everybody."""
    if not machine_of(case.kind).public or sight_of(case) is not Sight.PUBLIC:
        return ()
    return of_stage(pictures, BEFORE) + of_stage(pictures, AFTER)


def _watched(case: Case, sight: Sight) -> str:
    """Only what was listed in public is public."""
    public = sight is Sight.OWN or case.supervision == Supervision.LISTED
    return case.supervision if public else Supervision.NONE


def _told(case: Case, seals: Seals) -> str:
    details = json.loads(seals.open_or_none(case.details_sealed) or "{}")
    return str(details.get("story") or seals.open(case.title_sealed))


def _expected(case: Case, clocks: Sequence[CaseClock]) -> date | None:
    """The last day of what is to be done next, if it is known and somebody is to do it."""
    clock = shown_clock(clocks)
    if clock is None or case.closed_at is not None or is_paused(clock):
        return None
    return clock.due if clock.binds == Binds.AUTHORITY else None


def _by_case(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.case_id].append(row)
    return found
