"""The way in: store first, say yes, think afterwards."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from conversations.bus import Bus, Changed
from conversations.history import Said
from conversations.inbox import Received, receive, unhandled
from core.clock import Clock
from core.messages import Direction, Message
from db.engine import Database

CLOSE_SECONDS = 2.0
LEFT_ALONE = timedelta(seconds=30)  # longer than any turn takes

log = structlog.get_logger(__name__)


class Inbox:
    """Takes messages from every channel and has their conversations answered."""

    def __init__(
        self,
        db: Database,
        bus: Bus,
        answer: Callable[[str], Awaitable[None]],
        *,
        clock: Clock,
    ) -> None:
        self._db = db
        self._bus = bus
        self._answer = answer
        self._clock = clock
        self._tasks: set[asyncio.Task[None]] = set()

    async def receive(self, message: Message) -> Received:
        """Store the message durably, once; when this returns it cannot be lost any more."""
        now = self._clock()
        received = await receive(self._db, message, now=now)
        if received.fresh:
            visitor = self._db.vault.digest(message.sender.channel, message.sender.user_id)
            await self._bus.publish(Changed(topic=visitor, kind="arrived"))
            said = _said(message, received, now)
            topic = received.conversation_id
            await self._bus.publish(Changed(topic=topic, kind="message", said=said))
        self.start(received.conversation_id)
        return received

    def start(self, conversation_id: str) -> asyncio.Task[None]:
        """Have the conversation answered in the background."""
        task = asyncio.create_task(self._guarded(conversation_id))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def answered(self, conversation_id: str, *, within: float) -> bool:
        """Whether nothing of the conversation is unanswered, after so many seconds at most.

        For platforms that wait for the answer; what takes longer goes on behind.
        """
        if within <= 0:
            return False
        # One after the other: this one ends when those before it have.
        done, _ = await asyncio.wait([self.start(conversation_id)], timeout=within)
        return bool(done)

    async def replay(self, *, older_than: timedelta | None = None) -> int:
        """Take up what was left unanswered; gives the number of conversations."""
        before = None if older_than is None else self._clock() - older_than
        async with self._db.read() as session:
            waiting = await unhandled(session, before=before)
        for conversation_id in waiting:
            self.start(conversation_id)
        return len(waiting)

    async def keep_up(self) -> None:
        """Until cancelled, come back to messages that a fault or a stopped node left waiting."""
        while True:
            await asyncio.sleep(LEFT_ALONE.total_seconds())
            try:
                await self.replay(older_than=LEFT_ALONE)
            except Exception:  # must outlive a database restart
                log.exception("replay_failed")

    async def close(self) -> None:
        """Let running turns end; what does not end in time is replayed at the next start."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=CLOSE_SECONDS)
            for task in late:
                task.cancel()

    async def _guarded(self, conversation_id: str) -> None:
        try:
            await self._answer(conversation_id)
        except Exception:  # stays unhandled in the database and is tried again
            log.exception("answer_failed", conversation=conversation_id)


def _said(message: Message, received: Received, now: datetime) -> Said:
    return Said(
        seq=received.seq,
        id=received.message_id,
        external_id=message.external_id,
        direction=Direction.INCOMING,
        author="citizen",
        text=message.text,
        reply=None,
        at=now,
        attachments=message.attachments,
    )
