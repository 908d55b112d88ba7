"""Calls that wait to be made: written with what they are for, made by ``handoff.paging.pager``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from db.base import new_id
from handoff.models import Handoff, HandoffPage
from handoff.states import HandoffState

# Unless somebody takes the chat meanwhile, whoever comes next on the rota is called.
ESCALATES_AFTER = timedelta(minutes=2)
# Where nobody could be reached at all there is nothing to wait for.
TRIED_AGAIN_AFTER = timedelta(seconds=20)
# The last step repeats; for an hour, then whoever leads looks at the queue anyway.
MOST_STEPS = 30
BATCH = 20
# Longer than all ways out may take together.
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One to be made now, for the handoff of that number; ``wanted`` if it still waits."""

    id: str
    handoff_id: str
    step: int
    number: int
    reason: str
    requested_at: datetime
    wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Who was reached at which step, and when."""

    names: str
    at: datetime


async def call_out(session: AsyncSession, handoff_id: str, *, at: datetime) -> None:
    """Have the rota called from its first step on, its conversation being held.

    Whatever waits to be called already is made no later than it would be.
    """
    waiting = (HandoffPage.handoff_id == handoff_id, HandoffPage.ended_at.is_(None))
    page = await session.scalar(select(HandoffPage).where(*waiting))
    if page is None:
        session.add(HandoffPage(id=new_id(), handoff_id=handoff_id, step=0, due_at=at))
        await session.flush()
    elif at < page.due_at:
        await session.execute(
            update(HandoffPage).where(HandoffPage.id == page.id).values(due_at=at)
        )


async def any_due(session: AsyncSession, *, now: datetime) -> bool:
    """Whether a call is due: mostly none is, and looking holds up no writer."""
    return bool(await session.scalar(select(exists().where(*_due(now)))))


async def claim_due(session: AsyncSession, *, now: datetime) -> list[Call]:
    """Calls that are due, for this process alone as long as their lease runs."""
    due = _due(now)
    chosen = (
        select(HandoffPage.id)
        .where(*due)
        .order_by(HandoffPage.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    ids = list(await session.scalars(chosen))
    # Looked at again: on SQLite nothing was locked by looking.
    taken = (
        update(HandoffPage)
        .where(HandoffPage.id.in_(ids), *due)
        .values(lease_until=now + LEASE)
        .returning(HandoffPage.id)
        .execution_options(synchronize_session=False)
    )
    mine = list(await session.scalars(taken)) if ids else []
    rows = await session.execute(
        select(HandoffPage, Handoff)
        .join(Handoff, Handoff.id == HandoffPage.handoff_id)
        .where(HandoffPage.id.in_(mine))
        .order_by(HandoffPage.due_at)
    )
    return [_call(page, handoff) for page, handoff in rows]


async def end(
    session: AsyncSession,
    call: Call,
    reached: Sequence[str],
    *,
    now: datetime,
    again: bool,
) -> None:
    """Note who was reached; ``again`` has the next step called unless somebody comes."""
    await session.execute(
        update(HandoffPage)
        .where(HandoffPage.id == call.id)
        .values(ended_at=now, lease_until=None, called=" ".join(reached)[:400])
    )
    if again and call.step + 1 < MOST_STEPS:
        wait = ESCALATES_AFTER if reached else TRIED_AGAIN_AFTER
        step = HandoffPage(
            id=new_id(), handoff_id=call.handoff_id, step=call.step + 1, due_at=now + wait
        )
        session.add(step)
        await session.flush()


async def called_for(session: AsyncSession, number: int) -> list[Called]:
    """Who was called for the handoff of that number, the first first."""
    rows = await session.scalars(
        select(HandoffPage)
        .join(Handoff, Handoff.id == HandoffPage.handoff_id)
        .where(Handoff.number == number, HandoffPage.called != "")
        .order_by(HandoffPage.ended_at)
    )
    return [Called(names=row.called, at=row.ended_at) for row in rows if row.ended_at]


def _due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    free = or_(HandoffPage.lease_until.is_(None), HandoffPage.lease_until <= now)
    return HandoffPage.ended_at.is_(None), HandoffPage.due_at <= now, free


def _call(page: HandoffPage, handoff: Handoff) -> Call:
    return Call(
        id=page.id,
        handoff_id=handoff.id,
        step=page.step,
        number=handoff.number,
        reason=handoff.reason,
        requested_at=handoff.requested_at,
        wanted=handoff.state == HandoffState.QUEUED,
    )
