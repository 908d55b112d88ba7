"""Fills a platform's request with what waits for its citizen, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from conversations.allowances import standing
from conversations.offers import offered
from conversations.outbox import Delivery, DeliveryStatus, claim, hand_back, settle
from conversations.passive import PUSH_AFTER, Answer, Window, answer, hold_window
from db.encryption import Vault
from db.engine import Database

STALE = "stale"
UNFIT = "message_invalid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A delivery that could go now; ``options`` the citizen has from messages before it."""

    delivery: Delivery
    options: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """An answer made of what waits, or None; what of it can never be said."""

    answer: Answer | None
    unfit: tuple[str, ...] = ()


Compose = Callable[[Sequence[Waiting], int], Composed]
"""Makes an answer of what waits, knowing how many messages may be pushed after it."""


async def fill(
    db: Database, window: Window, channel: str, compose: Compose, *, now: datetime
) -> Answer | None:
    """Claim what waits and close the window with it, or without an answer if nothing does.

    What the answer does not carry is left to the relay. A repetition gets the same answer again.
    """
    async with db.write() as session:
        held = await hold_window(session, db.vault, window.external_id)
        if held is None or held.ended or held.answer is not None:
            return None if held is None else held.answer
        talk = held.conversation_id
        batch = await claim(session, db.vault, [channel], now=now, conversation_id=talk)
        stale = [d.id for d in batch if d.stale]
        waiting = [await _waiting(session, db.vault, d) for d in batch if not d.stale]
        left = (await standing(session, talk, now=now)).left
        composed = compose(waiting, left) if waiting else Composed(answer=None)
        given, unfit = composed.answer, list(composed.unfit)
        await answer(session, db.vault, window.external_id, given, now=now)
        for ids, code in ((stale, STALE), (unfit, UNFIT)):
            await settle(session, ids, DeliveryStatus.FAILED, error_code=code)
        gone = {*stale, *unfit, *((*given.whole, given.cut) if given else ())}
        rest = [d.id for d in batch if d.id not in gone]
        await hand_back(session, rest, until=now + PUSH_AFTER)
    return given


async def _waiting(session: AsyncSession, vault: Vault, delivery: Delivery) -> Waiting:
    options = await offered(session, vault, delivery.conversation_id, before=delivery.seq)
    return Waiting(delivery=delivery, options=len(options))
