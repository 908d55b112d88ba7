"""Every night each body's list is compared with ours, and sheets are exchanged."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

import structlog

from bodies.adapters.base import Adapter
from bodies.courier import Courier
from bodies.desk import BodyDesk
from bodies.errors import PushError
from bodies.reconciling import Reconciled
from core.clock import SUZHOU, Clock

AT = time(2, 0)
LOOK_SECONDS = 60.0

log = structlog.get_logger(__name__)


class Night:
    """Reconciles once a night, and takes what waits for updates that never came."""

    def __init__(
        self, desk: BodyDesk, courier: Courier, adapters: Mapping[str, Adapter], *, clock: Clock
    ) -> None:
        self._desk = desk
        self._courier = courier
        self._adapters = adapters
        self._clock = clock
        self._next = next_night(clock())

    async def run(self) -> None:
        """Look at the clock every minute, until cancelled."""
        while True:
            try:
                await self.once()
            except Exception:  # must outlive a database restart
                log.exception("night_failed")
            await asyncio.sleep(LOOK_SECONDS)

    async def once(self) -> Sequence[Reconciled]:
        """What is due now: gaps at any time, the rest at night."""
        await self._desk.fill_gaps()
        if self._clock() < self._next:
            return ()
        self._next = next_night(self._clock())
        return [done for body in self._adapters if (done := await self._with(body))]

    async def _with(self, body: str) -> Reconciled | None:
        adapter = self._adapters[body]
        try:
            done = await self._desk.reconcile(body, adapter)
        except PushError as error:
            log.warning("reconcile_failed", body=body, code=error.code.value)
            done = None
        except Exception:  # one body's trouble is not the others'
            log.exception("reconcile_failed", body=body)
            done = None
        if adapter.nightly:
            await self._courier.deliver(body)
        if done and done.found:
            log.warning("reconcile_found", body=body, count=len(done.found))
        return done


def next_night(now: datetime) -> datetime:
    """The next two o'clock at night in Suzhou."""
    here = now.astimezone(SUZHOU)
    tonight = datetime.combine(here.date(), AT, tzinfo=SUZHOU)
    return tonight if here < tonight else tonight + timedelta(days=1)
