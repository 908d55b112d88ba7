"""Whoever waits is told again how many stand before them, when that has become half of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from conversations.threads import hold
from core.clock import Clock
from db.engine import Database
from handoff.models import Handoff
from handoff.pace import pace
from handoff.queue import ORDER, Ticket
from handoff.states import HandoffState
from handoff.steps import Words, announce

Staff = Callable[[AsyncSession], Awaitable[int]]
"""How many could take a chat now."""
Progress = Callable[[Ticket, timedelta | None], Words]
"""What the citizen of a place is told, with what they have to expect."""


class QueueNews:
    """Tells each citizen a few times at most, however long the queue: half as many, then half of that.

    Whoever was promised an hour is not in a queue that they watch.
    """

    def __init__(self, db: Database, staff: Staff, told: Progress, *, clock: Clock) -> None:
        self._db = db
        self._staff = staff
        self._told = told
        self._clock = clock

    async def run(self) -> int:
        """Tell all whose place has come near; gives how many that were."""
        now = self._clock()
        waiting = select(Handoff).where(Handoff.state == HandoffState.QUEUED).order_by(*ORDER)
        async with self._db.read() as session:
            queue = list(await session.scalars(waiting))
            nearer = [
                (handoff, ahead) for ahead, handoff in enumerate(queue) if _is_news(handoff, ahead)
            ]
            if not nearer:
                return 0
            speed, staff = await pace(session, now=now), await self._staff(session)
        return sum([await self._tell(one, n, speed.wait(n, staff)) for one, n in nearer])

    async def _tell(self, handoff: Handoff, ahead: int, wait: timedelta | None) -> bool:
        async with self._db.write() as session:
            await hold(session, handoff.conversation_id)
            # Nobody else has told it meanwhile, and nobody has come.
            told = await session.scalar(
                update(Handoff)
                .where(
                    Handoff.id == handoff.id,
                    Handoff.state == HandoffState.QUEUED,
                    Handoff.told_ahead == handoff.told_ahead,
                )
                .values(told_ahead=ahead)
                .returning(Handoff.id)
            )
            if told is None:
                return False
            words = self._told(Ticket(number=handoff.number, ahead=ahead), wait)
            await announce(
                session, self._db.vault, handoff.conversation_id, words, at=self._clock()
            )
        return True


def _is_news(handoff: Handoff, ahead: int) -> bool:
    told = handoff.told_ahead
    return handoff.answer_by is None and told is not None and ahead < told and ahead * 2 <= told
