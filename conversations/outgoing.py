"""What goes out, as it is written down: a message, sealed, and its delivery."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.models import DeliveryRecord, MessageRecord
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
    """Who says something, when, and in answer to which message."""

    author: str
    at: datetime
    reply_to: str | None = None


Row = dict[str, Any]  # Any: what each column holds
Rows = tuple[list[Row], list[Row]]
"""Messages, and a delivery for each."""


def rows(vault: Vault, held: Grip, replies: Sequence[Reply], saying: Saying) -> Rows:
    """What is written for the replies that end a conversation as it is held."""
    messages, deliveries = [], []
    for seq, reply in enumerate(replies, held.last_seq - len(replies) + 1):
        message_id = new_id()
        messages.append(
            {
                "id": message_id,
                "conversation_id": held.conversation_id,
                "channel": held.channel,
                "external_id": message_id,
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
                "safety": reply.safety,
                "next_attempt_at": saying.at,
            }
        )
    return messages, deliveries


async def store(session: AsyncSession, written: Rows) -> None:
    """Write messages with their deliveries."""
    messages, deliveries = written
    await session.execute(_ADD_MESSAGES, messages)
    await session.execute(_ADD_DELIVERIES, deliveries)


@lru_cache(maxsize=8)
def _body(reply: Reply) -> str:
    """A reply as it is kept; what is told to many is written out once."""
    return json.dumps(asdict(reply), ensure_ascii=False)
