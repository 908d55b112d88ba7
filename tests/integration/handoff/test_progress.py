"""Whoever waits hears of their place when it has become half of what they were told, and no oftener."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from db.engine import Database
from handoff.models import Handoff
from handoff.progress import QueueNews
from handoff.queue import Ticket
from handoff.steps import Words
from tests.integration.handoff.chats import claim, step, waiting, words
from tests.integration.handoff.test_pace import served
from tests.integration.talk import NOON, Hands, answers


def news(db: Database, hands: Hands, staff: int = 1) -> QueueNews:
    async def there(session: AsyncSession) -> int:
        return staff

    def told(ticket: Ticket, wait: timedelta | None) -> Words:
        return words(f"{ticket.label} {ticket.ahead} {wait}")

    return QueueNews(db, there, told, clock=hands)


async def test_nothing_is_said_until_the_place_is_half_as_far(
    database: Database, hands: Hands
) -> None:
    talks = [(await waiting(database, f"u-{n}"))[0] for n in range(6)]
    told = []
    for number in range(1, 6):
        await claim(database, step(number, f"agent-{number}"))
        told.append(await news(database, hands).run())

    # The last had five before them: told at two and at none, not at four, three and one.
    assert [text.split()[1] for text in await answers(database, talks[5])] == ["2", "1", "0"]
    assert await news(database, hands).run() == 0


async def test_two_nodes_tell_it_once(database: Database, second: Database, hands: Hands) -> None:
    await waiting(database, "u-1")
    talk, _ = await waiting(database, "u-2")
    await claim(database, step(1))

    counts = await asyncio.gather(*(news(db, hands).run() for db in (database, second) * 2))

    assert sum(counts) == 1
    assert await answers(database, talk) == ["R-0002 0 None"]


async def test_the_wait_is_told_where_it_is_known(database: Database, hands: Hands) -> None:
    for n in range(10):
        await served(database, f"done-{n}", 6)
    await waiting(database, "u-1")
    talk, _ = await waiting(database, "u-2")
    await claim(database, step(11))
    hands.now = NOON + timedelta(minutes=30)

    await news(database, hands).run()

    assert await answers(database, talk) == ["R-0012 0 0:06:00"]


async def test_whoever_was_promised_an_hour_is_left_alone(
    database: Database, hands: Hands
) -> None:
    await waiting(database, "u-1")
    _, number = await waiting(database, "u-2")
    async with database.write() as session:
        await session.execute(
            update(Handoff).where(Handoff.number == number).values(answer_by=NOON)
        )
    await claim(database, step(1))

    assert await news(database, hands).run() == 0


async def test_whoever_is_pushed_back_is_not_told_so(database: Database, hands: Hands) -> None:
    await waiting(database, "u-1")
    await waiting(database, "u-2", urgent=True)

    assert await news(database, hands).run() == 0
