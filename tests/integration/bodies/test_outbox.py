"""Claims are for one at a time, in order, and end as they were told to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bodies.errors import PushCode, PushError
from bodies.outbox import (
    BATCH,
    FIRST_WAIT,
    LONGEST_WAIT,
    Claimed,
    arrived,
    claim,
    hand_back,
    missed,
)
from cases.delivery import CaseDelivery
from cases.models import Case
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON
from tests.integration.cases.filings import officer, opened, take
from tests.integration.talk import NOON


async def claimed(
    db: Database, body: str = "gusu", now: datetime = NOON, most: int = BATCH
) -> list[Claimed]:
    async with db.write() as session:
        return await claim(session, db.vault, body, now=now, most=most)


async def row(db: Database, one: Claimed) -> CaseDelivery:
    async with db.read() as session:
        return await session.get_one(CaseDelivery, one.delivery_id)


async def test_what_one_has_claimed_no_other_gets(db: Database, second: Database) -> None:
    for _ in range(3):
        await opened(db, FILED, PASSED_ON)
    first, rest = await claimed(db, most=2), await claimed(second)

    assert [len(first), len(rest)] == [2, 1]
    assert await claimed(db) == []
    assert await claimed(db, "wuzhong") == []


async def test_what_was_not_tried_is_handed_back_untried(db: Database) -> None:
    await opened(db, FILED, PASSED_ON)
    [one] = await claimed(db)
    assert (await row(db, one)).tries == 1
    async with db.write() as session:
        await hand_back(session, [one])

    assert (await row(db, one)).tries == 0
    assert len(await claimed(db)) == 1


@pytest.mark.parametrize("tries", [1, 2, 5, 11])
async def test_each_wait_is_twice_the_last(db: Database, tries: int) -> None:
    await opened(db, FILED, PASSED_ON)
    now = NOON
    for _ in range(tries):
        [one] = await claimed(db, now=now)
        async with db.write() as session:
            await missed(session, one, PushError(PushCode.TIMEOUT), now=now)
        found = await row(db, one)
        waited, now = found.next_try_at - now, found.next_try_at

    assert waited == min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT)
    assert found.lease_until is None


async def test_a_step_while_it_is_on_its_way_is_told_afterwards(db: Database) -> None:
    made = await opened(db, FILED, PASSED_ON)
    [one] = await claimed(db)
    await take(db, made.case, officer("note", NOON, "有新情况"))
    async with db.write() as session:
        await arrived(session, db.vault, one, "GS-1", now=NOON)

    found = await row(db, one)
    assert (found.state, found.told, found.wanted, found.number) == ("queued", 3, 4, "GS1")
    [again] = await claimed(db)
    assert again.parcel.revision == 4


async def test_without_a_number_it_is_sent_and_not_yet_taken(db: Database) -> None:
    made = await opened(db, FILED, PASSED_ON)
    [one] = await claimed(db)
    async with db.write() as session:
        await arrived(session, db.vault, one, "", now=NOON)
        case = await session.get_one(Case, made.case.id, populate_existing=True)
        # A delivery is no step: whoever has the case open is not told that it changed.
        assert (case.delivery, case.version) == ("sent", made.case.version)


async def test_the_number_may_be_that_of_another_body_too(db: Database) -> None:
    for area in ("320508", "320506"):
        await opened(db, replace(FILED, district=area), PASSED_ON)
    for body in ("gusu", "wuzhong"):
        [one] = await claimed(db, body, now=NOON + timedelta(seconds=1))
        async with db.write() as session:
            await arrived(session, db.vault, one, "7", now=NOON)
        assert (await row(db, one)).number == "7"
