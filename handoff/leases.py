"""How long a chat stays with whoever took it, without a sign of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import MessageRecord
from core.messages import Direction
from handoff.models import Handoff
from handoff.states import HandoffState

# An open page renews it; a browser in the background does so once a minute at least.
LEASE = timedelta(minutes=3)
# Whoever answers at the terminal has no page that could.
AT_TERMINAL = timedelta(minutes=30)
# A page that was left open is no sign of somebody: they have to answer, too.
PATIENCE = timedelta(minutes=10)
# Renewing is a write; a page asks far more often than is needed.
GRAIN = timedelta(minutes=1)


def is_due(lease_until: datetime | None, *, now: datetime) -> bool:
    """Whether it is time to renew a lease."""
    return lease_until is not None and lease_until < now + LEASE - GRAIN


async def renew(session: AsyncSession, number: int, *, agent: str, now: datetime) -> bool:
    """Keep a chat for another ``LEASE``, unless the citizen waited too long for a word.

    False if it is not theirs or not to be kept.
    """
    owned = (
        Handoff.number == number,
        Handoff.state == HandoffState.ASSIGNED,
        Handoff.agent == agent,
    )
    handoff = await session.scalar(select(Handoff).where(*owned))
    if handoff is None or handoff.assigned_at is None:
        return False
    since = await unanswered_since(session, handoff.conversation_id, handoff.assigned_at)
    if since is not None and now - since >= PATIENCE:
        return False
    kept = await session.scalar(
        update(Handoff)
        .where(*owned, Handoff.version == handoff.version)
        .values(lease_until=now + LEASE)
        .returning(Handoff.id)
        .execution_options(synchronize_session=False)
    )
    return kept is not None


async def unanswered_since(
    session: AsyncSession, conversation_id: str, assigned_at: datetime
) -> datetime | None:
    """Since when the citizen waits for a word of whoever took the chat; None if they need not.

    From its taking on, until staff say something; then from the first message after that.
    """
    here = MessageRecord.conversation_id == conversation_id
    by_staff = (
        MessageRecord.direction == Direction.OUTGOING,
        MessageRecord.author.like("staff:%"),
    )
    last = await session.scalar(
        select(func.max(MessageRecord.seq)).where(
            here, *by_staff, MessageRecord.created_at >= assigned_at
        )
    )
    if last is None:
        return assigned_at
    incoming = MessageRecord.direction == Direction.INCOMING
    return await session.scalar(
        select(MessageRecord.created_at)
        .where(here, incoming, MessageRecord.seq > last)
        .order_by(MessageRecord.seq)
        .limit(1)
    )
