"""Tells citizens in time that a period of their own is running out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import is_overdue, running_clocks
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.machine import Actor
from cases.models import Case, CaseClock
from cases.orders import Order
from cases.records import events
from cases.service import apply
from cases.wording import wording
from core.clock import SUZHOU, Clock
from db.encryption import Vault
from db.engine import Database
from timekeeping.periods import Unit, count_between, day_of

REMIND = "remind"
# Nobody is woken by a reminder.
AWAKE = range(8, 21)


async def remind(db: Database, clock: Clock) -> int:
    """Remind of every period whose day for it has come; gives how many were told.

    Each day of a rule's ``reminds`` is told once. What was missed while nothing ran is told once
    too, and not for each day that passed.
    """
    now = clock()
    if now.astimezone(SUZHOU).hour not in AWAKE:
        return 0
    async with db.read() as session:
        waiting = await _waiting(session)
    told = 0
    for case_id in waiting:
        async with db.write() as session:
            told += await _remind(session, db.vault, case_id, now)
    return told


async def _waiting(session: AsyncSession) -> Sequence[str]:
    """The cases with a period that reminds and still runs."""
    names = {r.name for m in machines() for r in m.clocks.values() if r.reminds}
    query = (
        select(CaseClock.case_id)
        .where(CaseClock.stopped_at.is_(None), CaseClock.name.in_(names))
        .distinct()
        .order_by(CaseClock.case_id)
    )
    return (await session.scalars(query)).all()


async def _remind(session: AsyncSession, vault: Vault, case_id: str, now: datetime) -> int:
    case = await session.get_one(Case, case_id)
    machine, told = machine_of(case.kind), 0
    for clock in await running_clocks(session, case):
        reached = _reached(machine.clocks[clock.name].reminds, clock, now)
        able = (case.state, REMIND) in machine.moves
        if reached is None or not able or await _was_told(session, case, reached):
            continue
        left = count_between(day_of(now), clock.due, Unit(clock.unit))
        what = machine.clocks[clock.name].what
        text = wording().reminder.format(what=what, left=left, unit=wording().units[clock.unit])
        at = max(now, case.updated_at)
        order = Order(command=REMIND, actor=Actor.SYSTEM, at=at, text=text)
        await apply(session, vault, case, order)
        told += 1
    return told


def _reached(reminds: Sequence[int], clock: CaseClock, now: datetime) -> date | None:
    """The last day on which the period was to be told of, None before the first and after its end."""
    passed = count_between(clock.started_on, day_of(now), Unit(clock.unit))
    reached = max((day for day in reminds if day <= passed), default=None)
    if reached is None or is_overdue(clock, now):
        return None
    return day_of(now) - timedelta(days=passed - reached)


async def _was_told(session: AsyncSession, case: Case, since: date) -> bool:
    return any(
        event.command == REMIND and day_of(event.at) >= since
        for event in await events(session, case)
    )
