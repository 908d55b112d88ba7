"""Staff's steps: a conversation has one of them at a time, and never the bot beside."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.relay import Relay
from conversations.models import Conversation
from conversations.threads import hold
from core.effects import RequestHandoff
from core.turns import ConversationStatus
from db.engine import Database
from handoff import desk, queue
from handoff.desk import Chat
from handoff.errors import AlreadyTaken, NeverAsked, NoSuchHandoff, NotTaken, Outdated
from handoff.leases import LEASE
from handoff.models import Handoff
from handoff.states import HandoffState
from handoff.steps import Step
from tests.integration.handoff.chats import (
    BACK,
    BYE,
    HELLO,
    PASSED,
    TAKEN,
    claim,
    close,
    give_back,
    pass_on,
    reply,
    step,
    waiting,
)
from tests.integration.talk import NOON, Hands, Mailbox, make_engine, message, store, told

Work = Callable[[Database, Step], Awaitable[str]]


async def chat(db: Database, number: int) -> Chat:
    async with db.read() as session:
        return await desk.find(session, number)


async def status(db: Database, talk: str) -> tuple[str, str | None, int]:
    async with db.read() as session:
        found = await session.get(Conversation, talk)
    assert found is not None
    return found.status, found.assignee, found.epoch


async def said(db: Database, talk: str) -> list[str]:
    return [s.text for s in await told(db, talk) if s.author != "citizen"]


async def test_whoever_takes_has_it_and_the_citizen_is_told(database: Database) -> None:
    talk, number = await waiting(database)

    assert await claim(database, step(number)) == talk
    await claim(database, step(number))
    await reply(database, step(number))

    assert await status(database, talk) == (ConversationStatus.ASSIGNED, "王", 1)
    taken = await chat(database, number)
    assert (taken.state, taken.agent, taken.lease_until) == (
        HandoffState.ASSIGNED, "王", NOON + LEASE,
    )  # fmt: skip
    assert await said(database, talk) == [TAKEN, HELLO[0].text]


@pytest.mark.parametrize("work", [claim, reply, give_back, close])
async def test_a_colleagues_conversation_is_left_alone(database: Database, work: Work) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number, "王"))
    before = await chat(database, number)

    with pytest.raises(AlreadyTaken):
        await work(database, step(number, "李"))

    assert await chat(database, number) == before
    assert await said(database, talk) == [TAKEN]


@pytest.mark.parametrize("work", [reply, give_back])
async def test_what_nobody_has_is_taken_first(database: Database, work: Work) -> None:
    talk, number = await waiting(database)

    with pytest.raises(NotTaken):
        await work(database, step(number))

    assert await said(database, talk) == []


async def test_forty_at_once_one_wins(database: Database, second: Database) -> None:
    talk, number = await waiting(database)
    nodes = [database, second]

    results = await asyncio.gather(
        *(claim(nodes[n % 2], step(number, f"agent-{n}", seen=0)) for n in range(40)),
        return_exceptions=True,
    )

    assert sorted(type(r).__name__ for r in results) == [*["AlreadyTaken"] * 39, "str"]
    winner = next(n for n, r in enumerate(results) if r == talk)
    assert (await status(database, talk))[1] == f"agent-{winner}"
    assert (await chat(database, number)).agent == f"agent-{winner}"
    assert await said(database, talk) == [TAKEN]


async def test_many_chats_and_many_agents_none_is_taken_twice(
    database: Database, second: Database
) -> None:
    queued = [await waiting(database, f"u-{n}") for n in range(12)]
    nodes, won = [database, second], dict[int, list[str]]()

    async def grab(agent: int) -> None:
        for _, number in queued:
            try:
                await claim(nodes[agent % 2], step(number, f"agent-{agent}", seen=0))
            except AlreadyTaken:
                continue
            won.setdefault(number, []).append(f"agent-{agent}")

    await asyncio.gather(*(grab(agent) for agent in range(8)))

    assert {number: len(agents) for number, agents in won.items()} == {n: 1 for _, n in queued}
    assert [(await chat(database, n)).agent for _, n in queued] == [won[n][0] for _, n in queued]


async def test_a_page_that_shows_what_has_changed_decides_nothing(database: Database) -> None:
    _, number = await waiting(database)
    await claim(database, step(number, "李"))
    await give_back(database, step(number, "李"))

    with pytest.raises(Outdated):
        await claim(database, step(number, seen=0))
    await claim(database, step(number, seen=2))
    for work in (give_back, close):
        with pytest.raises(Outdated):
            await work(database, step(number, seen=2))
    await close(database, step(number, seen=3))


async def test_who_comes_back_stands_before_who_was_not_served_yet(database: Database) -> None:
    first, second, third = [(await waiting(database, f"u-{n}"))[1] for n in range(3)]
    talk, last = await waiting(database, "u-3")
    await claim(database, step(last))
    _, urgent = await waiting(database, "u-4", urgent=True)

    await give_back(database, step(last))

    async with database.read() as session:
        listed = await desk.listing(session, database.vault)
    assert [w.number for w in listed] == [urgent, last, first, second, third]
    assert await status(database, talk) == (ConversationStatus.QUEUED, None, 1)
    assert (await said(database, talk))[-1] == BACK
    async with database.write() as session:
        again = await queue.enter(session, talk, RequestHandoff(reason="citizen"), now=NOON)
    assert (again.number, again.ahead) == (last, 1)
    assert (await chat(database, last)).returned


async def test_a_colleague_it_is_handed_to_has_it_and_nobody_else(database: Database) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number, "王"))
    await pass_on(database, step(number, "王"), "李")

    with pytest.raises(AlreadyTaken):
        await reply(database, step(number, "王"))
    await reply(database, step(number, "李"))

    assert await status(database, talk) == (ConversationStatus.ASSIGNED, "李", 2)
    assert await said(database, talk) == [TAKEN, PASSED, HELLO[0].text]


async def test_closing_ends_it_and_the_bot_answers_again(database: Database) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number))
    await close(database, step(number))

    async with database.read() as session:
        assert await desk.listing(session, database.vault) == []
    assert (await status(database, talk))[:2] == (ConversationStatus.BOT, None)
    for work in (claim, reply, give_back, close):
        with pytest.raises(NoSuchHandoff):
            await work(database, step(number))
    await store(database, message())
    await make_engine(database).answer(talk)
    assert [s.author for s in await told(database, talk)][-3:] == ["citizen", "bot", "bot"]


async def test_while_somebody_has_it_the_bot_is_silent(database: Database) -> None:
    talk, number = await waiting(database)
    engine = make_engine(database)
    await engine.answer(talk)
    before = await said(database, talk)

    await claim(database, step(number))
    await store(database, message("老板不发工资怎么办"))
    await engine.answer(talk)

    assert await said(database, talk) == [*before, TAKEN]


async def test_a_form_sent_twice_says_one_thing(database: Database, second: Database) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number))

    await asyncio.gather(
        *(reply(db, step(number), "一句", once="key-1") for db in (database, second) * 5)
    )
    await reply(database, step(number), "改过的一句", once="key-1")
    await reply(database, step(number), "一句", once="key-2")

    assert await said(database, talk) == [TAKEN, "一句", "改过的一句", "一句"]
    assert [s.seq for s in await told(database, talk)] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("请把验证码发给我", "code"),
        ("您的支付密码是多少", "password"),
        ("请把钱转到安全账户", "transfer"),
    ],
)
async def test_what_staff_never_ask_for_is_not_sent(
    database: Database, text: str, what: str
) -> None:
    talk, number = await waiting(database)
    await claim(database, step(number))

    with pytest.raises(NeverAsked) as refused:
        await reply(database, step(number), text)
    await reply(database, step(number), "不要把验证码告诉任何人")

    assert refused.value.what == what
    assert await said(database, talk) == [TAKEN, "不要把验证码告诉任何人"]


async def test_an_answer_keeps_the_chat(database: Database) -> None:
    _, number = await waiting(database)
    await claim(database, step(number))
    later = NOON + timedelta(minutes=2)

    await reply(database, step(number, at=later))

    assert (await chat(database, number)).lease_until == later + LEASE


async def test_what_staff_said_is_delivered_though_they_closed_at_once(
    database: Database, hands: Hands
) -> None:
    """The last answer is not sent yet when the conversation goes back to the bot."""
    _, number = await waiting(database)
    await claim(database, step(number))
    await reply(database, step(number))
    await close(database, step(number))
    box = Mailbox()

    await Relay(database, {"web": box}, clock=hands).once()

    assert box.texts == [TAKEN, HELLO[0].text, BYE]


async def test_what_was_said_of_the_chat_is_told_though_others_take_it(
    database: Database, hands: Hands
) -> None:
    """Unlike an answer of the bot's, it is not dropped when the next one takes over."""
    _, number = await waiting(database)
    await claim(database, step(number))
    await give_back(database, step(number))
    await claim(database, step(number, "李"))
    box = Mailbox()

    await Relay(database, {"web": box}, clock=hands).once()

    assert box.texts == [TAKEN, BACK, TAKEN]


async def test_citizen_leaves_while_staff_answer(database: Database, second: Database) -> None:
    """A turn holds the conversation, staff answer meanwhile: neither waits for ever."""
    talk, number = await waiting(database)
    await claim(database, step(number))
    async with database.write() as session:
        await hold(session, talk)
        answering = asyncio.create_task(reply(second, step(number)))
        await asyncio.sleep(0.2)
        await asyncio.wait_for(queue.leave(session, talk, now=NOON), 20)

    with pytest.raises(NoSuchHandoff):
        await answering
    async with database.read() as session:
        left = (await session.execute(select(Handoff.state, Handoff.lease_until))).one()
    assert tuple(left) == (HandoffState.ABANDONED, None)
    assert await said(database, talk) == [TAKEN]


async def test_it_is_told_in_the_language_of_the_conversation(database: Database) -> None:
    talk, number = await waiting(database)
    async with database.write() as session:
        sealed = database.vault.seal('{"language": "en"}')
        await session.execute(
            update(Conversation).where(Conversation.id == talk).values(session_sealed=sealed)
        )

    await claim(database, step(number))

    [line] = [s for s in await told(database, talk) if s.reply is not None]
    assert line.reply is not None
    assert line.reply.language == "en"
