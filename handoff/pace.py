"""How long somebody in the queue will wait, from how long chats have taken of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from handoff.models import Handoff
from handoff.states import HandoffState

LOOK_BACK = timedelta(days=14)
# The latest tell most: a new kind of trouble changes how long everybody takes.
MOST_CHATS = 100
# Of fewer no time is told.
FEWEST_CHATS = 10
# A chat somebody forgot to close says nothing about the next.
LONGEST = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How long a chat takes on average, None where too little is known, and how many are served."""

    handling: timedelta | None
    busy: int

    def wait(self, ahead: int, staff: int) -> timedelta | None:
        """What somebody has to expect with so many before them; None where nobody can know."""
        if self.handling is None or not staff:
            return None
        # Whoever is free takes the first ones at once; then a chat ends every ``handling / staff``.
        turns = ahead - max(0, staff - self.busy) + 1
        return self.handling * max(0, turns) / staff


async def pace(session: AsyncSession, *, now: datetime) -> Pace:
    """The pace of the last chats that staff have closed."""
    latest = await session.execute(
        select(Handoff.assigned_at, Handoff.closed_at)
        .where(
            Handoff.state == HandoffState.CLOSED,
            Handoff.closed_at > now - LOOK_BACK,
            Handoff.assigned_at.is_not(None),
        )
        .order_by(Handoff.closed_at.desc())
        .limit(MOST_CHATS)
    )
    taken = [min(LONGEST, end - start) for start, end in latest if start and end]
    busy = await session.scalar(select(func.count()).where(Handoff.state == HandoffState.ASSIGNED))
    known = len(taken) >= FEWEST_CHATS
    mean = sum(taken, timedelta()) / len(taken) if known else None
    return Pace(handling=mean, busy=busy or 0)
