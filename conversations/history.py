"""What was said, read back: for the citizen's page, for staff, and for the relay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.inbox import decode_body
from conversations.models import Conversation, MessageRecord
from core.messages import (
    CHINESE,
    Attachment,
    Citation,
    Direction,
    Entity,
    Parse,
    QuickReply,
    Reply,
    Step,
)
from db.encryption import Vault

PAGE = 50
LAST = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message as it was said; ``reply`` holds what came with an outgoing one.

    ``attachments`` came with an incoming one.
    """

    seq: int
    id: str
    external_id: str
    direction: Direction
    author: str
    text: str
    reply: Reply | None
    at: datetime
    attachments: tuple[Attachment, ...] = ()


# Statements are built once: building one costs more than running it.
_VISIBLE = select(MessageRecord).where(
    MessageRecord.conversation_id == bindparam("conversation"),
    MessageRecord.direction != Direction.NOTE,
)
_AFTER = (
    _VISIBLE.where(MessageRecord.seq > bindparam("seq")).order_by(MessageRecord.seq).limit(PAGE)
)
_BEFORE = (
    _VISIBLE.where(MessageRecord.seq < bindparam("seq"))
    .order_by(MessageRecord.seq.desc())
    .limit(PAGE)
)


async def after(session: AsyncSession, vault: Vault, conversation_id: str, seq: int) -> list[Said]:
    """The messages after number ``seq``, oldest first, at most ``PAGE``; notes left out."""
    rows = await session.scalars(_AFTER, {"conversation": conversation_id, "seq": seq})
    return [_said(vault, record) for record in rows]


async def before(
    session: AsyncSession, vault: Vault, conversation_id: str, seq: int | None
) -> list[Said]:
    """The last ``PAGE`` messages before number ``seq`` (or of all), oldest first."""
    last = LAST if seq is None else seq
    rows = await session.scalars(_BEFORE, {"conversation": conversation_id, "seq": last})
    return [_said(vault, record) for record in rows][::-1]


async def latest(
    session: AsyncSession,
    vault: Vault,
    conversation_ids: Sequence[str],
    *,
    most: int,
    only: Direction | None = None,
) -> dict[str, list[Said]]:
    """The last ``most`` messages of each of these conversations, oldest first, in one query.

    With ``only`` those of one direction among them; notes are left out.
    """
    wanted = MessageRecord.direction != Direction.NOTE
    if only is not None:
        wanted = MessageRecord.direction == only
    query = (
        select(MessageRecord)
        .join(Conversation, Conversation.id == MessageRecord.conversation_id)
        .where(
            Conversation.id.in_(conversation_ids),
            MessageRecord.seq > Conversation.last_seq - most,
            wanted,
        )
        .order_by(MessageRecord.seq)
    )
    found: dict[str, list[Said]] = {one: [] for one in conversation_ids}
    for record in await session.scalars(query):
        found[record.conversation_id].append(_said(vault, record))
    return found


async def latest_of(
    session: AsyncSession, vault: Vault, conversation_id: str, author: str, *, most: int
) -> list[Said]:
    """The last messages of one author, the latest first."""
    query = (
        select(MessageRecord)
        .where(MessageRecord.conversation_id == conversation_id, MessageRecord.author == author)
        .order_by(MessageRecord.seq.desc())
        .limit(most)
    )
    return [_said(vault, record) for record in await session.scalars(query)]


async def replies_to(session: AsyncSession, vault: Vault, message_id: str) -> list[Said]:
    """The answers a message got."""
    query = (
        select(MessageRecord)
        .where(MessageRecord.reply_to == message_id)
        .order_by(MessageRecord.seq)
    )
    return [_said(vault, record) for record in await session.scalars(query)]


async def parse_of(session: AsyncSession, vault: Vault, message_id: str) -> Parse | None:
    """How a message was read, once it is answered."""
    sealed = await session.scalar(
        select(MessageRecord.parse_sealed).where(MessageRecord.id == message_id)
    )
    if sealed is None:
        return None
    body: dict[str, Any] = json.loads(vault.open(sealed))  # Any: JSON
    entities = tuple(Entity(**e) for e in body.pop("entities"))
    ranking, dangers = (_pairs(body.pop(name, ())) for name in ("ranking", "dangers"))
    suspected = body.pop("suspected", None)
    return Parse(
        **body,
        entities=entities,
        ranking=ranking,
        dangers=dangers,
        suspected=tuple(suspected) if suspected else None,
    )


def _pairs(told: Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return tuple((name, score) for name, score in told)


def read_reply(vault: Vault, sealed: str) -> Reply:
    """The reply that was sealed with an outgoing message."""
    body: dict[str, Any] = json.loads(vault.open(sealed))  # Any: JSON
    return Reply(
        text=body["text"],
        quick_replies=tuple(QuickReply(**q) for q in body["quick_replies"]),
        citations=tuple(Citation(**c) for c in body["citations"]),
        attachments=tuple(Attachment(**a) for a in body["attachments"]),
        timeline=tuple(Step(**s) for s in body["timeline"]),
        source=body["source"],
        safety=body["safety"],
        language=body.get("language", CHINESE),
    )


def _said(vault: Vault, record: MessageRecord) -> Said:
    outgoing = record.direction == Direction.OUTGOING and record.body_sealed is not None
    incoming = record.direction == Direction.INCOMING
    return Said(
        seq=record.seq,
        id=record.id,
        external_id=record.external_id,
        direction=Direction(record.direction),
        author=record.author,
        text=vault.open(record.text_sealed),
        reply=read_reply(vault, record.body_sealed or "") if outgoing else None,
        at=record.created_at,
        attachments=decode_body(vault, record.body_sealed)[1] if incoming else (),
    )
