"""Replies pushed to WeChat: what is expected on the wire, within the quota, and the rest kept."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.base import Outgoing, SendCode, SendError
from bot.channels.wechat.pieces import parts
from conversations.allowances import Cause, Grant, grant
from core.clock import utc_now
from core.messages import Identity, QuickReply, Reply, Step
from tests.integration.bot.channels.fake_wechat import OPEN_ID, FakeWeChat, Fault, text_xml
from tests.integration.bot.channels.wechat.conftest import Site
from tests.integration.bot.channels.wechat.test_webhook import THANKS
from tests.integration.talk import message, store

ME = Identity(channel="wechat", user_id=OPEN_ID)
LONG = Reply(text="用人单位拖欠工资的，您可以先投诉，也可以申请仲裁。" * 80)
MORE = "您随便回一个字，我接着发。"


async def conversation(site: Site, left: int = 5) -> str:
    [received] = await store(site.db, message(channel="wechat", user=OPEN_ID))
    talk = received.conversation_id
    async with site.db.write() as session:
        until = utc_now().replace(year=2100)
        await grant(session, talk, Grant(cause=Cause.MESSAGE, count=left, until=until))
    return talk


def outgoing(talk: str, reply: Reply, *, parts_sent: int = 0) -> Outgoing:
    return Outgoing(
        delivery_id="d1",
        conversation_id=talk,
        to=ME,
        seq=2,
        reply=reply,
        parts_sent=parts_sent,
    )


TABLE = {
    "text": (Reply(text="您好"), "您好"),
    "quick replies": (
        Reply(text="选", quick_replies=(QuickReply(title="好", payload="affirm"),)),
        "选\n\n① 好\n要选哪一项，回它的序号就行。",
    ),
    "timeline": (
        Reply(text="进度", timeline=(Step(at="11月2日", label="登记", text="已收"),)),
        "进度\n11月2日 登记 已收",
    ),
}


@pytest.mark.parametrize("name", TABLE)
async def test_on_the_wire(site: Site, wechat: FakeWeChat, name: str) -> None:
    reply, expected = TABLE[name]
    channel = site.line.channel(site.db, clock=utc_now)
    await channel.send(outgoing(await conversation(site), reply))

    assert wechat.sent == [(OPEN_ID, expected)]


async def test_a_long_one_goes_on_where_it_stopped(site: Site, wechat: FakeWeChat) -> None:
    channel = site.line.channel(site.db, clock=utc_now)
    talk, texts = await conversation(site), parts(LONG)
    wechat.fail("send", None, Fault(status=502))
    with pytest.raises(SendError) as raised:
        await channel.send(outgoing(talk, LONG))
    assert (raised.value.retryable, raised.value.parts_sent) == (True, 1)

    await channel.send(outgoing(talk, LONG, parts_sent=1))

    assert wechat.texts == list(texts)


async def test_the_last_allowed_says_that_more_waits(site: Site, wechat: FakeWeChat) -> None:
    channel = site.line.channel(site.db, clock=utc_now)
    with pytest.raises(SendError) as raised:
        await channel.send(outgoing(await conversation(site, left=2), LONG))

    assert (raised.value.code, raised.value.parts_sent) == (SendCode.QUOTA_SPENT, 2)
    assert [MORE in text for text in wechat.texts] == [False, True]


async def test_wechats_count_is_believed(site: Site, wechat: FakeWeChat) -> None:
    channel = site.line.channel(site.db, clock=utc_now)
    talk = await conversation(site)
    wechat.allowed = 0
    for _ in range(2):
        with pytest.raises(SendError) as raised:
            await channel.send(outgoing(talk, Reply(text="您好")))

    assert raised.value.code is SendCode.QUOTA_SPENT
    assert wechat.calls.count("send") == 1


async def test_an_empty_one_is_invalid(site: Site) -> None:
    channel = site.line.channel(site.db, clock=utc_now)
    with pytest.raises(SendError) as raised:
        await channel.send(outgoing(await conversation(site), Reply(text=" \x00")))

    assert raised.value.code is SendCode.MESSAGE_INVALID


async def test_typing_is_shown_and_its_failure_swallowed(site: Site, wechat: FakeWeChat) -> None:
    channel = site.line.channel(site.db, clock=utc_now)
    wechat.fail("typing", None, Fault(errcode=45081), Fault(drop=True))
    for _ in range(3):
        await channel.typing(ME)

    assert wechat.calls.count("typing") == 3


async def test_through_the_relay_nothing_is_lost_when_the_quota_ends(
    site: Site, wechat: FakeWeChat
) -> None:
    """Seven messages, five allowed: the rest waits and comes on the citizen's next word."""
    await site.caller().ask(text_xml("谢谢"))
    await site.say(*(f"第{n}条" for n in range(1, 8)))
    await site.settled(*["sent"] * 6, "queued", "queued")
    async with asyncio.timeout(5):
        while ("queued", "quota_spent") not in await site.states():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert [text.splitlines()[0] for text in wechat.texts] == [f"第{n}条" for n in range(1, 6)]
    assert MORE in wechat.texts[-1]

    answered = await site.caller().ask(text_xml("谢谢"))

    assert answered.text == f"第6条\n\n第7条\n\n{THANKS}"
    await site.settled(*["sent"] * 9)
    assert len(wechat.texts) == 5


async def test_who_left_is_written_to_no_more(site: Site, wechat: FakeWeChat) -> None:
    await site.caller().ask(text_xml("谢谢"))
    wechat.stopped.add(OPEN_ID)
    await site.say("您的事有进展")

    await site.settled("sent", "failed")
    assert (await site.states())[-1] == ("failed", "contact_stopped")
