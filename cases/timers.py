"""Steps that time takes: reminders, supervision of what is overdue, the end of what nobody asked for.

Each runs in a transaction of its own, so that one case at fault holds up no other; a period is
looked at again only on the day that is written beside it, so nothing is told twice.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import all_clocks, next_look
from cases.errors import CaseChanged
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor, ClockRule, Machine
from cases.models import Case, CaseClock
from cases.orders import Order
from cases.service import apply
from cases.wording import wording
from core.clock import AWAKE, SUZHOU, Clock
from db.encryption import Vault
from db.engine import Database
from timekeeping.periods import day_of, is_over

PAGE = 200

log = structlog.get_logger(__name__)


class CaseTimers:
    """Takes the steps that are due by themselves."""

    def __init__(self, db: Database, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def run(self) -> int:
        """Look at every period whose day has come, by day; how many steps were taken."""
        now, taken = self._clock(), 0
        if now.astimezone(SUZHOU).hour not in AWAKE:
            return 0
        async for ids in self._due(now):
            for clock_id in ids:
                taken += await self._look(clock_id, now)
        return taken

    async def _due(self, now: datetime) -> AsyncIterator[Sequence[str]]:
        last = ""
        while True:
            query = (
                select(CaseClock.id)
                .where(CaseClock.look_on <= day_of(now), CaseClock.id > last)
                .order_by(CaseClock.id)
                .limit(PAGE)
            )
            async with self._db.read() as session:
                ids = (await session.scalars(query)).all()
            if not ids:
                return
            yield ids
            last = ids[-1]

    async def _look(self, clock_id: str, now: datetime) -> bool:
        try:
            async with self._db.write() as session:
                clock = await session.get_one(CaseClock, clock_id)
                case = await session.get_one(Case, clock.case_id)
                return await look(session, self._db.vault, case, clock, now)
        except CaseChanged:
            # Whoever came first wrote down when to look again, or the next round does.
            return False
        except Exception:  # the other cases must not wait for this one
            log.exception("case_timer_failed", clock=clock_id)
            return False


async def look(
    session: AsyncSession, vault: Vault, case: Case, clock: CaseClock, now: datetime
) -> bool:
    """Take the step that a period has for this day, if the case is where it can be taken."""
    machine = machine_of(case.kind)
    rule, today = machine.clocks[clock.name], day_of(now)
    # Demo data stands still: the guided tour must find it as it was written.
    if clock.look_on is None or clock.look_on > today or case.demo:
        return False
    # One that ran before there were timers is looked at once, however early that is.
    first = next_look(rule, clock.started_on, clock.due, after=clock.started_on)
    order = None if first is None or first > today else _order(rule, clock, now)
    possible = order is not None and await _is_possible(session, machine, case, order)
    if order is not None and possible:
        await apply(session, vault, case, order)
    if clock.stopped_at is None:
        clock.look_on = next_look(rule, clock.started_on, clock.due, after=today)
    return possible


def _order(rule: ClockRule, clock: CaseClock, now: datetime) -> Order | None:
    words, over = wording().timers, is_over(clock.due, now)
    command = rule.over if over else rule.warn
    if not command or (over and (day_of(now) - clock.due).days <= rule.grace):
        return None
    left, due = (clock.due - day_of(now)).days, wording().day(clock.due, beside=day_of(now))
    template = words.over if over else words.warned
    return Order(
        command=command,
        actor=Actor.SYSTEM,
        at=now,
        text=template.format(what=rule.what, due=due, left=left),
        reason=rule.over_reason if over else "",
    )


async def _is_possible(session: AsyncSession, machine: Machine, case: Case, order: Order) -> bool:
    """Whether the case stands where the step is taken, and what it starts does not run yet."""
    move = machine.moves.get((case.state, order.command))
    if move is None or Actor.SYSTEM not in move.by:
        return False
    if move.only_for and case.sub_kind not in move.only_for:
        return False
    running = {c.name for c in await all_clocks(session, case) if c.stopped_at is None}
    return not running.intersection(move.starts)
