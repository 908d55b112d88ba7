"""Who wants to be warned of what: by conversation, area and type of fraud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from alerts.models import AlertRecipient, AlertSubscription
from core.alerts import Subscription

EVERY = ""


async def subscribe(
    session: AsyncSession, conversation_id: str, wanted: Subscription, *, now: datetime
) -> None:
    """Add a subscription; every type of an area takes the place of single ones, and they of it."""
    here = (
        AlertSubscription.conversation_id == conversation_id,
        AlertSubscription.area == wanted.area,
    )
    kept = AlertSubscription.fraud_type
    others = kept != EVERY if wanted.fraud_type == EVERY else kept == EVERY
    await session.execute(delete(AlertSubscription).where(*here, others))
    known = await session.scalar(select(kept).where(*here, kept == wanted.fraud_type))
    if known is None:
        session.add(
            AlertSubscription(
                conversation_id=conversation_id,
                area=wanted.area,
                fraud_type=wanted.fraud_type,
                created_at=now,
            )
        )
        await session.flush()


async def unsubscribe(session: AsyncSession, conversation_id: str) -> None:
    """Leave everything at once."""
    mine = AlertSubscription.conversation_id == conversation_id
    await session.execute(delete(AlertSubscription).where(mine))


async def forget(session: AsyncSession, conversation_id: str) -> None:
    """Leave everything, and every list of those whom something went to."""
    await unsubscribe(session, conversation_id)
    mine = AlertRecipient.conversation_id == conversation_id
    await session.execute(delete(AlertRecipient).where(mine))


async def of(session: AsyncSession, conversation_id: str) -> Sequence[Subscription]:
    """What a conversation wants to be warned of."""
    query = (
        select(AlertSubscription.area, AlertSubscription.fraud_type)
        .where(AlertSubscription.conversation_id == conversation_id)
        .order_by(AlertSubscription.area, AlertSubscription.fraud_type)
    )
    rows = (await session.execute(query)).all()
    return [Subscription(area=area, fraud_type=kind) for area, kind in rows]
