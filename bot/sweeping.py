"""Does again and again what time brings about: purging what is over, reminding in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog

SWEEP_SECONDS = 300.0

log = structlog.get_logger(__name__)


async def keep_doing(
    work: Callable[[], Awaitable[int]], *, name: str, every: float = SWEEP_SECONDS
) -> None:
    """Do it at once and then every so many seconds, until cancelled; ``name`` is what is logged.

    ``work`` gives how many things it did.
    """
    while True:
        try:
            count = await work()
            if count:
                log.info(name, count=count)
        except Exception:  # must outlive a database restart
            log.exception("periodic_work_failed", work=name)
        await asyncio.sleep(every)
