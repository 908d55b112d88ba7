"""What waits for the clock is done each time round; one that fails stops no other."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from bot.background import background
from bot.reminders import keep_reminding

NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)


async def test_one_that_fails_stops_no_other() -> None:
    done: list[str] = []
    enough = asyncio.Event()

    async def fails(now: datetime) -> int:
        done.append("fails")
        raise ConnectionError

    async def works(now: datetime) -> int:
        assert now == NOW
        done.append("works")
        if len(done) >= 4:
            enough.set()
        return 1

    due = {"first": fails, "second": works}
    async with background(keep_reminding(due, clock=lambda: NOW, every=0.0)):
        async with asyncio.timeout(5):
            await enough.wait()

    assert done[:4] == ["fails", "works", "fails", "works"]
