"""Lists of cases: for staff, and those that are like one about to be filed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from rapidfuzz import fuzz
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import SPAN, clocks_of, is_overdue, shown_clock
from cases.counsel.conflicts import doubted_cases
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Binds
from cases.models import Case, CaseClock
from cases.persons import seals_of
from cases.urging import BAD
from core.case_views import Nearby
from db.encryption import Vault
from timekeeping.periods import day_of

# As old as that, an open report of the same place is another one.
ALIKE_WITHIN = timedelta(days=30)
ALIKE_FROM = 0.75
MOST_COMPARED = 200
MOST_ALIKE = 3
FULL = 100


class Spot(NamedTuple):
    """A sort of matter at a place."""

    kind: str
    sub_kind: str
    area: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases to list; empty fields ask nothing.

    ``doubted`` ones have a lawyer who may serve the other side.
    """

    kind: str = ""
    state: str = ""
    agency: str = ""
    closed: bool = False
    overdue: bool = False
    unhappy: bool = False
    doubted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the staff's list; the title is sealed text opened, to be masked where shown."""

    reference: str
    title: str
    state: str
    agency: str
    supervision: str
    rating: int | None
    due: date | None
    overdue: bool
    received_at: datetime


async def listing(
    session: AsyncSession, vault: Vault, wanted: Wanted, now: datetime, *, limit: int = 100
) -> list[Row]:
    """Cases for staff, what is due first at the head."""
    due = _due(day_of(now), overdue=wanted.overdue).subquery()
    query = (
        select(Case)
        .join(due, due.c.case_id == Case.id, isouter=not wanted.overdue)
        .order_by(due.c.due.is_(None), due.c.due, Case.reference)
        .limit(limit)
    )
    if wanted.kind:
        query = query.where(Case.kind == wanted.kind)
    if wanted.state:
        query = query.where(Case.state == wanted.state)
    if wanted.agency:
        query = query.where(Case.agency == wanted.agency)
    if not wanted.closed:
        query = query.where(Case.closed_at.is_(None))
    if wanted.unhappy:
        query = query.where(Case.rating <= BAD)
    if wanted.doubted:
        query = query.where(Case.id.in_(doubted_cases()))
    cases = (await session.scalars(query)).all()
    seals, clocks = await seals_of(session, vault, cases), await clocks_of(session, cases)
    return [
        _row(case, seals.open(case.title_sealed), clocks.get(case.id, ()), now) for case in cases
    ]


def _due(today: date, *, overdue: bool) -> Select[str, date]:
    """Of each case the last day of the running period that ends first; only those over, if asked."""
    query = select(CaseClock.case_id, func.min(CaseClock.due).label("due")).where(
        CaseClock.stopped_at.is_(None), CaseClock.binds != Binds.INTERNAL
    )
    if overdue:
        query = query.where(
            CaseClock.due < today,
            CaseClock.binds == Binds.AUTHORITY,
            CaseClock.pauses.not_like(f"%{SPAN}"),
        )
    return query.group_by(CaseClock.case_id)


async def nearby(
    session: AsyncSession, vault: Vault, spot: Spot, now: datetime
) -> tuple[Nearby, ...]:
    """Open cases of a public kind in the same district, of the same sort, whose place reads alike."""
    machine = machine_of(spot.kind)
    if not machine.public or not spot.place.strip():
        return ()
    query = (
        select(Case)
        .where(
            Case.kind == spot.kind,
            Case.sub_kind == spot.sub_kind,
            Case.district == spot.area,
            Case.closed_at.is_(None),
            Case.created_at > now - ALIKE_WITHIN,
            Case.place_sealed.is_not(None),
            # What is made up must not keep anybody from reporting what is there.
            Case.demo.is_(False),
        )
        .order_by(Case.created_at.desc())
        .limit(MOST_COMPARED)
    )
    found = []
    for case in await session.scalars(query):
        place = vault.open(case.place_sealed or "")
        likeness = fuzz.token_set_ratio(_bare(spot.place), _bare(place)) / FULL
        if likeness >= ALIKE_FROM:
            state = machine.state_labels[case.state]
            found.append(
                Nearby(reference=case.reference, place=place, state=state, likeness=likeness)
            )
    return tuple(sorted(found, key=lambda n: -n.likeness)[:MOST_ALIKE])


def _bare(place: str) -> str:
    # Characters as words: Chinese has no blanks for a token to end at.
    return " ".join(char for char in place if char.isalnum())


def _row(case: Case, title: str, clocks: Sequence[CaseClock], now: datetime) -> Row:
    running = [clock for clock in clocks if clock.stopped_at is None]
    clock = shown_clock(running)
    return Row(
        reference=case.reference,
        title=title,
        state=machine_of(case.kind).state_labels[case.state],
        agency=case.agency,
        supervision=case.supervision,
        rating=case.rating,
        due=clock.due if clock else None,
        overdue=any(c.binds == Binds.AUTHORITY and is_overdue(c, now) for c in running),
        received_at=case.created_at,
    )
