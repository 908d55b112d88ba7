"""What goes out, as it is written down: a message, sealed, and its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from pydantic_core import to_json
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.history import Said
from conversations.models import DeliveryRecord, MessageRecord
from conversations.outbox import DeliveryStatus
from core.messages import Direction, Reply
from db.base import new_id, table_of
from db.encryption import Vault

_ADD_MESSAGES = insert(table_of(MessageRecord))
_ADD_DELIVERIES = insert(table_of(DeliveryRecord))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grip:
    """A conversation held for the length of one commit: where replies are numbered from."""

    conversation_id: str
    channel: str
    epoch: int
    last_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Who says something, when, and in answer to which message.

    ``arrived`` where nothing is left to be done for it once it is committed. ``once`` names it, so
    that it cannot be said a second time.
    """

    author: str
    at: datetime
    reply_to: str | None = None
    arrived: bool = False
    once: str | None = None


Row = dict[str, Any]  # Any: what each column holds
Rows = tuple[list[Row], list[Row]]
"""Messages, and a delivery for each."""


def rows(vault: Vault, held: Grip, replies: Sequence[Reply], saying: Saying) -> Rows:
    """What is written for the replies that end a conversation as it is held."""
    messages: list[Row] = []
    deliveries: list[Row] = []
    status = DeliveryStatus.SENT if saying.arrived else DeliveryStatus.QUEUED
    for seq, reply in enumerate(replies, held.last_seq - len(replies) + 1):
        message_id = new_id()
        name = message_id if saying.once is None else _nth(saying.once, len(messages))
        messages.append(
            {
                "id": message_id,
                "conversation_id": held.conversation_id,
                "channel": held.channel,
                "external_id": name,
                "seq": seq,
                "direction": Direction.OUTGOING,
                "author": saying.author,
                "text_sealed": vault.seal(reply.text),
                "body_sealed": vault.seal(_body(reply)),
                "reply_to": saying.reply_to,
                "sent_at": saying.at,
                "created_at": saying.at,
            }
        )
        deliveries.append(
            {
                "id": new_id(),
                "message_id": message_id,
                "conversation_id": held.conversation_id,
                "channel": held.channel,
                "seq": seq,
                "epoch": held.epoch,
                "status": status,
                "safety": reply.safety,
                "next_attempt_at": saying.at,
            }
        )
    return messages, deliveries


def first_of(once: str) -> str:
    """The name of the first of the messages that are said under it."""
    return _nth(once, 0)


async def store(session: AsyncSession, written: Rows) -> None:
    """Write messages with their deliveries."""
    messages, deliveries = written
    await session.execute(_ADD_MESSAGES, messages)
    await session.execute(_ADD_DELIVERIES, deliveries)


def said(written: Rows, replies: Sequence[Reply]) -> list[Said]:
    """Written replies as whoever reads the conversation gets them."""
    return [
        Said(
            seq=row["seq"],
            id=row["id"],
            external_id=row["external_id"],
            direction=Direction.OUTGOING,
            author=row["author"],
            text=reply.text,
            reply=reply,
            at=row["created_at"],
        )
        for row, reply in zip(written[0], replies, strict=True)
    ]


def _nth(once: str, n: int) -> str:
    return f"{once}:{n}"


@lru_cache(maxsize=8)
def _body(reply: Reply) -> str:
    """A reply as it is kept; what is told to many is written out once."""
    return to_json(reply).decode()
