"""Looks at the clock for those who wait for it: each minute all that has become due is done."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from core.clock import Clock

EVERY_SECONDS = 60.0

log = structlog.get_logger(__name__)

Due = Callable[[datetime], Awaitable[int]]
"""Does what is due at a moment, in a commit of its own; gives how much that was."""


async def keep_reminding(
    due: Mapping[str, Due], *, clock: Clock, every: float = EVERY_SECONDS
) -> None:
    """Do it at once and then every so many seconds, until cancelled; one that fails stops no other."""
    while True:
        for name, work in due.items():
            try:
                count = await work(clock())
                if count:
                    log.info("reminded", what=name, count=count)
            except Exception:  # must outlive a database restart
                log.exception("reminding_failed", what=name)
        await asyncio.sleep(every)
