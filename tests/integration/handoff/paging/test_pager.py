"""The rota is called step by step until somebody takes the chat."""

from __future__ import annotations

import asyncio

import pytest

from core.effects import RequestHandoff
from db.engine import Database
from handoff import queue
from handoff.paging.pager import Pager
from tests.integration.handoff.chats import claim, give_back, step
from tests.integration.handoff.paging.calls import Beeper, plan_duty
from tests.integration.talk import NOON, Hands, message, store

ADDRESS = "https://chat.example.cn"


def pager(db: Database, hands: Hands, *ways: Beeper) -> Pager:
    return Pager(db, ways, address=ADDRESS, clock=hands)


async def in_danger(db: Database, user: str = "u-1") -> int:
    [received] = await store(db, message(user=user))
    wish = RequestHandoff(reason="emergency", urgent=True, page_at=NOON)
    async with db.write() as session:
        return (await queue.enter(session, received.conversation_id, wish, now=NOON)).number


@pytest.fixture
def beeper() -> Beeper:
    return Beeper()


async def test_it_escalates_every_two_minutes_until_somebody_comes(
    database: Database, hands: Hands, beeper: Beeper
) -> None:
    await plan_duty(database)
    number = await in_danger(database)
    calls = pager(database, hands, beeper)

    reached = [await calls.run()]
    for minutes in (1, 1, 2, 2):
        hands.pass_by(minutes=minutes)
        reached.append(await calls.run())
    await claim(database, step(number, "wang", at=hands.now))
    for _ in range(3):
        hands.pass_by(minutes=2)
        reached.append(await calls.run())

    assert reached == [1, 0, 2, 2, 2, 0, 0, 0]
    assert beeper.called[:3] == [("wang", 1), ("wang", 2), ("li", 2)]


async def test_a_call_says_where_and_why(database: Database, hands: Hands, beeper: Beeper) -> None:
    await plan_duty(database)
    await in_danger(database)
    hands.pass_by(minutes=3)

    await pager(database, hands, beeper).run()

    [page] = beeper.pages
    assert (page.label, page.reason, page.minutes) == ("R-0001", "emergency", 3)
    assert page.link == f"{ADDRESS}/console/chats/R-0001"


async def test_two_nodes_call_once(
    database: Database, second: Database, hands: Hands, beeper: Beeper
) -> None:
    await plan_duty(database)
    for n in range(3):
        await in_danger(database, f"u-{n}")

    await asyncio.gather(*(pager(db, hands, beeper).run() for db in (database, second) * 2))

    assert sorted(page.label for page in beeper.pages) == ["R-0001", "R-0002", "R-0003"]


async def test_one_way_that_fails_does_not_hold_up_the_other(
    database: Database, hands: Hands, beeper: Beeper
) -> None:
    await plan_duty(database)
    await in_danger(database)
    broken, deaf = Beeper(broken=True), Beeper(deaf={"wang"})

    assert await pager(database, hands, broken, deaf, beeper).run() == 1

    assert beeper.called == [("wang", 1)]


async def test_whoever_cannot_be_reached_is_passed_over_soon(
    database: Database, hands: Hands
) -> None:
    await plan_duty(database)
    await in_danger(database)
    deaf = Beeper(deaf={"wang"})
    calls = pager(database, hands, deaf)

    await calls.run()
    hands.pass_by(seconds=20)
    await calls.run()

    assert deaf.called == [("li", 2)]


async def test_without_a_plan_nobody_is_called(
    database: Database, hands: Hands, beeper: Beeper
) -> None:
    await in_danger(database)

    assert await pager(database, hands, beeper).run() == 0
    hands.pass_by(hours=1)
    assert await pager(database, hands, beeper).run() == 0


async def test_an_urgent_chat_that_comes_back_is_called_for_again(
    database: Database, hands: Hands, beeper: Beeper
) -> None:
    await plan_duty(database)
    number = await in_danger(database)
    await claim(database, step(number, "li", at=hands.now))
    await pager(database, hands, beeper).run()
    assert beeper.called == []

    await give_back(database, step(number, "li", at=hands.now))
    await pager(database, hands, beeper).run()

    assert beeper.called == [("wang", 1)]
