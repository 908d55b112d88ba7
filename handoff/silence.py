"""Chats whose agent fell silent go back to the head of the queue, and their citizen is told."""

from __future__ import annotations

from sqlalchemy import select

from conversations.threads import hold
from core.clock import Clock
from db.engine import Database
from handoff.errors import Outdated
from handoff.models import Handoff
from handoff.states import HandoffState
from handoff.steps import Words, announce, back_to_queue


class SilentChats:
    """Looks for leases that have ended; many nodes may do so at once."""

    def __init__(self, db: Database, told: Words, *, clock: Clock) -> None:
        self._db = db
        self._told = told
        self._clock = clock

    async def run(self) -> int:
        """Return what is to be returned; gives how many chats that were."""
        ended = (
            Handoff.state == HandoffState.ASSIGNED,
            Handoff.lease_until <= self._clock(),
        )
        query = select(Handoff.id, Handoff.conversation_id).where(*ended)
        async with self._db.read() as session:
            found = (await session.execute(query.order_by(Handoff.number))).all()
        # One transaction each: nobody waits for a whole list of conversations.
        returned = [await self._return(one.id, one.conversation_id) for one in found]
        return sum(returned)

    async def _return(self, handoff_id: str, conversation_id: str) -> bool:
        now = self._clock()
        asked = select(Handoff).where(
            Handoff.id == handoff_id,
            Handoff.state == HandoffState.ASSIGNED,
            Handoff.lease_until <= now,
        )
        async with self._db.write() as session:
            await hold(session, conversation_id)
            # Read only now, and locked: a page may have renewed it, another node returned it.
            handoff = await session.scalar(asked.with_for_update())
            if handoff is None:
                return False
            try:
                await back_to_queue(session, handoff, at=now)
            except Outdated:
                return False
            await announce(session, self._db.vault, conversation_id, self._told, at=now)
        return True
