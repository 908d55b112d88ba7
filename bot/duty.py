"""What a citizen who asks for a person may expect: the plan, the open pages, the lines open now."""

from __future__ import annotations

from datetime import datetime, timedelta

from console import presence
from core.duty import Outlook, Presence
from core.knowledge import Hotline
from db.engine import Database
from handoff.duty import plans
from handoff.duty.plan import Plan
from handoff.paging.calls import ESCALATES_AFTER
from handoff.queue import open_handoff
from knowledge_base.hotlines import hotlines

# Lines to name beside a promise, by why somebody comes; the first two that are open are named.
LINES = {
    "fraud": ("110", "96110"),
    "crisis": ("12356", "120", "110"),
    "emergency": ("110", "120", "119"),
}
ANY = ("12348", "12345", "110")
MOST_LINES = 2
# Promises are round: nobody comes at 10:07.
ROUND = timedelta(minutes=30)


class DutyDesk:
    """Implements ``core.ports.Duty``. ``pages`` says whether there is any way to call people out."""

    def __init__(self, db: Database, *, pages: bool) -> None:
        self._db = db
        self._pages = pages

    async def outlook(self, reason: str, *, urgent: bool, now: datetime) -> Outlook:
        """Who is there for that reason, and what may be promised if nobody is."""
        async with self._db.read() as session:
            plan = await plans.in_force(session, self._db.vault)
            staff = await presence.serving(session, now=now)
        lines = lines_for(reason, now)
        if plan is None:
            return Outlook(presence=Presence.UNKNOWN, lines=lines)
        there = bool(staff) and plan.team_for(reason).hours.is_open(now)
        page_at = None
        if urgent and self._pages and plan.on_call(now):
            page_at = now + ESCALATES_AFTER if there else now
        return Outlook(
            presence=_presence(there=there, called=page_at is not None),
            answer_by=None if there or page_at else promised(plan, reason, now),
            page_at=page_at,
            lines=lines,
        )

    async def has_place(self, conversation_id: str) -> bool:
        """Whether the conversation waits for a person, be it with a promise."""
        async with self._db.read() as session:
            return await open_handoff(session, conversation_id) is not None


def promised(plan: Plan, reason: str, now: datetime) -> datetime | None:
    """By when the team for that reason answers somebody who comes now; None if it never opens."""
    team = plan.team_for(reason)
    at = team.hours.after(now, team.within)
    return None if at is None else at + timedelta(seconds=-at.timestamp() % ROUND.total_seconds())


def lines_for(reason: str, now: datetime) -> tuple[Hotline, ...]:
    """Numbers for that reason that are known to be open at that moment."""
    rows = (hotlines()[number] for number in LINES.get(reason, ANY))
    return tuple(row.hotline for row in rows if row.is_open(now))[:MOST_LINES]


def _presence(*, there: bool, called: bool) -> Presence:
    if there:
        return Presence.THERE
    return Presence.ON_CALL if called else Presence.AWAY
