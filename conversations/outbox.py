"""The outbox: deliveries are claimed in SQL, tried, and their end is written down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningUpdate

from conversations.history import Said, read_reply
from conversations.models import (
    ContactIdentity,
    Conversation,
    DeliveryRecord,
    MessageRecord,
    PassiveWindow,
)
from core.messages import Direction, Identity, Reply
from db.base import UtcDateTime, table_of
from db.encryption import Vault

BATCH = 50
LEASE = timedelta(seconds=60)
BOT = "bot"


class DeliveryStatus(StrEnum):
    """How far a delivery has come."""

    QUEUED = "queued"
    WIRED = "wired"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    UNCONFIRMED = "unconfirmed"
    ERRORED = "errored"
    FAILED = "failed"


UNSENT = (DeliveryStatus.QUEUED, DeliveryStatus.WIRED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One claimed message on its way to a person; ``to`` is how its channel addresses them.

    Of one that takes several parts, the first ``parts_sent`` have arrived.
    """

    id: str
    conversation_id: str
    channel: str
    to: Identity
    seq: int
    reply: Reply
    said: Said
    attempts: int
    stale: bool
    parts_sent: int = 0


# Statements are built once: building one costs more than running it.
_DELIVERIES, _MESSAGES = table_of(DeliveryRecord), table_of(MessageRecord)
_THREADS, _IDENTITIES = table_of(Conversation), table_of(ContactIdentity)
_WINDOWS = table_of(PassiveWindow)
_SETTLE = (
    update(_DELIVERIES)
    .where(_DELIVERIES.c.id.in_(bindparam("ids", expanding=True)))
    .values(status=bindparam("ended"), lease_until=None, error_code=bindparam("code"))
)
_LOAD = (
    select(
        _DELIVERIES.c.id,
        _DELIVERIES.c.conversation_id,
        _DELIVERIES.c.channel,
        _DELIVERIES.c.seq,
        _DELIVERIES.c.attempts,
        _DELIVERIES.c.parts_sent,
        _DELIVERIES.c.safety,
        (_DELIVERIES.c.epoch < _THREADS.c.epoch).label("outdated"),
        _MESSAGES.c.id.label("message_id"),
        _MESSAGES.c.created_at,
        _MESSAGES.c.author,
        _MESSAGES.c.body_sealed,
        _IDENTITIES.c.user_sealed,
    )
    .join(_MESSAGES, _MESSAGES.c.id == _DELIVERIES.c.message_id)
    .join(_THREADS, _THREADS.c.id == _DELIVERIES.c.conversation_id)
    .join(
        _IDENTITIES,
        and_(
            _IDENTITIES.c.contact_id == _THREADS.c.contact_id,
            _IDENTITIES.c.channel == _DELIVERIES.c.channel,
        ),
    )
    .where(_DELIVERIES.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(_DELIVERIES.c.seq)
)
_EARLIER = _DELIVERIES.alias()
_NOW = bindparam("now", type_=UtcDateTime)


async def claim(
    session: AsyncSession,
    vault: Vault,
    channels: Sequence[str],
    *,
    now: datetime,
    conversation_id: str | None = None,
) -> list[Delivery]:
    """Take what is due in up to ``BATCH`` conversations on these channels, for ``LEASE``.

    Within a conversation none overtakes an earlier one that still waits. ``stale`` deliveries
    are the bot's from before a person took over the conversation and must not be sent. What a
    platform's own request waits for is left alone, unless that ``conversation_id`` is asked for.
    """
    values: dict[str, object] = {"channels": channels, "now": now, "lease": now + LEASE}
    if conversation_id is not None:
        values["conversation"] = conversation_id
    ids = list(await session.scalars(_claim(one=conversation_id is not None), values))
    return await _load(session, vault, ids) if ids else []


async def settle(
    session: AsyncSession,
    delivery_ids: Sequence[str],
    status: DeliveryStatus,
    *,
    error_code: str | None = None,
) -> None:
    """Write how these deliveries ended."""
    values = {"ids": delivery_ids, "ended": status, "code": error_code}
    await session.execute(_SETTLE, values)


async def postpone(
    session: AsyncSession, delivery_id: str, *, until: datetime, error_code: str
) -> None:
    """Put a delivery that was tried back in the queue for a later attempt."""
    await session.execute(
        update(DeliveryRecord)
        .where(DeliveryRecord.id == delivery_id)
        .values(
            status=DeliveryStatus.QUEUED,
            lease_until=None,
            next_attempt_at=until,
            error_code=error_code,
        )
    )


async def hand_back(
    session: AsyncSession,
    delivery_ids: Sequence[str],
    *,
    until: datetime,
    error_code: str | None = None,
) -> None:
    """Put deliveries back that were claimed but not tried, which is no attempt of theirs.

    ``error_code`` says what they wait for, if staff should see it.
    """
    reason = {} if error_code is None else {"error_code": error_code}
    await session.execute(
        update(DeliveryRecord)
        .where(DeliveryRecord.id.in_(delivery_ids))
        .values(
            status=DeliveryStatus.QUEUED,
            lease_until=None,
            next_attempt_at=until,
            attempts=DeliveryRecord.attempts - 1,
            **reason,
        )
    )


async def note_parts(session: AsyncSession, delivery_id: str, parts_sent: int) -> None:
    """Write down how many of its parts have arrived, so that a later attempt goes on there."""
    await session.execute(
        update(DeliveryRecord)
        .where(DeliveryRecord.id == delivery_id)
        .values(parts_sent=parts_sent)
    )


async def recover(session: AsyncSession, *, now: datetime, repeatable: Sequence[str]) -> None:
    """Settle what a crash left wired.

    It is sent again on ``repeatable`` channels, whose receiver knows a repeat by its id, and
    where it is urgent; elsewhere it stays unconfirmed rather than arriving twice.
    """
    lost = and_(DeliveryRecord.status == DeliveryStatus.WIRED, DeliveryRecord.lease_until < now)
    again = or_(DeliveryRecord.channel.in_(repeatable), DeliveryRecord.safety)
    await session.execute(
        update(DeliveryRecord)
        .where(lost, again)
        .values(status=DeliveryStatus.QUEUED, lease_until=None, next_attempt_at=now)
    )
    await session.execute(
        update(DeliveryRecord)
        .where(lost)
        .values(status=DeliveryStatus.UNCONFIRMED, lease_until=None)
    )


@cache
def _claim(*, one: bool) -> ReturningUpdate[str]:
    """The claiming statement, for ``one`` conversation or for all.

    Only the first unsent delivery of each conversation is looked for and locked; it stands for
    those behind it. So a second node, which passes over locked rows, cannot overtake.
    """
    heads = (
        select(_DELIVERIES.c.conversation_id)
        .where(*_due(), _none_earlier(_EARLIER.c.status.in_(UNSENT)))
        .order_by(_DELIVERIES.c.next_attempt_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    if one:
        heads = heads.where(_DELIVERIES.c.conversation_id == bindparam("conversation"))
    else:
        heads = heads.where(_not_waited_for())
    picked = heads.cte("picked")
    not_yet = and_(_EARLIER.c.status == DeliveryStatus.QUEUED, _EARLIER.c.next_attempt_at > _NOW)
    return (
        update(_DELIVERIES)
        .where(
            _DELIVERIES.c.conversation_id.in_(select(picked.c.conversation_id)),
            *_due(),
            _none_earlier(not_yet),
        )
        .values(
            status=DeliveryStatus.WIRED,
            attempts=_DELIVERIES.c.attempts + 1,
            lease_until=bindparam("lease"),
        )
        .returning(_DELIVERIES.c.id)
    )


def _due() -> tuple[ColumnElement[bool], ...]:
    return (
        _DELIVERIES.c.status == DeliveryStatus.QUEUED,
        _DELIVERIES.c.channel.in_(bindparam("channels", expanding=True)),
        _DELIVERIES.c.next_attempt_at <= _NOW,
    )


def _not_waited_for() -> ColumnElement[bool]:
    return ~exists().where(
        _WINDOWS.c.conversation_id == _DELIVERIES.c.conversation_id, _WINDOWS.c.closes_at > _NOW
    )


def _none_earlier(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return ~exists().where(
        _EARLIER.c.conversation_id == _DELIVERIES.c.conversation_id,
        _EARLIER.c.seq < _DELIVERIES.c.seq,
        condition,
    )


async def _load(session: AsyncSession, vault: Vault, ids: Sequence[str]) -> list[Delivery]:
    rows = await session.execute(_LOAD, {"ids": ids})
    return [_delivery(row, read_reply(vault, row.body_sealed or ""), vault) for row in rows]


def _delivery(row: Any, reply: Reply, vault: Vault) -> Delivery:  # Any: a row of _LOAD
    said = Said(
        seq=row.seq,
        id=row.message_id,
        external_id=row.message_id,
        direction=Direction.OUTGOING,
        author=row.author,
        text=reply.text,
        reply=reply,
        at=row.created_at,
    )
    return Delivery(
        id=row.id,
        conversation_id=row.conversation_id,
        channel=row.channel,
        to=Identity(channel=row.channel, user_id=vault.open(row.user_sealed)),
        seq=row.seq,
        reply=reply,
        said=said,
        attempts=row.attempts,
        parts_sent=row.parts_sent,
        stale=row.outdated and row.author == BOT and not row.safety,
    )
