"""Takes away what was promised not to be kept: documents whose day is over."""

from __future__ import annotations

import asyncio
from typing import Protocol

import structlog

SWEEP_SECONDS = 300.0

log = structlog.get_logger(__name__)


class Expiring(Protocol):
    """Something that keeps things for a while."""

    async def purge(self) -> int: ...


async def keep_clean(kept: Expiring, *, every: float = SWEEP_SECONDS) -> None:
    """Purge at once and then every so many seconds, until cancelled."""
    while True:
        try:
            count = await kept.purge()
            if count:
                log.info("documents_purged", count=count)
        except Exception:  # must outlive a database restart
            log.exception("purge_failed")
        await asyncio.sleep(every)
