"""Looks at each hour once it is over, and drafts an alert for each surge it finds."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from alerts.baseline import fit
from alerts.counting import HOUR, Axes, History, first_hour, history, hour_of
from alerts.detection import WINDOWS, Surge, surges
from alerts.models import Alert
from alerts.states import AlertState
from alerts.wording import Names, drafted
from core.clock import Clock
from db.engine import Database

LEARNS_FROM = timedelta(weeks=8)
# Before that nobody knows what is usual.
LEARNS_FIRST = timedelta(weeks=2)
# One alert of an area and type a day, however long the surge lasts.
QUIET = timedelta(hours=24)


class SurgeWatch:
    """Finds surges in the counts of the last hours; knows no person, only areas and types."""

    def __init__(self, db: Database, axes: Axes, names: Names, *, clock: Clock) -> None:
        self._db = db
        self._axes = axes
        self._names = names
        self._clock = clock
        self._looked: datetime | None = None

    async def run(self) -> int:
        """Look at the hours up to the one that runs, unless that was done; gives how many were drafted."""
        now = self._clock()
        hour = hour_of(now)
        if hour == self._looked:
            return 0
        past = await self._history(hour)
        found = [] if past is None else await asyncio.to_thread(look, past)
        drafts = await self._draft(found, hour, now) if found else 0
        self._looked = hour
        return drafts

    async def _history(self, hour: datetime) -> History | None:
        async with self._db.read() as session:
            first = await first_hour(session)
            if first is None or hour - first < LEARNS_FIRST:
                return None
            begin = max(first, hour - LEARNS_FROM)
            return await history(session, self._axes, begin, (hour - begin) // HOUR)

    async def _draft(self, found: Sequence[Surge], hour: datetime, now: datetime) -> int:
        drafts = 0
        async with self._db.write() as session:
            for surge in found:
                alert = self._alert(surge, hour, now)
                if await _is_new(session, alert, now):
                    alert.number = await next_number(session)
                    alert.texts = drafted(alert, self._names)
                    session.add(alert)
                    await session.flush()
                    drafts += 1
        return drafts

    def _alert(self, surge: Surge, hour: datetime, now: datetime) -> Alert:
        return Alert(
            area=self._axes.areas[surge.area],
            fraud_type=self._axes.kinds[surge.kind],
            hour=hour - HOUR,
            hours=surge.hours,
            count=surge.count,
            expected=surge.expected,
            chance=surge.chance,
            state=AlertState.DRAFT,
            drafted_at=now,
        )


def look(past: History) -> list[Surge]:
    """The surges in the last hours of a history, by what the hours before them were like."""
    newest = max(WINDOWS)
    usual = fit(past.counts[:-newest], past.slots[:-newest])
    expected = usual.expected[past.slots[-newest:]]
    return surges(past.counts[-newest:], expected, usual.dispersion)


async def next_number(session: AsyncSession) -> int:
    """What staff will call the next alert."""
    return (await session.scalar(select(func.max(Alert.number))) or 0) + 1


async def _is_new(session: AsyncSession, alert: Alert, now: datetime) -> bool:
    """Whether nothing of this area and type was drafted within a day."""
    query = select(Alert.id).where(
        Alert.area == alert.area,
        Alert.fraud_type == alert.fraud_type,
        Alert.drafted_at > now - QUIET,
        Alert.corrects == "",
    )
    return await session.scalar(query.limit(1)) is None
