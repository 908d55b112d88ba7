"""What staff see of the queue and of one chat."""

from __future__ import annotations

import pytest

from core.messages import Direction
from db.engine import Database
from handoff import desk
from handoff.desk import Chat, Counts, Shown
from handoff.errors import NoSuchHandoff
from handoff.leases import LEASE
from handoff.states import HandoffState
from tests.integration.handoff.chats import HELLO, TAKEN, claim, close, reply, step, waiting
from tests.integration.talk import NOON


async def test_the_listing_shows_who_serves_and_the_latest_words(database: Database) -> None:
    talk, number = await waiting(database)
    await waiting(database, "u-2")
    await claim(database, step(number))
    await reply(database, step(number))

    async with database.read() as session:
        first, second = await desk.listing(session, database.vault, Shown(lines=2))

    assert (first.number, first.conversation_id, first.version) == (number, talk, 1)
    assert (first.state, first.agent) == (HandoffState.ASSIGNED, "王")
    assert [s.text for s in first.said] == [TAKEN, HELLO[0].text]
    assert (second.state, second.agent, second.version) == (HandoffState.QUEUED, None, 0)


async def test_a_chat_is_found_with_what_belongs_to_it(database: Database) -> None:
    talk, number = await waiting(database, urgent=True)
    await claim(database, step(number))

    async with database.read() as session:
        found = await desk.find(session, number)

    assert found == Chat(
        number=number,
        conversation_id=talk,
        contact_id=found.contact_id,
        channel="web",
        reason="citizen",
        urgent=True,
        state=HandoffState.ASSIGNED,
        agent="王",
        version=1,
        requested_at=NOON,
        answer_by=None,
        assigned_at=NOON,
        lease_until=NOON + LEASE,
        returned=False,
    )


async def test_a_chat_that_is_over_is_nobodys(database: Database) -> None:
    _, number = await waiting(database)
    await close(database, step(number))

    async with database.read() as session:
        for wanted in (number, 7):
            with pytest.raises(NoSuchHandoff):
                await desk.find(session, wanted)


async def test_a_long_queue_is_cut_but_not_what_one_is_in_the_midst_of(
    database: Database,
) -> None:
    for n in range(5):
        await waiting(database, f"u-{n}")
    await claim(database, step(5))
    shown = Shown(most=2, agent="王")

    async with database.read() as session:
        own = await desk.listing(session, database.vault, shown)
        others = await desk.listing(session, database.vault, Shown(most=2, agent="李"))

    assert [line.number for line in own] == [1, 2, 5]
    assert [line.number for line in others] == [1, 2]


async def test_only_the_citizens_own_words_are_opened_if_those_are_wanted(
    database: Database,
) -> None:
    _, number = await waiting(database)
    await claim(database, step(number))
    await reply(database, step(number))

    async with database.read() as session:
        shown = Shown(lines=3, only=Direction.INCOMING)
        [line] = await desk.listing(session, database.vault, shown)

    assert [said.direction for said in line.said] == [Direction.INCOMING]


async def test_the_queue_is_counted_whole(database: Database) -> None:
    async with database.read() as session:
        assert await desk.counts(session) == Counts(waiting=0, urgent=0, served=0)
    for n in range(5):
        await waiting(database, f"u-{n}", urgent=n > 2)
    await claim(database, step(1))
    await claim(database, step(5))

    async with database.read() as session:
        assert await desk.counts(session) == Counts(waiting=3, urgent=1, served=2)
