"""Staff answer through the outbox; a conversation has one of them at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from bot.relay import Relay
from conversations.models import Conversation
from conversations.threads import hold
from core.messages import Reply
from core.turns import ConversationStatus
from db.base import new_id
from db.engine import Database
from handoff import desk, queue
from handoff.errors import AlreadyTaken, NoSuchHandoff
from handoff.models import Handoff
from handoff.states import WAYS, HandoffState
from tests.integration.talk import NOON, Hands, Mailbox, message, store, told

HELLO = [Reply(text="您好，我是工作人员")]
BYE = [Reply(text="再见")]


async def waiting(db: Database, user: str = "u-1") -> tuple[str, int]:
    """A conversation in the queue, with its number."""
    [received] = await store(db, message(user=user))
    async with db.write() as session:
        ticket = await queue.enter(
            session, received.conversation_id, reason="citizen", urgent=False, now=NOON
        )
    return received.conversation_id, ticket.number


async def reply(db: Database, number: int, agent: str = "王") -> str:
    async with db.write() as session:
        return await desk.reply(session, db.vault, number, HELLO, agent=agent, now=NOON)


async def close(db: Database, number: int, agent: str = "王") -> str:
    async with db.write() as session:
        return await desk.close(session, db.vault, number, BYE, agent=agent, now=NOON)


async def test_first_answer_takes_the_conversation(database: Database) -> None:
    talk, number = await waiting(database)

    assert await reply(database, number) == talk
    await reply(database, number)

    async with database.read() as session:
        conversation = await session.get(Conversation, talk)
        [line] = await desk.listing(session, database.vault)
    assert conversation is not None
    assert (conversation.status, conversation.assignee, conversation.epoch) == (
        ConversationStatus.ASSIGNED, "王", 1,
    )  # fmt: skip
    assert (line.state, line.agent) == (HandoffState.ASSIGNED, "王")
    assert [s.text for s in line.said if s.author == "staff:王"] == [HELLO[0].text] * 2


async def test_a_colleagues_conversation_is_left_alone(database: Database) -> None:
    talk, number = await waiting(database)
    await reply(database, number, "王")

    with pytest.raises(AlreadyTaken):
        await reply(database, number, "李")
    with pytest.raises(AlreadyTaken):
        await close(database, number, "李")

    assert [s.author for s in await told(database, talk)] == ["citizen", "staff:王"]


async def test_two_at_once_one_wins(database: Database, second: Database) -> None:
    talk, number = await waiting(database)

    results = await asyncio.gather(
        *(reply(db, number, name) for db, name in ((database, "王"), (second, "李"))),
        return_exceptions=True,
    )

    assert sorted(type(r).__name__ for r in results) == ["AlreadyTaken", "str"]
    assert len([s for s in await told(database, talk) if s.author.startswith("staff:")]) == 1


async def test_closing_ends_it_and_the_bot_answers_again(database: Database) -> None:
    talk, number = await waiting(database)
    await reply(database, number)
    await close(database, number)

    async with database.read() as session:
        conversation = await session.get(Conversation, talk)
        assert await desk.listing(session, database.vault) == []
    assert conversation is not None
    assert (conversation.status, conversation.assignee) == (ConversationStatus.BOT, None)
    for work in (reply, close):
        with pytest.raises(NoSuchHandoff):
            await work(database, number)


async def test_what_staff_said_is_delivered_though_they_closed_at_once(
    database: Database, hands: Hands
) -> None:
    """The last answer is not sent yet when the conversation goes back to the bot."""
    _, number = await waiting(database)
    await reply(database, number)
    await close(database, number)
    box = Mailbox()

    await Relay(database, {"web": box}, clock=hands).once()

    assert box.texts == [HELLO[0].text, BYE[0].text]


async def test_citizen_leaves_while_staff_answer(database: Database, second: Database) -> None:
    """A turn holds the conversation, staff answer meanwhile: neither waits for ever."""
    talk, number = await waiting(database)
    async with database.write() as session:
        await hold(session, talk)
        answering = asyncio.create_task(reply(second, number))
        await asyncio.sleep(0.2)
        await asyncio.wait_for(queue.leave(session, talk, now=NOON), 20)

    with pytest.raises(NoSuchHandoff):
        await answering
    async with database.read() as session:
        assert await session.scalar(select(Handoff.state)) == HandoffState.ABANDONED
    assert [s.author for s in await told(database, talk)] == ["citizen"]


STEPS = ["enter", "leave", "reply 王", "reply 李", "close 王", "close 李"]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.sampled_from(STEPS), min_size=3, max_size=9))
async def test_no_step_goes_a_way_that_is_not_in_the_table(
    database: Database, steps: list[str]
) -> None:
    async with database.write() as session:
        await session.execute(delete(Handoff))
    [received] = await store(database, message(user=new_id()))
    talk, before = received.conversation_id, dict[int, str]()
    for step in steps:
        try:
            await _take_step(database, talk, step, max(before, default=0))
        except (NoSuchHandoff, AlreadyTaken):
            assert await _states(database) == before
        now = await _states(database)
        for number, state in now.items():
            old = HandoffState(before.get(number, HandoffState.QUEUED))
            assert state == old or state in WAYS[old]
        assert len([s for s in now.values() if WAYS[HandoffState(s)]]) <= 1
        before = now
        async with database.read() as session:
            status = await session.scalar(
                select(Conversation.status).where(Conversation.id == talk)
            )
        assert status == _projected(now)


async def _take_step(db: Database, talk: str, step: str, number: int) -> None:
    verb, _, agent = step.partition(" ")
    if verb in {"reply", "close"}:
        work: Callable[..., object] = {"reply": reply, "close": close}[verb]
        await work(db, number, agent)  # type: ignore[misc]
        return
    async with db.write() as session:
        if verb == "enter":
            await queue.enter(session, talk, reason="citizen", urgent=False, now=NOON)
        else:
            await queue.leave(session, talk, now=NOON)


async def _states(db: Database) -> dict[int, str]:
    async with db.read() as session:
        rows = await session.execute(select(Handoff.number, Handoff.state))
        return {row.number: row.state for row in rows}


def _projected(states: dict[int, str]) -> str:
    running = {"queued": "queued", "assigned": "assigned"}
    return next((running[s] for s in states.values() if s in running), "bot")


async def test_the_last_word_can_be_in_the_language_of_the_conversation(
    database: Database,
) -> None:
    talk, number = await waiting(database)
    async with database.write() as session:
        assert await desk.language_of(session, database.vault, number) == "zh"
        sealed = database.vault.seal('{"language": "en"}')
        await session.execute(
            update(Conversation).where(Conversation.id == talk).values(session_sealed=sealed)
        )
        assert await desk.language_of(session, database.vault, number) == "en"


async def test_a_number_nobody_has_speaks_no_language(database: Database) -> None:
    with pytest.raises(NoSuchHandoff):
        async with database.write() as session:
            await desk.language_of(session, database.vault, 7)
