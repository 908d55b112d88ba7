"""What is done again and again while the service runs: purging what expired, steps that time takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

EVERY_SECONDS = 60.0

log = structlog.get_logger(__name__)


async def again_and_again(
    name: str, work: Callable[[], Awaitable[int]], *, every: float = EVERY_SECONDS
) -> None:
    """Do it at once and then every so many seconds, until cancelled; it says how many it did."""
    while True:
        try:
            count = await work()
            if count:
                log.info(name, count=count)
        except Exception:  # must outlive a database restart
            log.exception("sweep_failed", sweep=name)
        await asyncio.sleep(every)
