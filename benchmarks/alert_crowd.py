"""Subscribers by the hundred thousand, written at once: invented, with nothing said by anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import insert

from alerts.models import AlertSubscription
from conversations.models import Contact, ContactIdentity, Conversation
from core.clock import SUZHOU
from db.base import new_id
from db.engine import Database

# A Monday, ten in the morning in Suzhou.
NOW = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
AREA = "320508"
BATCH = 5000
Row = dict[str, Any]  # Any: what each column holds


async def crowd(db: Database, count: int, *, area: str = AREA) -> None:
    """So many people, each with a conversation and a subscription to every type of the area."""
    sealed = db.vault.seal("somebody")
    for size in _sizes(count):
        people = [(new_id(), new_id()) for _ in range(size)]
        async with db.write() as session:
            for model, rows in (
                (Contact, [_contact(who) for who, _ in people]),
                (ContactIdentity, [_identity(who, sealed) for who, _ in people]),
                (Conversation, [_conversation(who, talk) for who, talk in people]),
                (AlertSubscription, [_subscription(talk, area) for _, talk in people]),
            ):
                await session.execute(insert(model), rows)


def _sizes(count: int) -> Iterator[int]:
    for begin in range(0, count, BATCH):
        yield min(BATCH, count - begin)


def _contact(who: str) -> Row:
    return {"id": who, "locale": "zh", "created_at": NOW}


def _identity(who: str, sealed: str) -> Row:
    return {
        "id": new_id(), "contact_id": who, "channel": "web", "user_digest": who,
        "user_sealed": sealed,
    }  # fmt: skip


def _conversation(who: str, talk: str) -> Row:
    return {
        "id": talk, "contact_id": who, "channel": "web", "status": "bot", "version": 0, "epoch": 0,
        "last_seq": 0, "last_activity_at": NOW, "created_at": NOW,
    }  # fmt: skip


def _subscription(talk: str, area: str) -> Row:
    return {"conversation_id": talk, "area": area, "fraud_type": "", "created_at": NOW}
