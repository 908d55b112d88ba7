"""The plan in the database: the newest is in force, nobody overwrites what they have not seen."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from db.engine import Database
from handoff.duty import plans
from handoff.duty.plans import Version
from handoff.errors import FaultyPlan, Outdated
from handoff.models import DutyPlan
from tests.integration.talk import NOON

PLAN = "teams:\n  - {name: 综合岗, hours: [工作日 09:00-12:00]}\n"


def version(number: int, text: str = PLAN) -> Version:
    return Version(number=number, text=text, author="wang", saved_at=NOON)


async def save(db: Database, new: Version) -> None:
    async with db.write() as session:
        await plans.save(session, db.vault, new)


async def current(db: Database) -> Version | None:
    async with db.read() as session:
        return await plans.current(session, db.vault)


async def test_at_first_there_is_none_then_the_newest(database: Database) -> None:
    assert await current(database) is None

    await save(database, version(1))
    await save(database, version(2, PLAN.replace("综合岗", "前台")))

    found = await current(database)
    assert found is not None
    assert (found.number, found.author, found.saved_at) == (2, "wang", NOON)
    assert found.plan.teams[0].name == "前台"


async def test_a_faulty_plan_is_not_kept(database: Database) -> None:
    with pytest.raises(FaultyPlan):
        await save(database, version(1, "teams: []"))

    assert await current(database) is None


@pytest.mark.parametrize("number", [1, 3])
async def test_who_has_not_seen_the_newest_saves_nothing(database: Database, number: int) -> None:
    await save(database, version(1))

    with pytest.raises(Outdated):
        await save(database, version(number))


async def test_of_two_at_once_one_is_kept(database: Database, second: Database) -> None:
    ends = await asyncio.gather(
        *(save(db, version(1)) for db in (database, second)), return_exceptions=True
    )

    assert [type(end) for end in ends if end is not None] == [Outdated]


async def test_addresses_of_staff_are_sealed(database: Database) -> None:
    await save(database, version(1, PLAN + "people: {li: {mail: li@example.com}}"))

    async with database.read() as session:
        stored = (await session.scalars(select(DutyPlan.text_sealed))).one()
    assert "example.com" not in stored


async def test_a_plan_that_a_release_has_outgrown_is_as_good_as_none(database: Database) -> None:
    async with database.read() as session:
        assert await plans.in_force(session, database.vault) is None
    await save(database, version(1))
    async with database.read() as session:
        assert await plans.in_force(session, database.vault) == version(1).plan

    async with database.write() as session:
        old = DutyPlan(
            number=2, text_sealed=database.vault.seal("teams: []"), author="a", saved_at=NOON
        )
        session.add(old)
    async with database.read() as session:
        assert await plans.in_force(session, database.vault) is None
