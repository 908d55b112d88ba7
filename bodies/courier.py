"""The courier: the only one who hands cases to bodies."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import structlog

from bodies.adapters.base import Adapter, End
from bodies.circuit import Circuit
from bodies.contract import Receipt
from bodies.errors import PushCode, PushError
from bodies.outbox import BATCH, Claimed, arrived, claim, hand_back, missed
from core.clock import Clock
from db.engine import Database

IDLE_SECONDS = 2.0
PATIENCE_SECONDS = 0.1

log = structlog.get_logger(__name__)


class Courier:
    """Claims what bodies are to be told, tells each at its own pace, writes down how it ended.

    A body that hangs holds up nobody else: each has a task and a circuit of its own.
    """

    def __init__(self, db: Database, adapters: Mapping[str, Adapter], *, clock: Clock) -> None:
        self._db = db
        self._adapters = adapters
        self._clock = clock
        self._circuits = {body: Circuit() for body in adapters}
        self._busy: dict[str, asyncio.Task[int]] = {}

    async def run(self) -> None:
        """Work until cancelled; a failing database is waited out."""
        try:
            while True:
                try:
                    await self.once()
                except Exception:  # the loop must outlive a database restart
                    log.exception("courier_failed")
                await asyncio.sleep(IDLE_SECONDS)
        finally:
            for task in self._busy.values():
                task.cancel()

    async def once(self, *, patience: float = PATIENCE_SECONDS) -> None:
        """Begin with every body that is free and may be asked; a slow one goes on by itself."""
        for body, adapter in self._adapters.items():
            if not adapter.nightly and body not in self._busy:
                self._busy[body] = task = asyncio.create_task(self._all_for(body))
                task.add_done_callback(partial(self._is_free, body))
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=patience)

    async def deliver(self, body: str) -> int:
        """Tell one body all it is to be told now; gives how many cases arrived."""
        arrived_now = 0
        while self._circuits[body].allows(self._clock()):
            batch, ends = await self._batch(body)
            arrived_now += sum(isinstance(end, Receipt) for end in ends)
            if len(batch) < BATCH:
                break
        return arrived_now

    def reaches(self, body: str) -> bool:
        """Whether the body's system took what it was last told, as far as anything was tried."""
        return not self._circuits[body].is_trying

    def _is_free(self, body: str, _: asyncio.Task[int]) -> None:
        del self._busy[body]

    async def _all_for(self, body: str) -> int:
        try:
            return await self.deliver(body)
        except Exception:  # left claimed, to be claimed again when the lease has ended
            log.exception("courier_failed", body=body)
            return 0

    async def _batch(self, body: str) -> tuple[Sequence[Claimed], Sequence[End]]:
        most = 1 if self._circuits[body].is_trying else BATCH
        async with self._db.write() as session:
            batch = await claim(session, self._db.vault, body, now=self._clock(), most=most)
        if not batch:
            return (), ()
        ends = await self._push(body, batch)
        self._judge(body, ends)
        for claimed, end in zip(batch, ends, strict=False):
            await self._note(body, claimed, end)
        if rest := batch[len(ends) :]:
            async with self._db.write() as session:
                await hand_back(session, rest)
        return batch, ends

    async def _push(self, body: str, batch: Sequence[Claimed]) -> Sequence[End]:
        try:
            return await self._adapters[body].push([claimed.parcel for claimed in batch])
        except Exception:  # an adapter's bug must not stop the other bodies
            log.exception("push_crashed", body=body)
            return [PushError(PushCode.UNREACHABLE)]

    def _judge(self, body: str, ends: Sequence[End]) -> None:
        circuit = self._circuits[body]
        for end in ends:
            # Whoever finds fault with a case is there.
            if isinstance(end, PushError) and end.retryable:
                circuit.failed(self._clock())
            else:
                circuit.succeeded()

    async def _note(self, body: str, claimed: Claimed, end: End) -> None:
        now = self._clock()
        async with self._db.write() as session:
            if isinstance(end, PushError):
                log.warning("push_failed", body=body, code=end.code.value)
                await missed(session, claimed, end, now=now)
            else:
                await arrived(session, self._db.vault, claimed, end.number, now=now)
