"""The two halves of a turn's memory: the snapshot it starts from, the commit it ends with."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic_core import to_json
from sqlalchemy import Integer, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.inbox import decode_body
from conversations.models import Conversation, MessageRecord
from conversations.outgoing import Grip, Saying, first_of, rows, store
from core.errors import Outrun
from core.messages import Direction, Identity, Message, Parse, Reply
from core.turns import ConversationStatus, Session
from db.base import table_of
from db.encryption import Vault

# Statements are built once: building one costs more than running it.
_THREADS, _MESSAGES = table_of(Conversation), table_of(MessageRecord)
_UNANSWERED = (
    select(
        _THREADS.c.contact_id,
        _THREADS.c.session_sealed,
        _THREADS.c.status,
        _THREADS.c.version,
        _THREADS.c.last_activity_at,
        _MESSAGES.c.id,
        _MESSAGES.c.channel,
        _MESSAGES.c.external_id,
        _MESSAGES.c.text_sealed,
        _MESSAGES.c.body_sealed,
        _MESSAGES.c.sent_at,
    )
    .join(_THREADS, _THREADS.c.id == _MESSAGES.c.conversation_id)
    .where(
        _MESSAGES.c.conversation_id == bindparam("conversation"),
        _MESSAGES.c.direction == Direction.INCOMING,
        _MESSAGES.c.handled_at.is_(None),
    )
    .order_by(_MESSAGES.c.seq)
    .limit(2)
)
_GRIP = (
    update(_THREADS)
    .where(
        _THREADS.c.id == bindparam("conversation"),
        _THREADS.c.version == bindparam("seen_version"),
    )
    .values(
        version=_THREADS.c.version + 1,
        session_sealed=bindparam("new_session"),
        last_activity_at=bindparam("now"),
        last_seq=_THREADS.c.last_seq + bindparam("count", type_=Integer),
    )
    .returning(_THREADS.c.channel, _THREADS.c.epoch, _THREADS.c.last_seq)
)
_MARK_HANDLED = (
    update(_MESSAGES)
    .where(_MESSAGES.c.id == bindparam("message"), _MESSAGES.c.handled_at.is_(None))
    .values(
        handled_at=bindparam("now"),
        intent=bindparam("read_intent"),
        parser=bindparam("read_by"),
        parse_sealed=bindparam("sealed"),
    )
    .returning(_MESSAGES.c.id)
)
_NUMBER = (
    update(_THREADS)
    .where(_THREADS.c.id == bindparam("conversation"))
    .values(last_seq=_THREADS.c.last_seq + bindparam("count", type_=Integer))
    .returning(_THREADS.c.channel, _THREADS.c.epoch, _THREADS.c.last_seq)
)


class TurnOutrun(Outrun):
    """The conversation moved on while the turn was being computed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A conversation with its oldest unanswered message, as it stood at one moment.

    ``more`` says that another message waited behind that one.
    """

    conversation_id: str
    contact_id: str
    message_id: str
    message: Message
    session: Session
    status: ConversationStatus
    version: int
    last_activity_at: datetime
    more: bool = False


async def snapshot(session: AsyncSession, vault: Vault, conversation_id: str) -> Snapshot | None:
    """The next message to answer, with its conversation; None when all are answered."""
    key = {"conversation": conversation_id}
    rows = (await session.execute(_UNANSWERED, key)).all()
    if not rows:
        return None
    row = rows[0]
    payload, attachments = decode_body(vault, row.body_sealed)
    return Snapshot(
        conversation_id=conversation_id,
        contact_id=row.contact_id,
        message_id=row.id,
        message=Message(
            channel=row.channel,
            external_id=row.external_id,
            # Actions never address a person by the channel's name for them.
            sender=Identity(channel=row.channel, user_id=row.contact_id),
            text=vault.open(row.text_sealed),
            payload=payload,
            attachments=attachments,
            sent_at=row.sent_at,
        ),
        session=open_session(vault, row.session_sealed),
        status=ConversationStatus(row.status),
        version=row.version,
        last_activity_at=row.last_activity_at,
        more=len(rows) > 1,
    )


async def grip(
    session: AsyncSession, seen: Snapshot, remembered: str, *, replies: int, now: datetime
) -> Grip:
    """Take the conversation as the turn saw it, store its sealed session, number so many replies.

    Raises ``TurnOutrun`` when its version has moved or the message was answered meanwhile.
    """
    values = {
        "conversation": seen.conversation_id,
        "seen_version": seen.version,
        "new_session": remembered,
        "now": now,
        "count": replies,
    }
    row = (await session.execute(_GRIP, values)).first()
    if row is None:
        raise TurnOutrun
    return Grip(
        conversation_id=seen.conversation_id, channel=row[0], epoch=row[1], last_seq=row[2]
    )


async def mark_handled(
    session: AsyncSession, vault: Vault, message_id: str, parse: Parse, *, now: datetime
) -> None:
    """Note that the message is answered and how it was read; raises ``TurnOutrun`` if it was.

    The sentence vector is not kept: nobody asks for it later, and it tells what was said.
    """
    kept = replace(parse, vector=None)
    values = {
        "message": message_id,
        "now": now,
        "read_intent": parse.intent[:48],
        "read_by": parse.parser,
        "sealed": vault.seal(to_json(kept).decode()),
    }
    if await session.scalar(_MARK_HANDLED, values) is None:
        raise TurnOutrun


async def post(
    session: AsyncSession,
    vault: Vault,
    conversation_id: str,
    replies: Sequence[Reply],
    *,
    author: str,
    now: datetime,
    once: str | None = None,
) -> None:
    """Store outgoing messages with their deliveries, numbered and stamped with the epoch.

    What was said there under the name ``once`` is not said again; the caller holds the conversation.
    """
    if not replies or (once is not None and await _is_said(session, conversation_id, once)):
        return
    held = await _number(session, conversation_id, len(replies))
    saying = Saying(author=author, at=now, once=once)
    await store(session, rows(vault, held, replies, saying))


async def hold(session: AsyncSession, conversation_id: str) -> None:
    """Let nobody else change the conversation until this transaction ends.

    Whoever changes a conversation's other records takes it first, as a turn does, so that two
    never wait for each other.
    """
    await session.execute(
        select(Conversation.id).where(Conversation.id == conversation_id).with_for_update()
    )


async def session_of(session: AsyncSession, vault: Vault, conversation_id: str) -> Session:
    """What the dialogue remembers there."""
    sealed = await session.scalar(
        select(Conversation.session_sealed).where(Conversation.id == conversation_id)
    )
    return open_session(vault, sealed)


async def language_of(session: AsyncSession, vault: Vault, conversation_id: str) -> str:
    """The language in which the bot speaks there."""
    return (await session_of(session, vault, conversation_id)).language


async def set_status(
    session: AsyncSession,
    conversation_id: str,
    status: ConversationStatus,
    *,
    assignee: str | None = None,
) -> None:
    """Change who answers; turns computed before are decided anew.

    When a person takes over, what the bot said before and is not sent yet is out of date.
    """
    taken_over = status is ConversationStatus.ASSIGNED
    await session.execute(
        update(Conversation)
        .where(Conversation.id == conversation_id)
        .values(
            status=status,
            assignee=assignee,
            epoch=Conversation.epoch + int(taken_over),
            version=Conversation.version + 1,
        )
    )


async def _is_said(session: AsyncSession, conversation_id: str, once: str) -> bool:
    here = select(_THREADS.c.channel).where(_THREADS.c.id == conversation_id).scalar_subquery()
    named = (_MESSAGES.c.channel == here, _MESSAGES.c.external_id == first_of(once))
    return await session.scalar(select(_MESSAGES.c.id).where(*named)) is not None


async def _number(session: AsyncSession, conversation_id: str, count: int) -> Grip:
    key = {"conversation": conversation_id, "count": count}
    row = (await session.execute(_NUMBER, key)).one()
    return Grip(conversation_id=conversation_id, channel=row[0], epoch=row[1], last_seq=row[2])


def seal_session(vault: Vault, session: Session) -> str:
    """What the dialogue remembers, as it is stored."""
    return vault.seal(json.dumps(session.as_json(), ensure_ascii=False))


def open_session(vault: Vault, sealed: str | None) -> Session:
    """What the dialogue remembers, unsealed."""
    return Session() if sealed is None else Session.from_json(json.loads(vault.open(sealed)))
