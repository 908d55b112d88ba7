"""The relay: the only one who hands messages to platforms."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from bot.channels.base import Channel, Outgoing, SendCode, SendError
from bot.enclosures import Enclosures, Files
from conversations.outbox import (
    BATCH,
    Delivery,
    DeliveryStatus,
    claim,
    hand_back,
    note_parts,
    postpone,
    recover,
    settle,
)
from core.clock import Clock
from db.engine import Database

IDLE_SECONDS = 1.0
MAX_ATTEMPTS = 8
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=10)
# The citizen's next word ends it sooner; this is for words that never came to us.
WAIT_FOR_CITIZEN = timedelta(days=1)
RECOVER_EVERY = 30
PATIENCE_SECONDS = 0.1
SENDING_LIMIT = 200  # chats of one channel at a time; others are not held up by its standstill

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Basket:
    """What a batch has sent, to be written down together; who comes late writes for himself."""

    sent: list[Delivery] = field(default_factory=list)
    late: bool = False


class Relay:
    """Claims due deliveries, sends each conversation's in order, writes down how it ended."""

    def __init__(
        self,
        db: Database,
        channels: Mapping[str, Channel],
        *,
        clock: Clock,
        files: Files | None = None,
    ) -> None:
        self._db = db
        self._channels = channels
        self._clock = clock
        self._enclosures = Enclosures(files)
        self._wake = asyncio.Event()
        self._sending: dict[asyncio.Task[None], str] = {}
        self.history = frozenset(n for n, c in channels.items() if c.capabilities.history)

    def wake(self) -> None:
        """Something new waits."""
        self._wake.set()

    async def run(self) -> None:
        """Work until cancelled; a failing database is waited out."""
        try:
            for cycle in itertools.count():
                try:
                    if cycle % RECOVER_EVERY == 0:
                        await self.recover()
                    while await self.once() >= BATCH:
                        pass
                except Exception:  # the loop must outlive a database restart
                    log.exception("relay_failed")
                await self._pause()
        finally:
            for task in self._sending:
                task.cancel()

    async def recover(self) -> None:
        """Settle what an earlier crash left half sent."""
        names = [n for n, c in self._channels.items() if c.capabilities.repeatable]
        async with self._db.write() as session:
            await recover(session, now=self._clock(), repeatable=names)

    async def once(self) -> int:
        """Send one batch; gives how many were claimed.

        A chat that takes long goes on by itself, so that nobody waits for another's platform.
        """
        names = self._free_channels()
        if not names:
            return 0
        async with self._db.write() as session:
            batch = await claim(session, self._db.vault, names, now=self._clock())
        if not batch:
            return 0
        threads = itertools.groupby(
            sorted(batch, key=_thread_order), key=lambda d: d.conversation_id
        )
        basket = Basket()
        sending = [self._start(list(thread), basket) for _, thread in threads]
        await asyncio.wait(sending, timeout=PATIENCE_SECONDS)
        basket.late = True
        await self._write_sent(basket.sent)
        return len(batch)

    def _free_channels(self) -> list[str]:
        busy = Counter(self._sending.values())
        return [name for name in self._channels if busy[name] < SENDING_LIMIT]

    def _start(self, thread: Sequence[Delivery], basket: Basket) -> asyncio.Task[None]:
        task = asyncio.create_task(self._deliver(thread, basket))
        self._sending[task] = thread[0].channel
        task.add_done_callback(self._sending.pop)
        return task

    async def _deliver(self, thread: Sequence[Delivery], basket: Basket) -> None:
        try:
            sent = await self._send_thread(thread)
            if not basket.late:
                basket.sent.extend(sent)
                return
            await self._write_sent(sent)
        except Exception:  # left wired, for recover() to decide on when the lease has ended
            log.exception("relay_failed")
        # What came meanwhile waited behind these.
        self.wake()

    async def _send_thread(self, deliveries: Sequence[Delivery]) -> list[Delivery]:
        """Send in order; what follows a failure waits for it. Gives what was sent."""
        sent = []
        for index, delivery in enumerate(deliveries):
            if delivery.stale:
                await self._settle([delivery], DeliveryStatus.FAILED, "stale")
                continue
            try:
                await self._send(delivery)
            except SendError as error:
                await self._failed(delivery, deliveries[index + 1 :], error)
                break
            except Exception:  # an adapter's bug must not stop the other chats
                log.exception("send_crashed", channel=delivery.channel)
                crashed = SendError(SendCode.CONNECTION_FAILED)
                await self._failed(delivery, deliveries[index + 1 :], crashed)
                break
            sent.append(delivery)
        return sent

    async def _send(self, delivery: Delivery) -> None:
        channel = self._channels[delivery.channel]
        await self._enclosures.send(channel, _outgoing(delivery))

    async def _failed(
        self, delivery: Delivery, rest: Sequence[Delivery], error: SendError
    ) -> None:
        log.warning("send_failed", channel=delivery.channel, code=error.code.value)
        now = self._clock()
        until = now
        async with self._db.write() as session:
            if error.parts_sent is not None:
                await note_parts(session, delivery.id, error.parts_sent)
            if error.waits:
                until = now + WAIT_FOR_CITIZEN
                await hand_back(session, [delivery.id], until=until, error_code=error.code)
            elif error.retryable and delivery.attempts < MAX_ATTEMPTS:
                wait = error.retry_after or min(FIRST_WAIT * 2**delivery.attempts, LONGEST_WAIT)
                until = now + wait
                await postpone(session, delivery.id, until=until, error_code=error.code)
            else:
                await settle(session, [delivery.id], DeliveryStatus.FAILED, error_code=error.code)
            if rest:
                await hand_back(session, [d.id for d in rest], until=until)
        self.wake()

    async def _write_sent(self, sent: Sequence[Delivery]) -> None:
        if sent:
            await self._settle(sent, DeliveryStatus.SENT)

    async def _settle(
        self,
        deliveries: Sequence[Delivery],
        status: DeliveryStatus,
        code: str | None = None,
    ) -> None:
        async with self._db.write() as session:
            await settle(session, [d.id for d in deliveries], status, error_code=code)

    async def _pause(self) -> None:
        try:
            # Not wait_for: until Python 3.12 it drops a cancellation that meets a wake.
            async with asyncio.timeout(IDLE_SECONDS):
                await self._wake.wait()
        except TimeoutError:
            return
        finally:
            self._wake.clear()


def _thread_order(delivery: Delivery) -> tuple[str, int]:
    return (delivery.conversation_id, delivery.seq)


def _outgoing(delivery: Delivery) -> Outgoing:
    return Outgoing(
        delivery_id=delivery.id,
        conversation_id=delivery.conversation_id,
        to=delivery.to,
        seq=delivery.seq,
        reply=delivery.reply,
        said=delivery.said,
        parts_sent=delivery.parts_sent,
    )
