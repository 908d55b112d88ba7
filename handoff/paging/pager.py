"""Calls whoever is on the rota, step by step, until somebody has taken the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import structlog

from core.clock import Clock
from db.engine import Database
from handoff.duty import plans
from handoff.duty.plan import Person
from handoff.errors import PageFailed
from handoff.paging.calls import Call, any_due, claim_due, end
from handoff.paging.ways import Page, Way
from handoff.queue import label_of

EVERY_SECONDS = 5.0

log = structlog.get_logger(__name__)


class Pager:
    """Looks for calls that are due; many nodes may do so at once, each call is made by one.

    ``address`` is where links into this server begin.
    """

    def __init__(self, db: Database, ways: Sequence[Way], *, address: str, clock: Clock) -> None:
        self._db = db
        self._ways = ways
        self._address = address
        self._clock = clock

    async def run(self) -> int:
        """Make every call that is due; gives how many persons were reached."""
        async with self._db.read() as session:
            if not await any_due(session, now=self._clock()):
                return 0
        async with self._db.write() as session:
            due = await claim_due(session, now=self._clock())
        # One after the other would have the last one wait for all who do not answer.
        return sum(await asyncio.gather(*(self._make(call) for call in due)))

    async def call(self, people: Sequence[Person], page: Page) -> list[str]:
        """Call these now by every way they have; gives the names of those reached by one."""
        tries = [(person, way) for person in people for way in self._ways if way.reaches(person)]
        reached = await asyncio.gather(*(self._try(person, way, page) for person, way in tries))
        names = [person.name for (person, _), ok in zip(tries, reached, strict=True) if ok]
        return list(dict.fromkeys(names))

    async def _make(self, call: Call) -> int:
        people = await self._people(call) if call.wanted else ()
        reached = await self.call(people, self._page(call)) if people else []
        async with self._db.write() as session:
            await end(session, call, reached, now=self._clock(), again=bool(people))
        return len(reached)

    async def _people(self, call: Call) -> Sequence[Person]:
        """Whom to call at this step; after the last, that one again."""
        async with self._db.read() as session:
            plan = await plans.in_force(session, self._db.vault)
        steps = plan.on_call(self._clock()) if plan else ()
        return steps[min(call.step, len(steps) - 1)] if steps else ()

    async def _try(self, person: Person, way: Way, page: Page) -> bool:
        try:
            await way.send(person, page)
        except PageFailed as error:
            log.warning("page_failed", way=way.name, reason=str(error), label=page.label)
            return False
        except Exception:  # one way's fault must not keep the others from calling
            log.exception("page_crashed", way=way.name, label=page.label)
            return False
        return True

    def _page(self, call: Call) -> Page:
        label = label_of(call.number)
        waited = self._clock() - call.requested_at
        return Page(
            id=call.id,
            label=label,
            reason=call.reason,
            minutes=max(0, int(waited.total_seconds() // 60)),
            step=call.step + 1,
            link=f"{self._address}/console/chats/{label}",
        )
