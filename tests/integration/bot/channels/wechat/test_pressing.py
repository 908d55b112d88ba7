"""A typed number presses the button it stands for, unless a number is what was asked for."""

from __future__ import annotations

from actions.forms.listed import forms
from bot.channels.wechat.pressing import asks_number, pressed
from conversations.threads import grip, post, seal_session, snapshot
from core.messages import Message, QuickReply, Reply
from core.turns import Pause, Session
from db.engine import Database
from tests.integration.talk import NOON, message, store

OFFER = Reply(
    text="请选",
    quick_replies=(
        QuickReply(title="查进度", payload="petition_status"),
        QuickReply(title="转人工", payload="human_handoff"),
    ),
)


async def offered(db: Database, talk: Session | None = None) -> None:
    [received] = await store(db, message("你好", channel="wechat"))
    async with db.write() as session:
        if talk is not None:
            seen = await snapshot(session, db.vault, received.conversation_id)
            assert seen is not None
            await grip(session, seen, seal_session(db.vault, talk), replies=0, now=NOON)
        await post(session, db.vault, received.conversation_id, [OFFER], author="bot", now=NOON)


def typed(text: str) -> Message:
    return message(text, channel="wechat")


async def test_the_button_with_its_words(database: Database) -> None:
    await offered(database)

    read = await pressed(database, typed("2"))

    assert (read.text, read.payload) == ("转人工", "human_handoff")


async def test_everything_else_stays_as_it_is(database: Database) -> None:
    assert (await pressed(database, typed("1"))).payload is None
    await offered(database)
    menu = message(payload="greet", channel="wechat")

    for said in (typed("3"), typed("拖欠工资1个月"), typed("1" * 100), menu):
        assert await pressed(database, said) == said


async def test_a_number_asked_for_is_the_answer(database: Database) -> None:
    [name, *_] = _number_slots()
    await offered(database, _at(name))

    assert (await pressed(database, typed("2"))).payload is None
    assert (await pressed(database, typed("②"))).payload == "human_handoff"


def _number_slots() -> list[str]:
    form = forms()["calculate/overtime"]
    return [s.name for s in form.slots if asks_number(_at(s.name))]


def _at(slot: str) -> Session:
    return Session(form="calculate/overtime", requested_slot=slot)


def test_which_questions_ask_for_a_number() -> None:
    [name, *_] = _number_slots()

    assert asks_number(_at(name))
    assert not asks_number(Session())
    assert not asks_number(Session(form="gone", requested_slot=name))
    assert not asks_number(_at("no such slot"))
    paused = Session(form="calculate/overtime", requested_slot=name, pause=Pause.OFFERED)
    assert not asks_number(paused)
