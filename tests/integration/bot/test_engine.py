"""Each message is answered once, in order, whatever happens in between."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

import bot.engine
from actions.phrases import phrases, written
from bot.engine import ATTEMPTS, TYPING_AFTER_SECONDS, Engine, read_nothing, read_payload
from cases.errors import StepNotPossible
from conversations.bus import MemoryBus
from conversations.history import parse_of
from conversations.inbox import unhandled
from conversations.models import Conversation, DeliveryRecord, MessageRecord
from conversations.threads import set_status, snapshot
from core.messages import Direction, Entity, Parse
from core.turns import ConversationStatus
from db.engine import Database
from handoff import queue
from handoff.models import Handoff
from tests.integration.talk import (
    Hands,
    answers,
    by_rules,
    make_engine,
    message,
    store,
    told,
)

THANKS_TEXT = phrases()["thanks"].text
TROUBLE = phrases()["trouble"].text
CRISIS = "我不想活了"


class Interrupted:
    """A parser during whose thinking something else happens, once or always."""

    def __init__(self, *meanwhile: object) -> None:
        self.read = 0
        self._rules = by_rules()
        self._meanwhile = list(meanwhile)

    async def parse(self, text: str) -> Parse:
        self.read += 1
        if self._meanwhile:
            await self._meanwhile.pop(0)()  # type: ignore[operator]
        return await self._rules.parse(text)


async def test_two_messages_at_once_are_answered_in_order(database: Database) -> None:
    received = await store(database, message(), message(payload="greet"))
    engine = make_engine(database)

    await asyncio.gather(*(engine.answer(r.conversation_id) for r in received))

    said = await told(database, received[0].conversation_id)
    replies = [s for s in said if s.direction is Direction.OUTGOING]
    assert replies[0].text == THANKS_TEXT
    assert await _answered_by(database) == {r.message_id: 1 for r in received}
    assert [s.seq for s in said] == list(range(1, len(said) + 1))


@pytest.mark.parametrize("history", [("web",), ()])
async def test_where_people_read_what_is_stored_a_reply_arrives_with_its_commit(
    database: Database, history: tuple[str, ...]
) -> None:
    woken: list[None] = []
    bus = MemoryBus()
    [received] = await store(database, message())
    engine = make_engine(database, bus=bus, history=history, committed=lambda: woken.append(None))
    async with bus.subscribe(received.conversation_id) as events:
        await engine.answer(received.conversation_id)
        heard = [events.get_nowait().said for _ in range(events.qsize())]

    [_, reply] = await told(database, received.conversation_id)
    async with database.read() as session:
        [status] = await session.scalars(select(DeliveryRecord.status))
    assert (heard, status) == (([reply], "sent") if history else ([], "queued"))
    # The relay has nothing to do where nothing waits to be sent.
    assert bool(woken) is not bool(history)


async def test_what_a_turn_brings_about_still_wakes_the_relay(database: Database) -> None:
    woken: list[None] = []
    [received] = await store(database, message(payload="human_handoff"))
    await make_engine(database, history=("web",), committed=lambda: woken.append(None)).answer(
        received.conversation_id
    )
    assert woken


async def test_who_waits_sees_that_somebody_writes(database: Database) -> None:
    async def ponder() -> None:
        await asyncio.sleep(2 * TYPING_AFTER_SECONDS)

    bus = MemoryBus()
    [slow, quick] = await store(database, message(text="谢谢"), message())
    async with bus.subscribe(slow.conversation_id) as events:
        await make_engine(database, parser=Interrupted(ponder), bus=bus).answer(
            slow.conversation_id
        )

    assert slow.conversation_id == quick.conversation_id
    assert [events.get_nowait().kind for _ in range(events.qsize())] == ["typing"]


async def test_two_nodes_answer_each_message_once(database: Database, second: Database) -> None:
    received = await store(database, *(message(external_id=f"e{n}") for n in range(12)))
    nodes = [make_engine(database), make_engine(second)]
    talk = received[0].conversation_id

    async def until_done(node: Engine) -> None:
        # A node that loses three times in a row gives the turn up; it is asked again.
        for _ in range(12):
            await node.answer(talk)

    await asyncio.gather(*(until_done(node) for node in nodes))

    assert await _answered_by(database) == {r.message_id: 1 for r in received}
    assert await answers(database, talk) == [THANKS_TEXT] * 12


async def test_ten_deliveries_of_one_message_get_one_answer(
    database: Database, second: Database
) -> None:
    nodes = [(database, make_engine(database)), (second, make_engine(second))]
    same = message(external_id="once")

    async def deliver(db: Database, engine: Engine) -> str:
        [received] = await store(db, same)
        await engine.answer(received.conversation_id)
        return received.conversation_id

    talks = await asyncio.gather(*(deliver(db, engine) for db, engine in nodes * 5))

    assert len(set(talks)) == 1
    assert await answers(database, talks[0]) == [THANKS_TEXT]


async def test_turn_that_was_outrun_is_decided_anew(database: Database) -> None:
    [received] = await store(database, message(CRISIS))

    async def moved() -> None:
        async with database.write() as session:
            await session.execute(update(Conversation).values(version=Conversation.version + 1))

    parser = Interrupted(moved, moved)
    await make_engine(database, parser=parser).answer(received.conversation_id)

    assert parser.read == ATTEMPTS
    assert await _answered_by(database) == {received.message_id: 1}


async def test_turn_outrun_three_times_stays_for_later(database: Database) -> None:
    [received] = await store(database, message("谢谢"))

    async def moved() -> None:
        async with database.write() as session:
            await session.execute(update(Conversation).values(version=Conversation.version + 1))

    parser = Interrupted(*[moved] * ATTEMPTS)
    await make_engine(database, parser=parser).answer(received.conversation_id)

    assert parser.read == ATTEMPTS
    assert await answers(database, received.conversation_id) == []
    async with database.read() as session:
        assert await unhandled(session) == [received.conversation_id]


async def test_bot_is_silent_when_a_person_took_over_meanwhile(database: Database) -> None:
    [received] = await store(database, message("谢谢"))
    await make_engine(
        database, parser=Interrupted(lambda: _take_over(database, received.conversation_id))
    ).answer(received.conversation_id)

    assert await answers(database, received.conversation_id) == []
    assert await _waiting(database) == []


async def test_safety_card_is_told_though_a_person_took_over_meanwhile(
    database: Database,
) -> None:
    [received] = await store(database, message(CRISIS))
    await make_engine(
        database, parser=Interrupted(lambda: _take_over(database, received.conversation_id))
    ).answer(received.conversation_id)

    said = await told(database, received.conversation_id)
    assert [s.reply.safety for s in said if s.reply is not None] == [True]


async def test_effect_that_fails_leaves_nothing_but_an_apology(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def enter_and_fail(*args: Any, **options: Any) -> None:  # Any: passed on
        await enter(*args, **options)
        raise RuntimeError("after the half of it")

    enter = queue.enter
    monkeypatch.setattr(queue, "enter", enter_and_fail)
    first, _ = await store(database, message(payload="human_handoff"), message())

    await make_engine(database).answer(first.conversation_id)

    assert await answers(database, first.conversation_id) == [TROUBLE, THANKS_TEXT]
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Handoff)) == 0
        talk = await session.get(Conversation, first.conversation_id)
    assert talk is not None
    assert talk.status == ConversationStatus.BOT


@pytest.mark.parametrize(("times", "told"), [(1, 1), (ATTEMPTS, 0)])
async def test_what_moved_before_the_commit_is_decided_anew_and_told_at_last(
    database: Database, monkeypatch: pytest.MonkeyPatch, times: int, told: int
) -> None:
    """Somebody else took a step meanwhile: not an apology, unless it comes to nothing each time."""
    moved = [StepNotPossible() for _ in range(times)]

    async def enter_unless_moved(*args: Any, **options: Any) -> Any:  # Any: passed on
        if moved:
            raise moved.pop()
        return await enter(*args, **options)

    enter = queue.enter
    monkeypatch.setattr(queue, "enter", enter_unless_moved)
    [first] = await store(database, message(payload="human_handoff"))

    await make_engine(database).answer(first.conversation_id)

    said = await answers(database, first.conversation_id)
    assert (len(said), said == [TROUBLE]) == (1, not told)
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Handoff)) == told


async def test_database_that_fails_midway_leaves_the_message_for_the_replay(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*args: object, **options: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    [received] = await store(database, message())
    with monkeypatch.context() as broken:
        broken.setattr(bot.engine, "store", fail)
        with pytest.raises(OperationalError):
            await make_engine(database).answer(received.conversation_id)
        async with database.read() as session:
            talk = await session.get(Conversation, received.conversation_id)
            assert talk is not None
            assert (talk.version, talk.last_seq) == (0, 1)
            assert await unhandled(session) == [received.conversation_id]

    await make_engine(database).answer(received.conversation_id)

    assert await answers(database, received.conversation_id) == [THANKS_TEXT]


async def test_parser_that_crashes_is_an_apology(database: Database) -> None:
    async def crash() -> None:
        raise ZeroDivisionError

    [received] = await store(database, message("谢谢"))
    await make_engine(database, parser=Interrupted(crash)).answer(received.conversation_id)

    assert await answers(database, received.conversation_id) == [TROUBLE]


async def test_commit_is_announced_once_a_turn(database: Database) -> None:
    announced: list[str] = []
    received = await store(database, message(), message())
    engine = make_engine(database, committed=lambda: announced.append("x"))

    await engine.answer(received[0].conversation_id)

    assert announced == ["x", "x"]


async def test_long_text_is_answered_with_a_word_about_it(database: Database) -> None:
    [received] = await store(database, message("谢谢" * 1001))
    await make_engine(database).answer(received.conversation_id)

    assert (await answers(database, received.conversation_id))[0] == phrases()["too_long"].text


async def test_english_gets_english_whatever_happens(database: Database) -> None:
    async def crash() -> None:
        raise RuntimeError

    [received] = await store(database, message("I have a long story to tell " * 80))
    reader = by_rules()
    await make_engine(database, parser=reader).answer(received.conversation_id)
    [again] = await store(database, message("谢谢"))
    await make_engine(database, parser=Interrupted(crash)).answer(again.conversation_id)

    said = await answers(database, received.conversation_id)
    assert said[0] == written("en")["too_long"].text
    assert said[-1] == written("en")["trouble"].text


@pytest.mark.parametrize(
    ("hours", "misses"), [(5, 1), (7, 0)], ids=["same session", "a new session"]
)
async def test_session_ends_after_six_hours(
    database: Database, hands: Hands, hours: int, misses: int
) -> None:
    [received] = await store(database, message(CRISIS))
    async with database.write() as session:
        await session.execute(
            update(Conversation).values(session_sealed=database.vault.seal('{"misses": 1}'))
        )
    hands.pass_by(hours=hours)
    async with database.read() as session:
        seen = await snapshot(session, database.vault, received.conversation_id)

    assert seen is not None
    assert make_engine(database, clock=hands)._session(seen).misses == misses


async def test_the_button_of_a_second_wish_says_its_words(database: Database) -> None:
    received = await store(
        database,
        message("老板不发工资，还有我想查一下信访到哪了"),
        message(payload="petition_status/wish"),
    )
    await make_engine(database).answer(received[0].conversation_id)

    *_, offered, asked = await answers(database, received[0].conversation_id)
    assert "您还问了“我想查一下信访到哪了”" in offered
    assert "信访编号" in asked
    async with database.read() as session:
        parse = await parse_of(session, database.vault, received[1].message_id)
    assert parse is not None
    assert (parse.intent, parse.parser) == ("petition_status", "rules")


async def test_erasing_takes_the_words_and_answers_still(database: Database) -> None:
    first, *_ = await store(
        database, message("我叫张三"), message(payload="privacy_request/erase_confirmed")
    )
    await make_engine(database).answer(first.conversation_id)

    assert await answers(database, first.conversation_id) == [phrases()["privacy_erased"].text]
    assert len(await told(database, first.conversation_id)) == 1


def test_payload_is_an_intent_with_an_argument() -> None:
    chosen = Entity(name="choice", value="labour/1", start=0, end=0)
    assert read_payload("greet").entities == ()
    assert read_payload("legal_labour/labour/1").intent == "legal_labour"
    assert read_payload("legal_labour/labour/1").entities == (chosen,)


def test_nothing_is_read_from_no_words() -> None:
    assert read_nothing(message()).confidence == 0.0


async def _take_over(db: Database, conversation_id: str) -> None:
    async with db.write() as session:
        await set_status(session, conversation_id, ConversationStatus.ASSIGNED, assignee="王")


async def _answered_by(db: Database) -> dict[str | None, int]:
    """How many turns answered each message: the replies of one turn share their moment."""
    async with db.read() as session:
        rows = await session.execute(
            select(MessageRecord.reply_to, MessageRecord.created_at)
            .where(MessageRecord.direction == Direction.OUTGOING)
            .distinct()
        )
        return dict(Counter(reply_to for reply_to, _ in rows))


async def _waiting(db: Database) -> list[str]:
    async with db.read() as session:
        return list(await session.scalars(select(DeliveryRecord.id)))
