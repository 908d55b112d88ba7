"""What staff see of the queue and of one chat."""

from __future__ import annotations

import pytest

from db.engine import Database
from handoff import desk
from handoff.desk import Chat
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
        first, second = await desk.listing(session, database.vault, lines=2)

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
