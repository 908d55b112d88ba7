"""Reports: once a person, without effect before staff have looked, appealed, over after half a year."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from antifraud.errors import NoReason, NoSuchThing
from antifraud.models import ReportedThing, ThingReport
from antifraud.reports import (
    A_DAY,
    LISTED_FOR,
    MOST_KEPT,
    RESTS,
    Decision,
    ReportDesk,
    Sheet,
    State,
    appeal,
    forget,
    report,
)
from core.knowledge import ListedThing
from db.engine import Database

NOW = datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
NUMBER = "13900000001"
YES = Decision(listed=True, by="李", reason="两人举报，已核实")
NO = Decision(listed=False, by="李", reason="是商家的客服")


def desk(db: Database, after: timedelta = timedelta()) -> ReportDesk:
    return ReportDesk(db, clock=lambda: NOW + after)


async def told(
    db: Database, who: str, text: str = NUMBER, *, after: timedelta = timedelta()
) -> int:
    async with db.write() as session:
        return await report(session, db.vault, text, contact_id=who, now=NOW + after)


async def only(db: Database) -> Sheet:
    async with db.read() as session:
        (number,) = await session.scalars(select(ReportedThing.number))
    sheets = [s for state in State for s in await desk(db).listing(state)]
    return next(s for s in sheets if s.number == number)


async def test_one_person_counts_once_and_spelling_does_not_matter(database: Database) -> None:
    assert await told(database, "a") == 1
    assert await told(database, "a", "+86 139-0000-0001") == 0
    assert await told(database, "b", "139 0000 0001") == 1

    sheet = await only(database)
    assert (sheet.key, sheet.reporters, sheet.state) == (NUMBER, 2, State.NEW)


async def test_it_acts_on_a_check_only_once_staff_have_confirmed_it(database: Database) -> None:
    await told(database, "a")
    assert await desk(database).listed(NUMBER) == ()

    sheet = await desk(database).decide((await only(database)).number, YES)
    assert (sheet.state, sheet.expires_at) == (State.LISTED, NOW + LISTED_FOR)
    listed = (ListedThing(sort="phone", quote=NUMBER, on=NOW.date()),)
    assert await desk(database).listed(f"是 {NUMBER} 打来的") == listed
    assert await desk(database).listed("13900000002") == ()
    assert await desk(database, LISTED_FOR).listed(NUMBER) == ()


async def test_a_thousand_reports_within_the_hour_change_nothing(database: Database) -> None:
    for number in range(MOST_KEPT + 20):
        await told(database, f"citizen {number}")

    assert await desk(database).listed(NUMBER) == ()
    sheet = await only(database)
    assert (sheet.reporters, sheet.is_hurried) == (MOST_KEPT, True)
    await desk(database).decide(sheet.number, NO)
    await told(database, "one more", after=timedelta(hours=1))
    assert await desk(database).listing() == ()
    assert await desk(database).listed(NUMBER) == ()


async def test_one_person_reports_only_so_much_a_day(database: Database) -> None:
    noted = [await told(database, "a", f"139000001{number:02d}") for number in range(A_DAY + 5)]
    later = await told(database, "a", after=timedelta(days=1, seconds=1))

    assert (sum(noted), later) == (A_DAY, 1)


async def test_many_at_once_are_all_counted(database: Database) -> None:
    await asyncio.gather(*(told(database, f"citizen {n}") for n in range(8)))

    assert (await only(database)).reporters == 8


async def test_an_appeal_puts_it_first_and_leaves_it_listed_until_staff_decide(
    database: Database,
) -> None:
    for who in ("a", "b"):
        await told(database, who, "13900000002")
    await told(database, "a")
    waiting = await desk(database).listing()
    assert [s.key for s in waiting] == ["13900000002", NUMBER]
    await desk(database).decide(waiting[1].number, YES)
    async with database.write() as session:
        assert await appeal(session, database.vault, NUMBER, why="我家的店", now=NOW) == 1
        assert await appeal(session, database.vault, "13900000002", why="不在", now=NOW) == 0

    first, _ = await desk(database).listing()
    assert (first.key, first.appeal) == (NUMBER, "我家的店")
    assert len(await desk(database).listed(NUMBER)) == 1
    after = await desk(database).decide(first.number, NO)
    assert (after.state, after.appeal) == (State.DISMISSED, None)
    assert await desk(database).listed(NUMBER) == ()


@pytest.mark.parametrize(
    ("decision", "passed", "back"),
    [
        (NO, RESTS - timedelta(days=1), False),
        (NO, RESTS, True),
        (YES, LISTED_FOR - timedelta(days=1), False),
        (YES, LISTED_FOR, True),
    ],
)
async def test_what_was_decided_comes_back_in_its_time(
    database: Database, decision: Decision, passed: timedelta, *, back: bool
) -> None:
    await told(database, "a")
    await desk(database).decide((await only(database)).number, decision)
    await told(database, "b", after=passed)

    assert bool(await desk(database).listing()) is back


async def test_a_decision_wants_a_reason_and_a_thing(database: Database) -> None:
    with pytest.raises(NoSuchThing):
        await desk(database).decide(7, YES)
    with pytest.raises(NoReason):
        await desk(database).decide(7, Decision(listed=True, by="李", reason=" "))


async def test_neither_number_nor_person_can_be_read_and_a_person_can_be_forgotten(
    database: Database,
) -> None:
    await told(database, "a")
    async with database.read() as session:
        row = (await session.scalars(select(ReportedThing))).one()
        signed = (await session.scalars(select(ThingReport))).one()
    assert NUMBER not in f"{row.digest}{row.key_sealed}"
    assert signed.reporter != "a"

    async with database.write() as session:
        await forget(session, database.vault, "a")
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(ThingReport)) == 0
    assert (await only(database)).reporters == 1
