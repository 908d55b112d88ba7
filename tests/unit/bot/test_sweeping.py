"""What time brings about is done again and again, whatever happens in between."""

from __future__ import annotations

import asyncio

from bot.background import background
from bot.sweeping import keep_doing


class Kept:
    """Fails the second time it is purged."""

    def __init__(self) -> None:
        self.purged = 0
        self.thrice = asyncio.Event()

    async def purge(self) -> int:
        self.purged += 1
        if self.purged == 2:
            raise ConnectionError
        if self.purged == 3:
            self.thrice.set()
        return 1


async def test_it_goes_on_after_a_fault() -> None:
    kept = Kept()
    async with background(keep_doing(kept.purge, name="purged", every=0.001)), asyncio.timeout(5):
        await kept.thrice.wait()

    assert kept.purged >= 3
