"""Calls are kept with what they are for; each is made by one process, and they end."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from sqlalchemy import func, select

from db.engine import Database
from handoff.models import Handoff, HandoffPage
from handoff.paging.calls import (
    ESCALATES_AFTER,
    LEASE,
    MOST_STEPS,
    TRIED_AGAIN_AFTER,
    Call,
    call_out,
    called_for,
    claim_due,
    end,
)
from tests.integration.handoff.chats import claim, step, waiting
from tests.integration.talk import NOON

MINUTE = timedelta(minutes=1)


async def ask(db: Database, number: int, *, at: datetime = NOON) -> None:
    async with db.write() as session:
        handoff_id = await session.scalar(select(Handoff.id).where(Handoff.number == number))
        assert handoff_id is not None
        await call_out(session, handoff_id, at=at)


async def due(db: Database, *, now: datetime = NOON) -> list[Call]:
    async with db.write() as session:
        return await claim_due(session, now=now)


async def made(db: Database, call: Call, *names: str, again: bool = True) -> None:
    async with db.write() as session:
        await end(session, call, names, now=NOON, again=again)


async def test_a_call_is_due_at_its_time_and_for_one_alone(
    database: Database, second: Database
) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number, at=NOON + MINUTE)

    assert await due(database) == []
    found = await asyncio.gather(*(due(db, now=NOON + MINUTE) for db in (database, second) * 3))

    [call] = [one for some in found for one in some]
    assert (call.number, call.step, call.reason, call.wanted) == (number, 0, "citizen", True)


async def test_whoever_died_while_calling_is_followed_by_another(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number)
    [first] = await due(database)

    assert await due(database, now=NOON + LEASE - MINUTE / 2) == []
    assert [again.id for again in await due(database, now=NOON + LEASE)] == [first.id]


async def test_the_next_step_follows_after_two_minutes(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number)
    [first] = await due(database)
    await made(database, first, "wang", "li")

    assert await due(database, now=NOON + ESCALATES_AFTER - MINUTE) == []
    [then] = await due(database, now=NOON + ESCALATES_AFTER)
    assert then.step == 1
    async with database.read() as session:
        assert [c.names for c in await called_for(session, number)] == ["wang li"]


async def test_where_nobody_was_reached_it_does_not_wait(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number)
    [first] = await due(database)
    await made(database, first)

    assert [c.step for c in await due(database, now=NOON + TRIED_AGAIN_AFTER)] == [1]
    async with database.read() as session:
        assert await called_for(session, number) == []


async def test_a_chat_that_was_taken_is_not_wanted_any_more(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number)
    await claim(database, step(number))

    assert [call.wanted for call in await due(database)] == [False]


async def test_asking_again_makes_it_no_later_and_no_second_call(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    for late in (2, 1, 5):
        await ask(database, number, at=NOON + late * MINUTE)

    async with database.read() as session:
        assert list(await session.scalars(select(HandoffPage.due_at))) == [NOON + MINUTE]


async def test_it_comes_to_an_end(database: Database) -> None:
    _, number = await waiting(database, urgent=True)
    await ask(database, number)
    for _ in range(MOST_STEPS):
        [call] = await due(database, now=NOON + timedelta(days=1))
        await made(database, call, "wang")

    assert await due(database, now=NOON + timedelta(days=2)) == []
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(HandoffPage)) == MOST_STEPS
