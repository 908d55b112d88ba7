"""The ledger of messages a platform still lets us send unasked; what a citizen does fills it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import Conversation, DeliveryRecord, PushAllowance
from conversations.outbox import UNSENT


class Cause(StrEnum):
    """What a citizen did: write to us, or press, follow, scan."""

    MESSAGE = "message"
    EVENT = "event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """So many messages, until then; a later one of the same cause takes its place."""

    cause: Cause
    count: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What may still be sent in a conversation, the latest moment for it, and how much waits.

    ``until`` is None where the citizen has to do something first.
    """

    conversation_id: str
    left: int
    until: datetime | None
    waiting: int = 0


async def grant(session: AsyncSession, conversation_id: str, given: Grant) -> None:
    """Write down what a citizen's act allows."""
    await session.merge(
        PushAllowance(
            conversation_id=conversation_id,
            kind=given.cause,
            left=given.count,
            until=given.until,
        )
    )


async def standing(session: AsyncSession, conversation_id: str, *, now: datetime) -> Standing:
    """What may still be sent there at that moment."""
    alive = await _alive(session, conversation_id, now)
    return Standing(
        conversation_id=conversation_id,
        left=sum(one.left for one in alive),
        until=max((one.until for one in alive), default=None),
    )


async def spend(session: AsyncSession, conversation_id: str, *, now: datetime) -> None:
    """Count one message that was sent; of two allowances the one that ends first pays."""
    alive = await _alive(session, conversation_id, now)
    payer = next((one for one in alive if one.left > 0), None)
    if payer is not None:
        payer.left -= 1


async def exhaust(session: AsyncSession, conversation_id: str) -> None:
    """The platform says that nothing is left, whatever we counted."""
    await session.execute(
        update(PushAllowance)
        .where(PushAllowance.conversation_id == conversation_id)
        .values(left=0)
    )


async def withdraw(session: AsyncSession, conversation_id: str) -> None:
    """Forget what was allowed: the citizen has left."""
    await session.execute(
        delete(PushAllowance).where(PushAllowance.conversation_id == conversation_id)
    )


async def standings(session: AsyncSession, channel: str, *, now: datetime) -> Sequence[Standing]:
    """Every conversation of a channel in which something may be sent or something waits."""
    waiting = (
        select(DeliveryRecord.conversation_id, func.count(DeliveryRecord.id).label("count"))
        .where(DeliveryRecord.status.in_(UNSENT), DeliveryRecord.channel == channel)
        .group_by(DeliveryRecord.conversation_id)
        .subquery()
    )
    allowed = (
        select(
            PushAllowance.conversation_id,
            func.sum(PushAllowance.left).label("left"),
            func.max(PushAllowance.until).label("until"),
        )
        .where(PushAllowance.until > now)
        .group_by(PushAllowance.conversation_id)
        .subquery()
    )
    rows = await session.execute(
        select(Conversation.id, allowed.c.left, allowed.c.until, waiting.c.count)
        .outerjoin(allowed, allowed.c.conversation_id == Conversation.id)
        .outerjoin(waiting, waiting.c.conversation_id == Conversation.id)
        .where(
            Conversation.channel == channel,
            allowed.c.left.is_not(None) | waiting.c.count.is_not(None),
        )
        .order_by(Conversation.last_activity_at.desc())
    )
    return [
        Standing(
            conversation_id=row[0],
            left=int(row[1] or 0),
            until=row[2],
            waiting=row[3] or 0,
        )
        for row in rows
    ]


async def _alive(
    session: AsyncSession, conversation_id: str, now: datetime
) -> Sequence[PushAllowance]:
    query = (
        select(PushAllowance)
        .where(
            PushAllowance.conversation_id == conversation_id,
            PushAllowance.until > now,
        )
        .order_by(PushAllowance.until)
    )
    return list(await session.scalars(query))
