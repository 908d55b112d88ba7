"""Answering on a platform's own request: it waits, is answered once, and hears the same if it repeats."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.allowances import Grant, grant
from conversations.models import DeliveryRecord, PassiveWindow
from conversations.outbox import DeliveryStatus, hand_back, note_parts, settle
from conversations.waiting import release
from core.errors import Forbidden
from db.encryption import Vault
from db.engine import Database

KEPT_FOR = timedelta(days=1)
# A push that left at once could overtake the answer on its way.
PUSH_AFTER = timedelta(seconds=1)
# A platform that has lost our answer asks again within this.
REPEATS_WITHIN = timedelta(seconds=6)


class Replayed(Forbidden):
    """A signature that was used before came with another message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A platform's request: the message it carries, and a digest of what signs it."""

    external_id: str
    proof: str
    conversation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a request is answered with: words that carry ``whole`` deliveries.

    Of one more, ``cut``, they carry the parts from number ``cut_from`` up to ``cut_to``.
    """

    text: str
    whole: tuple[str, ...]
    cut: str | None = None
    cut_from: int = 0
    cut_to: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """How a request stands: since when it waits, what it was answered, whether that is over."""

    external_id: str
    conversation_id: str
    opened_at: datetime
    answer: Answer | None
    ended: bool


async def open_window(
    db: Database, asked: Asked, given: Grant | None, *, now: datetime, until: datetime
) -> Window:
    """Leave the conversation's deliveries for this request; a repetition finds the first one.

    What the citizen's act allows is written down, and what waited for it may go. Raises ``Replayed``.
    """
    try:
        async with db.write() as session:
            known = await _find(session, db.vault, asked.external_id)
            if known is not None:
                return known
            session.add(
                PassiveWindow(
                    external_id=asked.external_id,
                    conversation_id=asked.conversation_id,
                    proof=asked.proof,
                    opened_at=now,
                    closes_at=until,
                )
            )
            await session.flush()
            if given is not None:
                await grant(session, asked.conversation_id, given)
            await release(session, asked.conversation_id, now=now)
    except IntegrityError:
        # Either the same message came to another node, or the signature is a used one.
        async with db.read() as session:
            known = await _find(session, db.vault, asked.external_id)
        if known is None:
            raise Replayed from None
        return known
    return Window(
        external_id=asked.external_id,
        conversation_id=asked.conversation_id,
        opened_at=now,
        answer=None,
        ended=False,
    )


async def hold_window(session: AsyncSession, vault: Vault, external_id: str) -> Window | None:
    """How the request stands, with nobody else answering it until this transaction ends."""
    return await _find(session, vault, external_id, alone=True)


async def answer(
    session: AsyncSession, vault: Vault, external_id: str, given: Answer | None, *, now: datetime
) -> None:
    """Close the window with an answer, or without one; the relay is free to send the rest."""
    await session.execute(
        update(PassiveWindow)
        .where(PassiveWindow.external_id == external_id)
        .values(
            closes_at=now,
            answer_sealed=given and _sealed(vault, given),
            ended_at=None if given else now,
        )
    )
    if given is not None and given.cut is not None:
        await note_parts(session, given.cut, given.cut_to)
        await hand_back(session, [given.cut], until=now + PUSH_AFTER)


async def arrived(
    session: AsyncSession, vault: Vault, external_id: str, given: Answer, *, now: datetime
) -> None:
    """The platform has taken the answer: what it carried is sent.

    That was seen from here alone, so the platform may still ask again: where one of several requests
    lost the answer meanwhile, it is put down once more.
    """
    await session.execute(
        update(PassiveWindow)
        .where(PassiveWindow.external_id == external_id)
        .values(
            closes_at=now,
            ended_at=now,
            answer_sealed=func.coalesce(PassiveWindow.answer_sealed, _sealed(vault, given)),
        )
    )
    await settle(session, given.whole, DeliveryStatus.SENT)
    if given.cut is not None:
        await note_parts(session, given.cut, given.cut_to)


async def lost(session: AsyncSession, external_id: str, given: Answer, *, now: datetime) -> None:
    """The platform did not take it: the answer is undone and left for a repetition, then the relay.

    Nothing is done where a repetition has taken the answer meanwhile.
    """
    undone = await session.scalar(
        update(PassiveWindow)
        .where(PassiveWindow.external_id == external_id, PassiveWindow.ended_at.is_(None))
        .values(closes_at=now + REPEATS_WITHIN, answer_sealed=None)
        .returning(PassiveWindow.external_id)
    )
    if undone is None:
        return
    await hand_back(session, await _wired(session, given.whole), until=now)
    if given.cut is not None:
        await note_parts(session, given.cut, given.cut_from)
        await release(session, await _conversation(session, external_id), now=now)


async def purge_windows(db: Database, *, now: datetime) -> int:
    """Delete what no platform will ask again; gives how many."""
    async with db.write() as session:
        gone = await session.scalars(
            delete(PassiveWindow)
            .where(PassiveWindow.closes_at < now - KEPT_FOR)
            .returning(PassiveWindow.external_id)
        )
        return len(gone.all())


async def _find(
    session: AsyncSession, vault: Vault, external_id: str, *, alone: bool = False
) -> Window | None:
    query = select(PassiveWindow).where(PassiveWindow.external_id == external_id)
    row = await session.scalar(query.with_for_update() if alone else query)
    if row is None:
        return None
    return Window(
        external_id=row.external_id,
        conversation_id=row.conversation_id,
        opened_at=row.opened_at,
        answer=None if row.answer_sealed is None else _read(vault.open(row.answer_sealed)),
        ended=row.ended_at is not None,
    )


def _sealed(vault: Vault, given: Answer) -> str:
    return vault.seal(json.dumps(asdict(given), ensure_ascii=False))


def _read(kept: str) -> Answer:
    body: dict[str, Any] = json.loads(kept)  # Any: JSON
    return Answer(**{**body, "whole": tuple(body["whole"])})


async def _wired(session: AsyncSession, delivery_ids: tuple[str, ...]) -> list[str]:
    query = select(DeliveryRecord.id).where(
        DeliveryRecord.id.in_(delivery_ids), DeliveryRecord.status == DeliveryStatus.WIRED
    )
    return list(await session.scalars(query))


async def _conversation(session: AsyncSession, external_id: str) -> str:
    found = await session.scalar(
        select(PassiveWindow.conversation_id).where(PassiveWindow.external_id == external_id)
    )
    return found or ""
