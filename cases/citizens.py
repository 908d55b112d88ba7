"""What a citizen may do with a case of theirs: by having filed it here, or by its receipt."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import all_clocks
from cases.codes import code_digest
from cases.demands import check_time
from cases.errors import CaseNotFound
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor, Binds, Machine, Move
from cases.models import Case, CaseClock, CaseEvent
from cases.orders import Order
from cases.records import find
from cases.service import apply
from core.errors import AppError
from db.encryption import Vault
from timekeeping.periods import day_of, is_over

MOST_LISTED = 20
REVIEWS = ("request_review", "request_recheck", "contest")
REVIEW = "review"


async def mine(session: AsyncSession, contact_id: str) -> Sequence[Case]:
    """The cases a contact has filed here, the newest first."""
    query = (
        select(Case)
        .where(Case.contact_id == contact_id)
        .order_by(Case.closed_at.is_not(None), Case.created_at.desc())
        .limit(MOST_LISTED)
    )
    return (await session.scalars(query)).all()


async def reach(
    session: AsyncSession, vault: Vault, reference: str, *, contact_id: str, code: str | None
) -> Case:
    """The case, if it is the contact's own or the code is its code; raises ``CaseNotFound``."""
    case = await find(session, reference)
    own = case.contact_id is not None and case.contact_id == contact_id
    if own or (code and _opens(vault, case, code)):
        return case
    raise CaseNotFound


async def take(session: AsyncSession, vault: Vault, case: Case, order: Order) -> CaseEvent:
    """A citizen's step; “review” becomes whichever review can be asked for now."""
    command = order.command
    if command == REVIEW:
        now = steps_open(case, await all_clocks(session, case), order.at)
        command = next((c for c in REVIEWS if c in now), REVIEWS[0])
    return await apply(session, vault, case, replace(order, command=command))


async def due_of(session: AsyncSession, case: Case, event: CaseEvent) -> date | None:
    """The last day of a period that the step began, the earliest of several."""
    started = [
        c.due
        for c in await all_clocks(session, case)
        if c.stopped_at is None
        and (c.start_event, c.started_on) == (event.command, day_of(event.at))
    ]
    return min(started, default=None)


def steps_open(case: Case, clocks: Sequence[CaseClock], now: datetime) -> tuple[str, ...]:
    """The commands a citizen may give at ``now``, in the order of the kind's table."""
    machine = machine_of(case.kind)
    possible = machine.possible(case.state, sub_kind=case.sub_kind, actor=Actor.CITIZEN)
    return tuple(c for c in possible if _in_time(machine, case, c, clocks, now))


def _in_time(
    machine: Machine, case: Case, command: str, clocks: Sequence[CaseClock], now: datetime
) -> bool:
    move = machine.moves[case.state, command]
    if move.revives:
        return _can_revive(case, clocks, now)
    order = Order(command=command, actor=Actor.CITIZEN, at=now)
    running = [c for c in clocks if c.stopped_at is None]
    return _passes(machine, move, case, order, running)


def _passes(
    machine: Machine, move: Move, case: Case, order: Order, running: Sequence[CaseClock]
) -> bool:
    try:
        check_time(machine, move, case, order, running)
    except AppError:
        return False
    return True


def _can_revive(case: Case, clocks: Sequence[CaseClock], now: datetime) -> bool:
    return any(
        c.binds == Binds.CITIZEN and c.stopped_at == case.closed_at and not is_over(c.due, now)
        for c in clocks
        if case.closed_at is not None
    )


def _opens(vault: Vault, case: Case, code: str) -> bool:
    return hmac.compare_digest(case.code_digest, code_digest(vault, case.reference, code))
