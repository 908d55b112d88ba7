"""A chat stays with whoever gives a sign, and answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from db.engine import Database
from handoff import desk
from handoff.leases import GRAIN, LEASE, PATIENCE, is_due, renew, unanswered_since
from tests.integration.handoff.chats import claim, give_back, reply, step, waiting
from tests.integration.talk import NOON, message, store

MINUTE = timedelta(minutes=1)


async def keep(db: Database, number: int, now: datetime, agent: str = "王") -> bool:
    async with db.write() as session:
        return await renew(session, number, agent=agent, now=now)


async def until(db: Database, number: int) -> datetime | None:
    async with db.read() as session:
        return (await desk.find(session, number)).lease_until


async def test_a_sign_keeps_it_for_another_lease(database: Database) -> None:
    _, number = await waiting(database)
    await claim(database, step(number))

    assert await keep(database, number, NOON + 2 * MINUTE)

    assert await until(database, number) == NOON + 2 * MINUTE + LEASE


async def test_nobody_else_can_keep_it(database: Database) -> None:
    _, number = await waiting(database)
    assert not await keep(database, number, NOON)
    await claim(database, step(number))

    assert not await keep(database, number, NOON + MINUTE, "李")
    assert not await keep(database, number + 1, NOON + MINUTE)

    assert await until(database, number) == NOON + LEASE
    await give_back(database, step(number))
    assert not await keep(database, number, NOON + MINUTE)


async def test_a_page_left_open_is_not_enough(database: Database) -> None:
    _, number = await waiting(database)
    await claim(database, step(number))

    assert await keep(database, number, NOON + PATIENCE - MINUTE)
    assert not await keep(database, number, NOON + PATIENCE)

    await reply(database, step(number, at=NOON + PATIENCE))
    assert await keep(database, number, NOON + 3 * PATIENCE)


async def test_the_citizen_waits_from_their_first_word_after_the_last_answer(
    database: Database,
) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number))

    async def since() -> datetime | None:
        async with database.read() as session:
            return await unanswered_since(session, talk, NOON)

    assert await since() == NOON
    await reply(database, step(number, at=NOON + MINUTE))
    assert await since() is None
    for n in (2, 3):
        await store(database, message("还有"), now=NOON + n * MINUTE)
    assert await since() == NOON + 2 * MINUTE
    await reply(database, step(number, at=NOON + 4 * MINUTE))
    assert await since() is None


@pytest.mark.parametrize(
    ("left", "due"), [(LEASE, False), (LEASE - GRAIN, False), (MINUTE, True), (-MINUTE, True)]
)
def test_it_is_renewed_when_a_good_part_is_over(left: timedelta, *, due: bool) -> None:
    assert is_due(NOON + left, now=NOON) is due


def test_what_nobody_has_is_not_renewed() -> None:
    assert not is_due(None, now=NOON)
