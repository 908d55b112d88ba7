"""Alerts on their way: from the list into the outbox, no faster than the channels empty it.

The outbox holds few of them at a time, so that nobody's answer waits behind a hundred thousand
warnings. By day only; each batch is one commit, with what it queued and whom it queued it for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from alerts.lists import BATCH, enlist, wants
from alerts.models import Alert, AlertRecipient, AlertSubscription
from alerts.states import AlertState, Reached
from alerts.wording import replies
from conversations.broadcast import broadcast, hold_all, reachable
from conversations.outgoing import Saying
from conversations.waiting import unsent_of
from core.clock import AWAKE, SUZHOU, Clock
from db.encryption import Vault
from db.engine import Database

# The bot's own words, but not an answer: they stay true when a person takes the conversation over.
AUTHOR = "bot:alert"
# How many alerts of a channel may wait in the outbox; a second later it is filled up again.
ROOM = 150
PAUSE_SECONDS = 1.0
# How many of one channel one commit queues: short enough that nobody's turn waits for it.
FED = 200
WEEK = timedelta(days=7)
# Alerts that a subscriber gets in a week, corrections not counted.
CAP = 3
# An alert that waited longer warns of nothing any more.
LASTS = timedelta(hours=24)


class AlertSender:
    """Takes approved alerts to their subscribers, again and again."""

    def __init__(
        self, db: Database, *, clock: Clock, room: int = ROOM, batch: int = BATCH
    ) -> None:
        self._db = db
        self._clock = clock
        self._room = room
        self._batch = batch

    async def run(self) -> int:
        """Go on as long as the channels take more; gives how many alerts were queued."""
        queued = 0
        while more := await self.once():
            queued += more
            await asyncio.sleep(PAUSE_SECONDS)
        return queued

    async def once(self) -> int:
        """Complete the lists, then fill the outbox up; gives how many alerts were queued."""
        queued = 0
        for alert_id in await self._underway():
            while not await self._enlist(alert_id):
                pass
            if self._clock().astimezone(SUZHOU).hour in AWAKE:
                queued += await self._feed(alert_id)
        return queued

    async def _underway(self) -> Sequence[str]:
        query = select(Alert.id).where(
            Alert.state == AlertState.APPROVED, Alert.ended_at.is_(None)
        )
        async with self._db.read() as session:
            return (await session.scalars(query.order_by(Alert.number))).all()

    async def _enlist(self, alert_id: str) -> bool:
        """One batch; True when the list is whole."""
        async with self._db.write() as session:
            alert = await locked(session, alert_id)
            if alert.listed_at is None and alert.state == AlertState.APPROVED:
                await enlist(session, alert, now=self._clock(), batch=self._batch)
            return alert.listed_at is not None or alert.state != AlertState.APPROVED

    async def _feed(self, alert_id: str) -> int:
        queued = 0
        async with self._db.read() as session:
            there = await unsent_of(session, AUTHOR)
            query = select(AlertRecipient.channel).where(_waits(alert_id)).distinct()
            channels = (await session.scalars(query)).all()
        if not channels:
            await self._end(alert_id)
        for channel in channels:
            room = self._room - there.get(channel, 0)
            while room > 0:
                size = min(room, self._batch, FED)
                async with self._db.write() as session:
                    alert = await locked(session, alert_id)
                    done = await feed(
                        session, self._db.vault, alert, (channel, size), self._clock()
                    )
                queued += done[1]
                room -= done[1]
                if done[0] < size:
                    break
        return queued

    async def _end(self, alert_id: str) -> None:
        """Nobody waits any more."""
        async with self._db.write() as session:
            alert = await locked(session, alert_id)
            if alert.listed_at is not None and alert.ended_at is None:
                alert.ended_at = self._clock()


async def feed(
    session: AsyncSession, vault: Vault, alert: Alert, part: tuple[str, int], now: datetime
) -> tuple[int, int]:
    """Queue a locked alert for the next of a channel; gives how many were looked at and queued.

    ``part`` is the channel and how many at most. Who has had enough this week, has left or cannot be
    reached is noted as such; what waited too long goes to nobody.
    """
    channel, size = part
    waits = (_waits(alert.id), AlertRecipient.channel == channel)
    who = AlertRecipient.conversation_id
    next_ones = (await session.scalars(select(who).where(*waits).order_by(who).limit(size))).all()
    if not next_ones or alert.state != AlertState.APPROVED:
        return 0, 0
    await hold_all(session, next_ones)
    # Behind that lock: somebody may have been forgotten meanwhile.
    between = who.between(next_ones[0], next_ones[-1])
    to = (await session.scalars(select(who).where(*waits, between).order_by(who))).all()
    ends = await _ends(session, alert, to, now)
    chosen = [one for one in to if one not in ends]
    saying = Saying(author=AUTHOR, at=now)
    told = await broadcast(session, vault, replies(alert), chosen, saying)
    await _note(session, alert, ends | dict.fromkeys(told, Reached.QUEUED), told, now)
    return len(next_ones), len(told)


async def locked(session: AsyncSession, alert_id: str) -> Alert:
    """An alert as it stands now, changed by nobody else until this transaction ends."""
    query = select(Alert).where(Alert.id == alert_id).with_for_update()
    return (await session.scalars(query.execution_options(populate_existing=True))).one()


async def _ends(
    session: AsyncSession, alert: Alert, to: Sequence[str], now: datetime
) -> dict[str, Reached]:
    """Those who get nothing, and why; a correction goes to all who can be reached."""
    known = await reachable(session, to)
    ends = {one: Reached.LEFT for one in to if one not in known}
    if alert.corrects:
        return ends
    if alert.decided_at is not None and now - alert.decided_at > LASTS:
        return dict.fromkeys(to, Reached.LATE)
    mine = AlertSubscription.conversation_id
    wanting = set(await session.scalars(select(mine).where(mine.in_(to), wants(alert))))
    ends |= {one: Reached.LEFT for one in to if one not in wanting}
    who = AlertRecipient.conversation_id
    full = (
        select(who)
        .join(Alert, Alert.id == AlertRecipient.alert_id)
        .where(who.in_(to), AlertRecipient.queued_at > now - WEEK, Alert.corrects == "")
        .group_by(who)
        .having(func.count() >= CAP)
    )
    return dict.fromkeys(await session.scalars(full), Reached.CAPPED) | ends


async def _note(
    session: AsyncSession,
    alert: Alert,
    states: dict[str, Reached],
    told: dict[str, str],
    now: datetime,
) -> None:
    """Write down of each how far the alert has come with them."""
    if not states:
        return
    change = (
        update(AlertRecipient)
        .where(
            AlertRecipient.alert_id == alert.id,
            AlertRecipient.conversation_id == bindparam("who"),
        )
        .values(
            state=bindparam("reached"), message_id=bindparam("told"), queued_at=bindparam("at")
        )
    )
    rows = [
        {"who": who, "reached": state, "told": told.get(who), "at": now if who in told else None}
        for who, state in states.items()
    ]
    connection = await session.connection()
    await connection.execute(change, rows)


def _waits(alert_id: str) -> ColumnElement[bool]:
    return (AlertRecipient.alert_id == alert_id) & (AlertRecipient.state == Reached.WAITING)
