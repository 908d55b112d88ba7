"""A wait is told only where somebody is there and the pace is known."""

from __future__ import annotations

from datetime import timedelta

from bot.waits import expected_wait
from db.engine import Database
from tests.integration.console.staff import comes_in
from tests.integration.handoff.chats import claim, step, waiting
from tests.integration.handoff.test_pace import served
from tests.integration.talk import NOON, answers, make_engine, message, store

LATER = NOON + timedelta(minutes=30)


async def expected(db: Database, ahead: int) -> timedelta | None:
    async with db.read() as session:
        return await expected_wait(session, ahead, now=LATER)


async def test_with_nobody_there_or_little_known_nothing_is_told(database: Database) -> None:
    await comes_in(database, now=LATER)
    assert await expected(database, 0) is None

    for n in range(10):
        await served(database, f"done-{n}", 6)
    assert await expected(database, 0) == timedelta()


async def test_without_staff_a_known_pace_is_no_wait(database: Database) -> None:
    for n in range(10):
        await served(database, f"done-{n}", 6)

    assert await expected(database, 0) is None


async def test_who_asks_again_in_the_queue_is_told_the_place_and_the_wait(
    database: Database,
) -> None:
    for n in range(10):
        await served(database, f"done-{n}", 6)
    await comes_in(database, now=LATER)
    await waiting(database, "served")
    await claim(database, step(11, at=LATER))
    await waiting(database, "before")
    asked = [message(payload="human_handoff", user="u-9") for _ in range(2)]
    received = await store(database, *asked, now=LATER)

    await make_engine(database, clock=lambda: LATER).answer(received[0].conversation_id)

    first, again = await answers(database, received[0].conversation_id)
    assert "前面还有 1 位，大约要等 15 分钟" in first
    assert again.startswith("您的排号是 R-0013，前面还有 1 位，大约要等 15 分钟")
