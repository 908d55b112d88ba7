"""Who has not reported is asked once, on the afternoon of a workday."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from db.engine import Database
from tests.integration.cases.appointments.bookings import heard
from tests.integration.cases.grids.workers import NOW, desk, tell, worker

FOUR = NOW + timedelta(hours=1)


async def test_the_missing_are_asked_once(database: Database, second: Database) -> None:
    one, first = await worker(database, "1网格")
    two, _ = await worker(database, "2网格")
    await desk(database).add("没有人的网格", "320508")
    await tell(database, one, first)

    assert await desk(database).keep(FOUR - timedelta(minutes=1)) == 0
    asked = await asyncio.gather(*(desk(db).keep(FOUR) for db in (database, second)))
    assert sum(asked) == 1
    assert await desk(database).keep(FOUR + timedelta(hours=2)) == 0
    assert await heard(database, one) == []
    [told] = await heard(database, two)
    assert told.startswith("2网格今天的排查还没有报")
    assert "不是法律规定" in told


async def test_nobody_is_asked_on_a_rest_day_and_again_on_the_next_workday(
    database: Database,
) -> None:
    await worker(database, "1网格")

    assert await desk(database).keep(FOUR + timedelta(days=5)) == 0
    assert await desk(database).keep(FOUR) == 1
    assert await desk(database).keep(FOUR + timedelta(days=1)) == 1
