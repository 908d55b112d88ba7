"""Each hour is looked at once; a surge drafts one alert a day, and sends nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import insert, select

from alerts.counting import HOUR
from alerts.models import Alert, FraudCount
from alerts.watching import SurgeWatch
from db.engine import Database
from tests.integration.alerts.town import (
    CITY,
    GUSU,
    NOW,
    called,
    counted_by,
    desk,
    sender,
    subscriber,
)

KINDS = ("brush", "cs", "invest", "loan")


async def past(db: Database, weeks: int, *, until: datetime = NOW) -> None:
    """Ordinary weeks up to an hour."""
    hours = weeks * 168
    drawn = np.random.default_rng(3).poisson(0.6, (hours, len(KINDS), 2))
    rows = [
        {
            "hour": until - (hours - hour) * HOUR,
            "area": area,
            "fraud_type": kind,
            "count": int(drawn[hour, k, a]),
        }
        for hour in range(hours)
        for k, kind in enumerate(KINDS)
        for a, area in enumerate((GUSU, CITY))
        if drawn[hour, k, a]
    ]
    async with db.write() as session:
        await session.execute(insert(FraudCount), rows)


async def surge(db: Database, hour: datetime, count: int = 14, kind: str = "invest") -> None:
    async with db.write() as session:
        row = await session.get(FraudCount, (hour, GUSU, kind))
        if row is None:
            row = FraudCount(hour=hour, area=GUSU, fraud_type=kind, count=0)
            session.add(row)
        row.count += count


def watch(db: Database, now: datetime) -> SurgeWatch:
    return SurgeWatch(db, counted_by(), called(), clock=lambda: now)


async def alerts(db: Database) -> list[Alert]:
    async with db.read() as session:
        return list(await session.scalars(select(Alert).order_by(Alert.number)))


async def test_a_surge_drafts_one_alert_a_day(database: Database) -> None:
    await past(database, 3)
    await subscriber(database, "a")
    await surge(database, NOW - HOUR)
    looks = watch(database, NOW + timedelta(minutes=1))

    assert [await looks.run() for _ in range(2)] == [1, 0]
    [alert] = await alerts(database)
    assert (alert.area, alert.fraud_type, alert.hour, alert.state) == (
        GUSU,
        "invest",
        NOW - HOUR,
        "draft",
    )
    assert alert.count >= 14
    assert alert.expected < 4
    assert await sender(database).once() == 0

    # After a restart the same hour is looked at again, and the surge goes on.
    assert await watch(database, NOW + timedelta(minutes=2)).run() == 0
    await surge(database, NOW)
    assert await watch(database, NOW + HOUR).run() == 0
    await desk(database).drop(alert.number, by="王")
    await surge(database, NOW + 24 * HOUR)
    assert await watch(database, NOW + 25 * HOUR).run() == 1


async def test_ordinary_hours_draft_nothing(database: Database) -> None:
    await past(database, 3)

    assert await watch(database, NOW).run() == 0


async def test_before_two_weeks_nobody_knows_what_is_usual(database: Database) -> None:
    assert await watch(database, NOW).run() == 0
    await past(database, 1)
    await surge(database, NOW - HOUR, 50)

    assert await watch(database, NOW).run() == 0
    assert await alerts(database) == []
