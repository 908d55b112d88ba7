"""What everybody may see of cases of a public kind: nothing that their citizens told but the place.

Free text stays out, an office's as well: it was written to the citizen and may name them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import all_clocks, deadline_of, shown_clock
from cases.districts import districts
from cases.errors import CaseNotFound
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor, Machine, Supervision
from cases.models import Case, CaseAttachment, CaseEvent
from cases.records import events, find
from core.case_views import Deadline
from core.masking import mask
from db.encryption import Vault

# What is not yet looked at, or came to nothing, is nobody's business.
UNSEEN = frozenset({"submitted", "not_found", "redirected", "withdrawn", "merged"})
# Ways to ask for more than one state: all that are not over, and those on the list of 挂牌督办.
OPEN, LISTED = "open", "listed"
A_PAGE = 20
BEFORE, AFTER = "before", "after"
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which public cases are asked for; empty fields ask nothing, ``page`` counts from 1.

    ``state`` is a state of the kind's table, ``open`` or ``listed``. Demo cases come after the real
    ones, and only with ``demo``.
    """

    kind: str
    district: str = ""
    sub_kind: str = ""
    state: str = ""
    page: int = 1
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicCase:
    """A case as everybody may see it; numbers of people in the place are masked.

    ``before`` and ``after`` are ids of pictures that staff have made public.
    """

    reference: str
    sub_kind: str
    state: str
    district: str
    demo: bool
    place: str
    agency: str
    listed: bool
    deadline: Deadline | None
    received_at: datetime
    closed_at: datetime | None
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStep:
    """A step that everybody may know of: its name and who had the case."""

    at: datetime
    label: str
    agency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """One page of a list; ``total`` real cases and ``demos`` are how many there are on all ``pages``."""

    cases: tuple[PublicCase, ...]
    total: int
    demos: int = 0
    page: int
    pages: int


def states(kind: str) -> Mapping[str, str]:
    """The states in which a case of a public kind is shown, with their names."""
    labels = machine_of(kind).state_labels
    return {state: label for state, label in labels.items() if state not in UNSEEN}


async def public_cases(
    session: AsyncSession, vault: Vault, asked: Asked, now: datetime
) -> PublicPage:
    """Confirmed cases of a public kind, the newest first; nothing of a kind that is not public.

    A page beyond the last is the last.
    """
    if not machine_of(asked.kind).public:
        return PublicPage(cases=(), total=0, page=1, pages=1)
    query = _query(asked)
    total = await _count(session, query.where(Case.demo.is_(False)))
    demos = await _count(session, query.where(Case.demo)) if asked.demo else 0
    pages = max(1, -(-(total + demos) // A_PAGE))
    page = min(max(asked.page, 1), pages)
    # Without demo cases the order is that of an index.
    order = (*([Case.demo] if asked.demo else ()), Case.created_at.desc(), Case.id)
    shown = query.order_by(*order).offset((page - 1) * A_PAGE)
    cases = [
        await public_view(session, vault, case, now)
        for case in await session.scalars(shown.limit(A_PAGE))
    ]
    return PublicPage(cases=tuple(cases), total=total, demos=demos, page=page, pages=pages)


async def find_public(
    session: AsyncSession, kind: str, reference: str, *, demo: bool = False
) -> Case:
    """The case, if everybody may see it; raises ``CaseNotFound`` alike for all others.

    Demo cases only with ``demo``.
    """
    case = await find(session, reference)
    shown = case.kind == kind and machine_of(kind).public and case.state not in UNSEEN
    if not shown or (case.demo and not demo):
        raise CaseNotFound
    return case


async def public_view(
    session: AsyncSession, vault: Vault, case: Case, now: datetime
) -> PublicCase:
    """A case as everybody may see it."""
    machine = machine_of(case.kind)
    clock = shown_clock([c for c in await all_clocks(session, case) if c.stopped_at is None])
    photos = await public_pictures(session, [case])
    return PublicCase(
        reference=case.reference,
        sub_kind=machine.sub_kind_labels[case.sub_kind],
        state=machine.state_labels[case.state],
        district=districts()[case.district],
        demo=case.demo,
        place=mask(vault.open(case.place_sealed)) if case.place_sealed else "",
        agency=case.agency,
        listed=case.supervision == Supervision.LISTED,
        deadline=deadline_of(clock, machine, now) if clock else None,
        received_at=case.created_at,
        closed_at=case.closed_at,
        before=of_stage(photos, BEFORE),
        after=of_stage(photos, AFTER),
    )


async def public_steps(session: AsyncSession, case: Case) -> tuple[PublicStep, ...]:
    """What happened, as far as everybody may know: its filing, and what offices did about it."""
    machine = machine_of(case.kind)
    return tuple(
        PublicStep(at=e.at, label=machine.command_labels[e.command], agency=e.agency)
        for e in await events(session, case)
        if _is_for_all(machine, e)
    )


async def public_pictures(
    session: AsyncSession, cases: Iterable[Case]
) -> Sequence[CaseAttachment]:
    """The pictures of cases that staff have made public, in the order they came."""
    query = (
        select(CaseAttachment)
        .where(
            CaseAttachment.case_id.in_([case.id for case in cases]),
            CaseAttachment.public,
            CaseAttachment.erased_at.is_(None),
            CaseAttachment.mime.in_(PICTURES),
        )
        .order_by(CaseAttachment.id)
    )
    return (await session.scalars(query)).all()


def of_stage(pictures: Iterable[CaseAttachment], stage: str) -> tuple[str, ...]:
    """The ids of those that were taken before, or after."""
    return tuple(picture.id for picture in pictures if picture.stage == stage)


async def _count(session: AsyncSession, query: Select[Case]) -> int:
    return await session.scalar(select(func.count()).select_from(query.subquery())) or 0


def _query(asked: Asked) -> Select[Case]:
    query = select(Case).where(Case.kind == asked.kind, Case.state.not_in(UNSEEN))
    if not asked.demo:
        query = query.where(Case.demo.is_(False))
    if asked.district:
        query = query.where(Case.district == asked.district)
    if asked.sub_kind:
        query = query.where(Case.sub_kind == asked.sub_kind)
    if asked.state == OPEN:
        return query.where(Case.closed_at.is_(None))
    if asked.state == LISTED:
        return query.where(Case.supervision == Supervision.LISTED)
    return query.where(Case.state == asked.state) if asked.state else query


def _is_for_all(machine: Machine, event: CaseEvent) -> bool:
    """Steps that move the case on, watch over it or give more time; none between office and citizen."""
    if not event.public:
        return False
    if event.command == machine.opening[0]:
        return True
    move = machine.moves.get((event.from_state, event.command))
    if move is None or event.actor == Actor.CITIZEN or move.urges:
        return False
    moved = event.from_state != event.to_state
    return moved or move.supervision is not None or move.extends is not None
