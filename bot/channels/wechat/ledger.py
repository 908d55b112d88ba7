"""What may still be pushed to a citizen, kept in the database for all nodes."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.channels.base import SendCode, SendError
from bot.channels.wechat.pieces import CAPABILITIES
from conversations.allowances import Cause, Grant, exhaust, spend, standing
from conversations.offers import offered
from conversations.waiting import follows
from core.clock import Clock
from db.engine import Database

# By WeChat's tables of 2023: five in 48 hours for a message, three in a minute for an event.
FOR_MESSAGE = (CAPABILITIES.push_quota or 0, CAPABILITIES.push_window or timedelta())
FOR_EVENT = (3, timedelta(minutes=1))


class Ledger:
    """Looks up and counts; ``may_push`` is false for accounts without the customer-service API."""

    def __init__(self, db: Database, *, clock: Clock, may_push: bool = True) -> None:
        self._db = db
        self._clock = clock
        self._may_push = may_push

    async def left(self, conversation_id: str) -> int:
        """How many may be sent now, at least one; raises ``SendError`` where none may."""
        async with self._db.read() as session:
            found = await standing(session, conversation_id, now=self._clock())
        if found.until is None or not self._may_push:
            raise SendError(SendCode.WINDOW_CLOSED)
        if not found.left:
            raise SendError(SendCode.QUOTA_SPENT)
        return found.left

    async def spent(self, conversation_id: str) -> None:
        """One was sent."""
        async with self._db.write() as session:
            await spend(session, conversation_id, now=self._clock())

    async def refused(self, conversation_id: str) -> None:
        """WeChat says that none is left."""
        async with self._db.write() as session:
            await exhaust(session, conversation_id)

    async def follows(self, conversation_id: str, seq: int) -> bool:
        """Whether more is to be sent there behind number ``seq``."""
        async with self._db.read() as session:
            return await follows(session, conversation_id, seq=seq)

    async def offered(self, conversation_id: str, seq: int) -> int:
        """How many options the citizen has before message number ``seq``."""
        async with self._db.read() as session:
            return len(await offered(session, self._db.vault, conversation_id, before=seq))


def granted(cause: Cause, at: datetime) -> Grant:
    """What a citizen's act at that moment lets us send."""
    count, window = FOR_MESSAGE if cause is Cause.MESSAGE else FOR_EVENT
    return Grant(cause=cause, count=count, until=at + window)
