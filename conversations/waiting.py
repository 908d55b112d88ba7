"""What waits to be sent: let go when its citizen is there again, given up, taken back, counted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import DeliveryRecord, MessageRecord
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


async def unsent_of(session: AsyncSession, author: str) -> dict[str, int]:
    """How much that somebody said has not been sent yet, by channel."""
    query = (
        select(DeliveryRecord.channel, func.count())
        .join(MessageRecord, MessageRecord.id == DeliveryRecord.message_id)
        .where(DeliveryRecord.status.in_(UNSENT), MessageRecord.author == author)
        .group_by(DeliveryRecord.channel)
    )
    return dict((await session.execute(query)).all())


async def take_back(
    session: AsyncSession, message_ids: Select[str | None], *, error_code: str
) -> None:
    """Let messages that nobody has tried to send never be sent."""
    await session.execute(
        update(DeliveryRecord)
        .where(
            DeliveryRecord.message_id.in_(message_ids),
            DeliveryRecord.status == DeliveryStatus.QUEUED,
            DeliveryRecord.attempts == 0,
        )
        .values(status=DeliveryStatus.FAILED, error_code=error_code)
        .execution_options(synchronize_session=False)
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
