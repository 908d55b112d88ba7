"""Counts by hour, area and type, and nothing else; special forms count with their type."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import inspect, select

from alerts.baseline import DAY
from alerts.counting import HOUR, SHOWN_FROM, count, first_hour, history, hour_of, shown
from alerts.models import FraudCount
from db.engine import Database
from tests.integration.alerts.town import CITY, GUSU, NOW, counted_by, later


async def add(db: Database, *what: tuple[str, str, timedelta]) -> None:
    for kind, area, after in what:
        async with db.write() as session:
            await count(session, kind, area, now=NOW + after)


async def test_sightings_add_up_by_the_hour(database: Database) -> None:
    soon, next_hour = timedelta(minutes=59), timedelta(hours=1)
    nothing = timedelta()
    await add(
        database,
        ("brush", GUSU, nothing),
        ("brush", GUSU, soon),
        ("brush", GUSU, next_hour),
        ("loan", CITY, nothing),
        # A special form of one of the twelve, a type nobody knows and an area that is gone.
        ("ai_voice", GUSU, nothing),
        ("unknown", GUSU, nothing),
        ("brush", "999999", nothing),
    )

    axes = counted_by()
    async with database.read() as session:
        first = await first_hour(session)
        past = await history(session, axes, hour_of(NOW) - HOUR, 3)

    gusu, city = axes.areas.index(GUSU), axes.areas.index(CITY)
    brush, loan = axes.kinds.index("brush"), axes.kinds.index("loan")
    assert first == hour_of(NOW)
    assert past.counts[:, brush, gusu].tolist() == [0, 2, 1]
    assert past.counts[:, loan, city].tolist() == [0, 1, 0]
    family = axes.family("ai_voice")
    extra = 1 if family in axes.kinds else 0
    assert past.counts.sum() == 4 + extra
    # Monday, nine to eleven.
    assert past.slots.tolist() == [9, 10, 11]
    assert len(past.slots) < DAY


async def test_many_at_once_are_all_counted(database: Database, second: Database) -> None:
    async def one(db: Database) -> None:
        async with db.write() as session:
            await count(session, "brush", GUSU, now=later(minutes=5))

    await asyncio.gather(*(one(db) for db in (database, second) * 10))

    async with database.read() as session:
        [row] = await session.scalars(select(FraudCount))
    assert row.count == 20


async def test_the_table_has_room_for_nobody(database: Database) -> None:
    columns = {column.name for column in inspect(FraudCount).columns}

    assert columns == {"hour", "area", "fraud_type", "count"}


def test_small_counts_are_for_staff_only() -> None:
    assert [shown(SHOWN_FROM - 1), shown(SHOWN_FROM)] == [None, SHOWN_FROM]
