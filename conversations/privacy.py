"""Erasing: what a citizen said goes, and with it the link between them and the thread."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import (
    Contact,
    ContactIdentity,
    Conversation,
    DeliveryRecord,
    MessageRecord,
    PassiveWindow,
)
from core.messages import Direction


async def erase_words(session: AsyncSession, conversation_id: str) -> None:
    """Delete everything said in a conversation, and what the dialogue remembers of it.

    A message that came in meanwhile and is not answered yet was not meant: it stays.
    """
    pending = and_(
        MessageRecord.direction == Direction.INCOMING, MessageRecord.handled_at.is_(None)
    )
    await _erase(session, conversation_id, but=pending)


async def erase_person(session: AsyncSession, conversation_id: str, *, now: datetime) -> None:
    """Delete what was said and its owner's identity on that channel.

    The empty conversation row stays, so that counts and cases keep their anchor; a person who
    writes again is a new one.
    """
    row = (
        await session.execute(
            update(Conversation)
            .where(Conversation.id == conversation_id)
            .values(version=Conversation.version + 1)
            .returning(Conversation.contact_id, Conversation.channel)
        )
    ).first()
    if row is None:
        return
    contact_id, channel = row
    await _erase(session, conversation_id)
    await session.execute(
        delete(ContactIdentity).where(
            ContactIdentity.contact_id == contact_id, ContactIdentity.channel == channel
        )
    )
    await session.execute(update(Contact).where(Contact.id == contact_id).values(erased_at=now))


async def _erase(
    session: AsyncSession, conversation_id: str, *, but: ColumnElement[bool] | None = None
) -> None:
    await session.execute(
        delete(DeliveryRecord).where(DeliveryRecord.conversation_id == conversation_id)
    )
    messages = delete(MessageRecord).where(MessageRecord.conversation_id == conversation_id)
    await session.execute(messages if but is None else messages.where(~but))
    await session.execute(
        update(PassiveWindow)
        .where(PassiveWindow.conversation_id == conversation_id)
        .values(answer_sealed=None)
    )
    await session.execute(
        update(Conversation).where(Conversation.id == conversation_id).values(session_sealed=None)
    )
