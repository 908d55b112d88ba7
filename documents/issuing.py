"""Links to documents: made, found, used once, purged."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.knowledge import Written
from db.base import new_id
from db.encryption import Vault
from documents.models import DocumentRecord

LIVES = timedelta(hours=24)
TOKEN_BYTES = 32
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
PURPOSE = "document"


class State(StrEnum):
    """How a link stands. One that was purged is unknown, like one that never was."""

    READY = "ready"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A document as its citizen filled it in.

    ``values`` are what is printed, ``slots`` what the form held.
    """

    kind: str
    values: Mapping[str, str]
    slots: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link that was found."""

    id: str
    state: State
    format: str
    filled: Filled
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who gets a document, in which formats, and when."""

    conversation_id: str
    formats: Sequence[str]
    at: datetime


async def issue(
    session: AsyncSession, vault: Vault, filled: Filled, order: Order
) -> dict[str, str]:
    """Keep a document in the caller's transaction; gives a token for each format.

    A token is 256 random bits, told only now. Whatever has expired is purged on the way.
    """
    await purge(session, now=order.at)
    content = json.dumps(asdict(filled))
    tokens = {name: secrets.token_urlsafe(TOKEN_BYTES) for name in order.formats}
    for name, token in tokens.items():
        session.add(
            DocumentRecord(
                id=new_id(),
                conversation_id=order.conversation_id,
                token_digest=vault.digest(PURPOSE, token),
                format=name,
                content_sealed=vault.seal(content),
                created_at=order.at,
                expires_at=order.at + LIVES,
            )
        )
    await session.flush()
    return tokens


async def find(session: AsyncSession, vault: Vault, token: str, *, now: datetime) -> Link | None:
    """The link of a token, None for what is none or was purged."""
    if not TOKEN.fullmatch(token):
        return None
    digest = vault.digest(PURPOSE, token)
    record = await session.scalar(
        select(DocumentRecord).where(DocumentRecord.token_digest == digest)
    )
    if record is None:
        return None
    return Link(
        id=record.id,
        state=_state(record, now),
        format=record.format,
        filled=_filled(vault, record),
        created_at=record.created_at,
        expires_at=record.expires_at,
    )


async def use(session: AsyncSession, link_id: str, *, now: datetime) -> bool:
    """Use a link up; of several who try at once, one is told True."""
    used = await session.execute(
        update(DocumentRecord)
        .where(
            DocumentRecord.id == link_id,
            DocumentRecord.used_at.is_(None),
            DocumentRecord.expires_at > now,
        )
        .values(used_at=now)
        .returning(DocumentRecord.id)
    )
    return used.first() is not None


async def last(
    session: AsyncSession, vault: Vault, conversation_id: str, *, kind: str | None, now: datetime
) -> Written | None:
    """What was filled in for the newest document of a conversation, of one kind or of any."""
    records = await session.scalars(
        select(DocumentRecord)
        .where(DocumentRecord.conversation_id == conversation_id, DocumentRecord.expires_at > now)
        .order_by(DocumentRecord.created_at.desc())
    )
    for record in records:
        filled = _filled(vault, record)
        # What has no slots (a calendar file) cannot be mended and is not meant by “once more”.
        if filled.slots and kind in (None, filled.kind):
            return Written(kind=filled.kind, slots=filled.slots)
    return None


async def purge(session: AsyncSession, *, now: datetime) -> int:
    """Delete what has expired; gives how many links that were."""
    gone = await session.execute(
        delete(DocumentRecord).where(DocumentRecord.expires_at <= now).returning(DocumentRecord.id)
    )
    return len(gone.all())


async def forget(session: AsyncSession, conversation_id: str) -> None:
    """Delete every document of a conversation whose citizen wants to be forgotten."""
    await session.execute(
        delete(DocumentRecord).where(DocumentRecord.conversation_id == conversation_id)
    )


def _state(record: DocumentRecord, now: datetime) -> State:
    if record.used_at is not None:
        return State.USED
    return State.READY if now < record.expires_at else State.EXPIRED


def _filled(vault: Vault, record: DocumentRecord) -> Filled:
    body: dict[str, Any] = json.loads(vault.open(record.content_sealed))  # Any: JSON
    return Filled(**body)
