"""The knowledge base of today: at midnight in Suzhou another library takes the place of yesterday's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import date

from knowledge_base.library import Library

# A law that comes into force today is told from the first minute on.
LOOK_SECONDS = 30.0
# Questions that were asked of the old library have long been answered by then.
GRACE_SECONDS = 60.0
log = logging.getLogger(__name__)

Opens = Callable[[date], Awaitable[Library]]


class DailyLibrary:
    """Holds the library of the day; ended by ``close``.

    ``keep_up`` must run beside it. While a new day's library is being read the one before goes on
    answering; one that cannot be read is tried again, and the one before stays.
    """

    def __init__(
        self,
        first: Library,
        *,
        opens: Opens,
        today: Callable[[], date],
        grace: float = GRACE_SECONDS,
    ) -> None:
        self._current = first
        self._opens = opens
        self._today = today
        self._grace = grace
        self._retired: list[Library] = []

    def current(self) -> Library:
        """The library of today: ask each time, keep it for one turn at most."""
        return self._current

    @property
    def ready(self) -> bool:
        """Whether questions are compared by meaning, not only by words."""
        return self._current.ready

    async def wait_until_built(self) -> None:
        """Return when the vectors are ready, or never will be."""
        await self._current.wait_until_built()

    async def keep_up(self) -> None:
        """Look for a new day until cancelled."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.turn_over()
            # Whatever keeps the new day's files from being read, yesterday's answers are at hand.
            except Exception:
                log.exception("the library of the new day could not be opened; trying again")

    async def turn_over(self) -> bool:
        """Put the library of today in place, if it is another day; whether it was."""
        day = self._today()
        if day == self._current.on:
            return False
        fresh = await self._opens(day)
        await fresh.wait_until_built()
        self._retired.append(self._current)
        self._current = fresh
        log.info("the library of %s answers now", day)
        await asyncio.sleep(self._grace)
        await self._close_retired()
        return True

    async def close(self) -> None:
        """End the library of today and those that still had questions."""
        await self._close_retired()
        await self._current.close()

    async def _close_retired(self) -> None:
        while self._retired:
            await self._retired.pop().close()
