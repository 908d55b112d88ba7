"""The pace is that of the last chats that staff have closed, and none of too few."""

from __future__ import annotations

from datetime import datetime, timedelta

from db.engine import Database
from handoff.pace import FEWEST_CHATS, LONGEST, LOOK_BACK, Pace, pace
from tests.integration.handoff.chats import claim, close, step, waiting
from tests.integration.talk import NOON

MINUTE = timedelta(minutes=1)


async def served(db: Database, name: str, minutes: float) -> None:
    _, number = await waiting(db, name)
    await claim(db, step(number))
    await close(db, step(number, at=NOON + minutes * MINUTE))


async def found(db: Database, now: datetime = NOON + 60 * MINUTE) -> Pace:
    async with db.read() as session:
        return await pace(session, now=now)


async def test_of_too_few_chats_nothing_is_known(database: Database) -> None:
    for n in range(FEWEST_CHATS - 1):
        await served(database, f"u-{n}", 5)

    assert await found(database) == Pace(handling=None, busy=0)


async def test_the_average_counts_and_a_forgotten_chat_little(database: Database) -> None:
    for n in range(FEWEST_CHATS - 1):
        await served(database, f"u-{n}", 5)
    await served(database, "forgotten", 24 * 60)

    mean = (5 * MINUTE * (FEWEST_CHATS - 1) + LONGEST) / FEWEST_CHATS
    assert (await found(database, NOON + timedelta(days=2))).handling == mean


async def test_what_is_long_ago_or_was_never_taken_does_not_count(database: Database) -> None:
    for n in range(FEWEST_CHATS):
        await served(database, f"u-{n}", 5)
    _, untaken = await waiting(database, "untaken")
    await close(database, step(untaken, at=NOON + MINUTE))

    assert (await found(database)).handling == 5 * MINUTE
    assert (await found(database, NOON + LOOK_BACK + 5 * MINUTE)).handling is None


async def test_who_is_being_served_is_counted(database: Database) -> None:
    for n in range(3):
        await waiting(database, f"u-{n}")
    for number in (1, 2):
        await claim(database, step(number, f"agent-{number}"))

    assert (await found(database)).busy == 2
