"""Whoever still waits when their team goes home is told so, and by when somebody answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select, update

from conversations.threads import hold, set_status
from core.clock import Clock
from core.turns import ConversationStatus
from db.engine import Database
from handoff.duty import plans
from handoff.duty.plan import Plan
from handoff.models import Handoff
from handoff.queue import label_of
from handoff.states import HandoffState
from handoff.steps import Words, announce

Promises = Callable[[Plan, str, datetime], datetime | None]
"""By when the team for a reason answers, from a moment on."""
Farewell = Callable[[str, str, datetime], Words]
"""What the citizen of a label, who came for a reason, is told of that promise."""


class ClosingTime:
    """Looks for those who wait without a promise while nobody is there.

    Urgent ones go on waiting as long as somebody is on call.
    """

    def __init__(
        self, db: Database, promises: Promises, farewell: Farewell, *, clock: Clock
    ) -> None:
        self._db = db
        self._promises = promises
        self._farewell = farewell
        self._clock = clock

    async def run(self) -> int:
        """Promise to all who are to be told; gives how many that were."""
        now = self._clock()
        waiting = (
            Handoff.state == HandoffState.QUEUED,
            Handoff.answer_by.is_(None),
        )
        async with self._db.read() as session:
            plan = await plans.in_force(session, self._db.vault)
            if plan is None:
                return 0
            found = list(await session.scalars(select(Handoff).where(*waiting)))
        # For urgent ones somebody is being called, where there is anybody to call.
        called = bool(plan.on_call(now))
        left = [
            one
            for one in found
            if not plan.team_for(one.reason).hours.is_open(now) and not (one.urgent and called)
        ]
        return sum([await self._promise(plan, handoff, now) for handoff in left])

    async def _promise(self, plan: Plan, handoff: Handoff, now: datetime) -> bool:
        by = self._promises(plan, handoff.reason, now)
        if by is None:
            return False
        async with self._db.write() as session:
            await hold(session, handoff.conversation_id)
            promised = await session.scalar(
                update(Handoff)
                .where(
                    Handoff.id == handoff.id,
                    Handoff.version == handoff.version,
                    Handoff.state == HandoffState.QUEUED,
                    Handoff.answer_by.is_(None),
                )
                .values(answer_by=by, version=Handoff.version + 1)
                .returning(Handoff.id)
            )
            if promised is None:
                return False
            await set_status(session, handoff.conversation_id, ConversationStatus.BOT)
            told = self._farewell(label_of(handoff.number), handoff.reason, by)
            await announce(session, self._db.vault, handoff.conversation_id, told, at=now)
        return True
