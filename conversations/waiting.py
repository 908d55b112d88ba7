"""What waits in a conversation: let go when its citizen is there again, given up when they left."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import DeliveryRecord
from conversations.outbox import UNSENT, DeliveryStatus


async def release(session: AsyncSession, conversation_id: str, *, now: datetime) -> None:
    """Let what waits in a conversation go at once: its citizen can be reached again."""
    await session.execute(
        update(DeliveryRecord)
        .where(*_is_queued(conversation_id), DeliveryRecord.next_attempt_at > now)
        .values(next_attempt_at=now)
    )


async def give_up(session: AsyncSession, conversation_id: str, *, error_code: str) -> None:
    """Let nothing that waits in a conversation be sent any more."""
    await session.execute(
        update(DeliveryRecord)
        .where(*_is_queued(conversation_id))
        .values(status=DeliveryStatus.FAILED, error_code=error_code)
    )


async def follows(session: AsyncSession, conversation_id: str, *, seq: int) -> bool:
    """Whether another delivery waits in the conversation behind number ``seq``."""
    behind = select(DeliveryRecord.id).where(
        DeliveryRecord.conversation_id == conversation_id,
        DeliveryRecord.seq > seq,
        DeliveryRecord.status.in_(UNSENT),
    )
    return await session.scalar(behind.limit(1)) is not None


def _is_queued(conversation_id: str) -> tuple[ColumnElement[bool], ...]:
    return (
        DeliveryRecord.conversation_id == conversation_id,
        DeliveryRecord.status == DeliveryStatus.QUEUED,
    )
