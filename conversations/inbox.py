"""Receiving: a message is deduplicated and stored before anyone thinks about it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import and_, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import Contact, ContactIdentity, Conversation, MessageRecord
from core.messages import CHINESE, Attachment, Direction, Identity, Message
from db.base import new_id, table_of
from db.encryption import Vault
from db.engine import Database

T = TypeVar("T")

# One attempt loses to a node that met the same new person, a second to one that stored the very
# same message; the third must find it.
ATTEMPTS = 3

# Statements are built once: building one costs more than running it.
_IDENTITIES, _THREADS, _MESSAGES = map(table_of, (ContactIdentity, Conversation, MessageRecord))
_THREAD = (
    select(_IDENTITIES.c.contact_id, _THREADS.c.id)
    .join(_THREADS, _THREADS.c.contact_id == _IDENTITIES.c.contact_id)
    .where(
        _IDENTITIES.c.channel == bindparam("on_channel"),
        _IDENTITIES.c.user_digest == bindparam("digest"),
        _THREADS.c.channel == bindparam("on_channel"),
    )
)
# With it a message that was stored before, if it was.
_THREAD_AND_REPEATED = _THREAD.add_columns(
    _MESSAGES.c.id.label("message_id"), _MESSAGES.c.seq
).outerjoin(
    _MESSAGES,
    and_(
        _MESSAGES.c.conversation_id == _THREADS.c.id,
        _MESSAGES.c.channel == bindparam("on_channel"),
        _MESSAGES.c.external_id == bindparam("external"),
    ),
)
_NEXT_NUMBER = (
    update(_THREADS)
    .where(_THREADS.c.id == bindparam("conversation"))
    .values(last_seq=_THREADS.c.last_seq + 1)
    .returning(_THREADS.c.last_seq)
)
_ADD = insert(_MESSAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """Where a message was stored; ``fresh`` is false for one that was there already."""

    conversation_id: str
    message_id: str
    seq: int
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """The ids of a person and of their conversation on one channel."""

    contact_id: str
    conversation_id: str


async def receive(db: Database, message: Message, *, now: datetime) -> Received:
    """Store an incoming message once, however often its channel delivers it.

    A first message makes the contact and the conversation too.
    """
    return await _insisting(lambda: _store(db, message, now))


async def open_thread(db: Database, who: Identity, *, now: datetime) -> Thread:
    """The conversation of a person on a channel, made where they have not written yet."""

    async def find_or_make() -> Thread:
        async with db.write() as session:
            thread = await find_thread(session, db.vault, who)
            return thread or await _open_thread(session, db.vault, who, now=now)

    return await _insisting(find_or_make)


async def find_thread(session: AsyncSession, vault: Vault, who: Identity) -> Thread | None:
    """The conversation of a person on a channel, if they ever wrote."""
    digest = vault.digest(who.channel, who.user_id)
    row = (await session.execute(_THREAD, {"on_channel": who.channel, "digest": digest})).first()
    return Thread(contact_id=row[0], conversation_id=row[1]) if row else None


async def unhandled(session: AsyncSession, *, before: datetime | None = None) -> list[str]:
    """Conversations with an incoming message nobody answered (stored before that moment)."""
    query = (
        select(MessageRecord.conversation_id)
        .where(MessageRecord.direction == Direction.INCOMING, MessageRecord.handled_at.is_(None))
        .distinct()
    )
    if before is not None:
        query = query.where(MessageRecord.created_at < before)
    return list(await session.scalars(query))


def decode_body(vault: Vault, sealed: str | None) -> tuple[str | None, tuple[Attachment, ...]]:
    """The payload and attachments of a stored incoming message."""
    if sealed is None:
        return None, ()
    body = json.loads(vault.open(sealed))
    return body["payload"], tuple(Attachment(**a) for a in body["attachments"])


async def _insisting(work: Callable[[], Awaitable[T]]) -> T:
    for _ in range(ATTEMPTS - 1):
        try:
            return await work()
        except IntegrityError:
            continue
    return await work()


async def _store(db: Database, message: Message, now: datetime) -> Received:
    async with db.write() as session:
        who = message.sender
        key = {
            "on_channel": message.channel,
            "digest": db.vault.digest(who.channel, who.user_id),
            "external": message.external_id,
        }
        row = (await session.execute(_THREAD_AND_REPEATED, key)).first()
        if row is None:
            thread = await _open_thread(session, db.vault, who, now=now, locale=message.locale)
        elif row.message_id is None:
            thread = Thread(contact_id=row.contact_id, conversation_id=row.id)
        else:
            return Received(
                conversation_id=row.id, message_id=row.message_id, seq=row.seq, fresh=False
            )
        return await _append(session, db.vault, message, thread, now)


async def _open_thread(
    session: AsyncSession, vault: Vault, who: Identity, *, now: datetime, locale: str = CHINESE
) -> Thread:
    contact = Contact(id=new_id(), locale=locale, created_at=now)
    session.add(contact)
    await session.flush()
    session.add(
        ContactIdentity(
            contact_id=contact.id,
            channel=who.channel,
            user_digest=vault.digest(who.channel, who.user_id),
            user_sealed=vault.seal(who.user_id),
        )
    )
    conversation = Conversation(
        id=new_id(),
        contact_id=contact.id,
        channel=who.channel,
        last_activity_at=now,
        created_at=now,
    )
    session.add(conversation)
    await session.flush()
    return Thread(contact_id=contact.id, conversation_id=conversation.id)


async def _append(
    session: AsyncSession, vault: Vault, message: Message, thread: Thread, now: datetime
) -> Received:
    seq = await session.scalar(_NEXT_NUMBER, {"conversation": thread.conversation_id})
    message_id = new_id()
    record = {
        "id": message_id,
        "conversation_id": thread.conversation_id,
        "channel": message.channel,
        "external_id": message.external_id,
        "seq": seq,
        "direction": Direction.INCOMING,
        "author": "citizen",
        "text_sealed": vault.seal(message.text),
        "body_sealed": _encode_body(vault, message),
        "sent_at": message.sent_at,
        "created_at": now,
    }
    await session.execute(_ADD, record)
    return Received(
        conversation_id=thread.conversation_id, message_id=message_id, seq=seq or 0, fresh=True
    )


def _encode_body(vault: Vault, message: Message) -> str | None:
    if message.payload is None and not message.attachments:
        return None
    attachments = [asdict(a) for a in message.attachments]
    return vault.seal(json.dumps({"payload": message.payload, "attachments": attachments}))
