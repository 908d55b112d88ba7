"""One chat as staff see it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from console import chats
from console.accounts import Account
from console.chats import Line, View
from console.models import Role
from console.passwords import Passwords
from conversations.allowances import Cause, Grant, grant
from conversations.inbox import receive
from conversations.threads import post
from core.effects import RequestHandoff
from core.messages import Attachment, Identity, Message, Reply
from db.base import new_id
from db.engine import Database
from handoff import desk, queue
from handoff.errors import NoSuchHandoff
from tests.integration.console.citizens import ask_for_a_person
from tests.integration.console.conftest import START, keep
from tests.integration.handoff.chats import TAKEN, claim, close, reply, step

MINUTE = timedelta(minutes=1)


async def seen(
    db: Database, account: Account, *, now: object = None, older_than: int | None = None
) -> View:
    at = START if now is None else now
    chat = await chats.readable(db, account, "R-0001")
    return await chats.view(db, account, chat, now=at, older_than=older_than)  # type: ignore[arg-type]


async def test_everybody_has_a_name_and_a_time_and_no_number_is_shown(
    database: Database, agent: Account
) -> None:
    picture = Attachment(kind="image", upload="p-1")
    number = await ask_for_a_person(
        database, "a", "我的电话13912345678", now=START, sent=(picture,)
    )
    async with database.read() as session:
        talk = (await desk.find(session, number)).conversation_id
    async with database.write() as session:
        told = [Reply(text="先打 110", safety=True)]
        await post(session, database.vault, talk, told, author="bot", now=START)
    await claim(database, step(number, "li.na", at=START))
    await reply(database, step(number, "li.na", at=START + MINUTE), "请打 13912345678")

    view = await seen(database, agent)

    assert view.lines == (
        Line(seq=1, kind="citizen", who="市民", text="我的电话139****5678", at=START, pictures=("p-1",), safety=False),
        Line(seq=2, kind="bot", who="机器人", text="先打 110", at=START, pictures=(), safety=True),
        Line(seq=3, kind="system", who="系统", text=TAKEN, at=START, pictures=(), safety=False),
        Line(seq=4, kind="staff", who="li.na", text="请打 139****5678", at=START + MINUTE, pictures=(), safety=False),
    )  # fmt: skip
    assert [line.time for line in view.lines][2:] == ["11月20日 09:00", "11月20日 09:01"]
    assert (view.mine, view.free, view.label) == (True, False, "R-0001")


async def test_only_what_is_new_comes_after_the_last_that_was_seen(
    database: Database, agent: Account
) -> None:
    await ask_for_a_person(database, "a", "一", "二", "三", now=START)
    chat = await chats.readable(database, agent, "R-0001")

    news = await chats.news(database, agent, chat, now=START, seq=2)
    older = await seen(database, agent, older_than=3)

    assert [line.text for line in news.lines] == ["三"]
    assert [line.text for line in older.lines] == ["一", "二"]
    assert not chats.has_more(older.lines)


async def test_the_card_says_why_since_when_and_what_the_bot_answered(
    database: Database, agent: Account
) -> None:
    number = await ask_for_a_person(database, "a", "老板欠薪", urgent=True, now=START)
    chat = await chats.readable(database, agent, "R-0001")
    async with database.write() as session:
        answers = [Reply(text="可以投诉", source="labour-unpaid-wages@1"), Reply(text="还有吗")]
        await post(session, database.vault, chat.conversation_id, answers, author="bot", now=START)

    waiting = (await seen(database, agent, now=START + 3 * MINUTE)).card
    await claim(database, step(number, "li.na", at=START + 3 * MINUTE))
    taken = (await seen(database, agent, now=START + 7 * MINUTE)).card
    await reply(database, step(number, "li.na", at=START + 7 * MINUTE))
    answered = (await seen(database, agent, now=START + 9 * MINUTE)).card

    assert (waiting.reason, waiting.channel, waiting.asked_at) == (
        "asked",
        "网页",
        "11月20日 09:00",
    )
    assert (waiting.minutes, waiting.silent, waiting.bot_said) == (3, None, "可以投诉")
    assert (taken.silent, answered.silent) == (4, None)
    assert (waiting.cases, waiting.window) == ((), None)


async def test_on_wechat_it_says_how_much_may_still_be_sent(
    database: Database, agent: Account
) -> None:
    sent = Message(
        channel="wechat",
        external_id=new_id(),
        sender=Identity(channel="wechat", user_id="o-1"),
        text="找人",
        sent_at=START,
    )
    talk = (await receive(database, sent, now=START)).conversation_id
    async with database.write() as session:
        await queue.enter(session, talk, RequestHandoff(reason="citizen"), now=START)
        given = Grant(cause=Cause.MESSAGE, count=5, until=START + timedelta(hours=48))
        await grant(session, talk, given)

    card = (await seen(database, agent)).card

    assert card.window is not None
    assert (card.channel, card.window.left, card.window_until) == ("微信", 5, "11月22日 09:00")


async def test_agents_read_what_waits_and_their_own_supervisors_all(
    database: Database, passwords: Passwords, agent: Account
) -> None:
    boss = await keep(database, passwords, "wang", Role.SUPERVISOR)
    colleague = await keep(database, passwords, "zhang", Role.AGENT)
    number = await ask_for_a_person(database, "a", "我要找人", now=START)
    await chats.readable(database, colleague, "R-0001")
    await claim(database, step(number, "li.na", at=START))

    for account in (agent, boss):
        assert (await chats.readable(database, account, "R-0001")).number == number
    for account, label in ((colleague, "R-0001"), (boss, "R-0002"), (boss, "1"), (boss, "")):
        with pytest.raises(NoSuchHandoff):
            await chats.readable(database, account, label)
    await close(database, step(number, "li.na", at=START))
    with pytest.raises(NoSuchHandoff):
        await chats.readable(database, boss, "R-0001")
