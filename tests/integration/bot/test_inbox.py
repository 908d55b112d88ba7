"""What is received is safe, and is answered in the end."""

from __future__ import annotations

import asyncio

import pytest

import bot.inbox
from bot.background import background
from bot.inbox import Inbox
from conversations.bus import MemoryBus
from conversations.inbox import unhandled
from db.engine import Database
from tests.integration.talk import NOON, Hands, answers, make_engine, message, store


class Answerer:
    """Answers through an engine, after as many failures as told."""

    def __init__(self, db: Database, *, failures: int = 0) -> None:
        self.asked: list[str] = []
        self._failures = failures
        self._engine = make_engine(db)

    async def __call__(self, conversation_id: str) -> None:
        self.asked.append(conversation_id)
        if len(self.asked) <= self._failures:
            raise RuntimeError("the database restarts")
        await self._engine.answer(conversation_id)


async def settled(inbox: Inbox) -> None:
    """Until the answering that was started is over."""
    while inbox._tasks:
        await asyncio.wait(inbox._tasks)


async def test_received_is_answered_in_the_background(database: Database, hands: Hands) -> None:
    inbox = Inbox(database, MemoryBus(), Answerer(database), clock=hands)

    received = await inbox.receive(message())
    await settled(inbox)

    assert received.fresh
    assert len(await answers(database, received.conversation_id)) == 1


async def test_repeats_at_once_get_one_answer(database: Database, hands: Hands) -> None:
    inbox = Inbox(database, MemoryBus(), Answerer(database), clock=hands)
    same = message(external_id="once")

    received = await asyncio.gather(*(inbox.receive(same) for _ in range(10)))
    await settled(inbox)

    assert sum(r.fresh for r in received) == 1
    assert len(await answers(database, received[0].conversation_id)) == 1


async def test_arrival_is_told_to_the_visitors_pages_once(
    database: Database, hands: Hands
) -> None:
    bus = MemoryBus()
    inbox = Inbox(database, bus, Answerer(database), clock=hands)
    async with bus.subscribe(database.vault.digest("web", "u-1")) as queue:
        for _ in range(2):
            await inbox.receive(message(external_id="once"))
        assert [queue.get_nowait().kind] == ["arrived"]
        assert queue.empty()
    await settled(inbox)


async def test_what_a_crash_left_is_replayed_once(database: Database, hands: Hands) -> None:
    first, _, other = await store(database, message(), message(), message(user="b"))
    answer = Answerer(database)
    inbox = Inbox(database, MemoryBus(), answer, clock=hands)

    assert await inbox.replay() == 2
    await settled(inbox)
    assert await inbox.replay() == 0

    assert len(await answers(database, first.conversation_id)) == 2
    assert len(await answers(database, other.conversation_id)) == 1


async def test_failed_answer_leaves_the_message_for_the_replay(
    database: Database, hands: Hands
) -> None:
    inbox = Inbox(database, MemoryBus(), Answerer(database, failures=1), clock=hands)
    received = await inbox.receive(message())
    await settled(inbox)
    assert await answers(database, received.conversation_id) == []

    await inbox.replay()
    await settled(inbox)

    assert len(await answers(database, received.conversation_id)) == 1


async def test_replay_leaves_alone_what_may_still_be_at_work(
    database: Database, hands: Hands
) -> None:
    await store(database, message())
    inbox = Inbox(database, MemoryBus(), Answerer(database), clock=hands)

    assert await inbox.replay(older_than=bot.inbox.LEFT_ALONE) == 0
    hands.now = NOON + bot.inbox.LEFT_ALONE * 1.1
    assert await inbox.replay(older_than=bot.inbox.LEFT_ALONE) == 1
    await settled(inbox)


async def test_keeps_up_with_what_others_left(
    database: Database, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.inbox, "LEFT_ALONE", bot.inbox.LEFT_ALONE / 3000)
    [left] = await store(database, message())
    inbox = Inbox(database, MemoryBus(), Answerer(database, failures=1), clock=hands)
    hands.pass_by(minutes=1)

    async with background(inbox.keep_up()):
        for _ in range(200):
            await asyncio.sleep(0.01)
            if await answers(database, left.conversation_id):
                break
    await settled(inbox)

    assert len(await answers(database, left.conversation_id)) == 1


async def test_close_waits_a_little_and_leaves_the_rest_for_the_next_start(
    database: Database, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.inbox, "CLOSE_SECONDS", 0.05)

    async def for_ever(conversation_id: str) -> None:
        await asyncio.Event().wait()

    inbox = Inbox(database, MemoryBus(), for_ever, clock=hands)
    received = await inbox.receive(message())
    await asyncio.wait_for(inbox.close(), 5)
    await settled(inbox)

    async with database.read() as session:
        assert await unhandled(session) == [received.conversation_id]


async def test_whoever_waits_hears_when_all_is_answered_or_time_is_up(
    database: Database, hands: Hands
) -> None:
    go = asyncio.Event()
    engine = Answerer(database)
    one_at_a_time = asyncio.Lock()

    async def slow(conversation_id: str) -> None:
        async with one_at_a_time:
            await go.wait()
            await engine(conversation_id)

    inbox = Inbox(database, MemoryBus(), slow, clock=hands)
    received = await inbox.receive(message())
    talk = received.conversation_id

    assert not await inbox.answered(talk, within=0.05)
    assert not await inbox.answered(talk, within=0)
    go.set()
    assert await inbox.answered(talk, within=5)
    assert len(await answers(database, talk)) == 1
    await settled(inbox)
