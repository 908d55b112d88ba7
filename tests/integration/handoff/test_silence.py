"""An agent who falls silent loses the chat, once; the citizen hears of it, once."""

from __future__ import annotations

import asyncio

from conversations.models import Conversation
from core.turns import ConversationStatus
from db.engine import Database
from handoff import desk, steps
from handoff.leases import AT_TERMINAL, LEASE
from handoff.silence import SilentChats
from handoff.states import HandoffState
from handoff.steps import Step
from tests.integration.handoff.chats import TAKEN, claim, reply, step, waiting, words
from tests.integration.talk import NOON, Hands, told

GONE = "没人了"


def sweep(db: Database, hands: Hands) -> SilentChats:
    return SilentChats(db, words(GONE), clock=hands)


async def texts(db: Database, talk: str) -> list[str]:
    return [s.text for s in await told(db, talk) if s.author != "citizen"]


async def test_nothing_happens_while_the_lease_runs(database: Database, hands: Hands) -> None:
    _, number = await waiting(database)
    await claim(database, step(number))
    hands.pass_by(seconds=LEASE.total_seconds() - 1)

    assert await sweep(database, hands).run() == 0


async def test_a_silent_agents_chat_is_at_the_head_of_the_queue(
    database: Database, hands: Hands
) -> None:
    _, other = await waiting(database, "u-0")
    talk, number = await waiting(database)
    await claim(database, step(number))
    hands.pass_by(seconds=LEASE.total_seconds())

    assert [await sweep(database, hands).run() for _ in range(2)] == [1, 0]

    async with database.read() as session:
        first, second = await desk.listing(session, database.vault)
        conversation = await session.get(Conversation, talk)
    assert (first.number, first.state, first.agent) == (number, HandoffState.QUEUED, None)
    assert second.number == other
    assert conversation is not None
    assert (conversation.status, conversation.assignee) == (ConversationStatus.QUEUED, None)
    assert await texts(database, talk) == [TAKEN, GONE]


async def test_two_nodes_look_at_once_and_tell_it_once(
    database: Database, second: Database, hands: Hands
) -> None:
    talks = []
    for n in range(4):
        talk, number = await waiting(database, f"u-{n}")
        await claim(database, step(number))
        talks.append(talk)
    hands.pass_by(hours=1)

    counts = await asyncio.gather(*(sweep(db, hands).run() for db in (database, second) * 2))

    assert sum(counts) == 4
    assert [await texts(database, talk) for talk in talks] == [[TAKEN, GONE]] * 4


async def test_the_next_one_takes_it_and_goes_on(database: Database, hands: Hands) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number))
    hands.pass_by(hours=1)
    await sweep(database, hands).run()

    await claim(database, step(number, "李", at=hands.now))
    await reply(database, step(number, "李", at=hands.now), "我来接着办")

    assert await sweep(database, hands).run() == 0
    assert await texts(database, talk) == [TAKEN, GONE, TAKEN, "我来接着办"]


async def test_at_the_terminal_it_takes_half_an_hour(database: Database, hands: Hands) -> None:
    _, number = await waiting(database)
    typed = Step(number=number, agent="王", at=NOON, lease=AT_TERMINAL)
    async with database.write() as session:
        await steps.claim(session, database.vault, typed, words(TAKEN))
    hands.pass_by(minutes=29)
    before = await sweep(database, hands).run()
    hands.pass_by(minutes=1)

    assert (before, await sweep(database, hands).run()) == (0, 1)
