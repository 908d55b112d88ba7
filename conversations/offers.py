"""The buttons a citizen sees: those of everything said since their last word."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.history import LAST, read_reply
from conversations.models import MessageRecord
from core.messages import Direction, QuickReply
from db.encryption import Vault


async def offered(
    session: AsyncSession, vault: Vault, conversation_id: str, *, before: int = LAST
) -> tuple[QuickReply, ...]:
    """The buttons of the messages between the citizen's last word and number ``before``, in order.

    Counted by numbers alone, so that what is shown as the third is the third when it is chosen.
    """
    mine = MessageRecord.conversation_id == conversation_id
    earlier = MessageRecord.seq < before
    last_word = (
        select(func.coalesce(func.max(MessageRecord.seq), 0))
        .where(mine, earlier, MessageRecord.direction == Direction.INCOMING)
        .scalar_subquery()
    )
    bodies = await session.scalars(
        select(MessageRecord.body_sealed)
        .where(
            mine,
            earlier,
            MessageRecord.seq > last_word,
            MessageRecord.direction == Direction.OUTGOING,
            MessageRecord.body_sealed.is_not(None),
        )
        .order_by(MessageRecord.seq)
    )
    return tuple(q for body in bodies for q in read_reply(vault, body or "").quick_replies)
