"""WeChat's requests: signed, stored, answered on the spot or pushed, the same however often they come."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress

import aiohttp
import pytest
from sqlalchemy import func, select

from actions.phrases import phrases
from conversations.allowances import withdraw
from conversations.models import Conversation, MessageRecord
from tests.integration.bot.channels.fake_wechat import (
    AES_KEY,
    OLD_AES_KEY,
    Answered,
    Fault,
    event_xml,
    message_xml,
    parse,
    signature,
    text_xml,
)
from tests.integration.bot.channels.wechat.conftest import Site

THANKS = phrases()["thanks"].text


async def count(site: Site, direction: str = "incoming") -> int:
    async with site.db.read() as session:
        query = select(func.count(MessageRecord.id)).where(MessageRecord.direction == direction)
        return await session.scalar(query) or 0


@pytest.mark.parametrize("key", [None, AES_KEY, OLD_AES_KEY], ids=["plain", "safe", "old key"])
async def test_answered_the_way_it_was_asked(site: Site, key: str | None) -> None:
    answered = await site.caller(key).ask(text_xml("谢谢"))

    assert answered.status == 200
    assert answered.reply["MsgType"] == "text"
    assert answered.reply["FromUserName"] == "gh_sufatong"
    assert answered.text == THANKS
    await site.settled("sent")
    await asyncio.sleep(1.2)
    assert site.wechat.texts == []


async def test_address_is_verified(site: Site) -> None:
    stamp = str(int(time.time()))
    query = {
        "timestamp": stamp,
        "nonce": "n1",
        "signature": signature("webhookToken1", stamp, "n1"),
        "echostr": "5837463958",
    }
    async with aiohttp.ClientSession() as http:
        async with http.get(site.url, params=query) as answer:
            assert (answer.status, await answer.text()) == (200, "5837463958")
        async with http.get(site.url, params={**query, "signature": "0" * 40}) as answer:
            assert (answer.status, await answer.text()) == (403, "")


@pytest.mark.parametrize(
    "changed",
    [
        {"signature": "0" * 40},
        {"signature": "签"},
        {"nonce": ""},
        {"nonce": "other"},
        {"timestamp": "1"},
        {"timestamp": "4102444800"},  # the year 2100
        {"timestamp": "²"},
        {"msg_signature": "0" * 40},
        {"encrypt_type": "raw", "msg_signature": ""},
    ],
    ids=str,
)
async def test_strangers_are_refused(site: Site, changed: dict[str, str]) -> None:
    answered = await site.caller().ask(text_xml("谢谢"), changed=changed)

    # The last is no lie about who sent it: in compatible mode a body in the clear is read as such.
    plain = "encrypt_type" in changed
    assert answered.status == (200 if plain else 403)
    assert await count(site) == 0


async def test_a_used_signature_carries_no_other_words(site: Site) -> None:
    caller = site.caller(None)
    query, body = caller.prepared(text_xml("谢谢", number=1))
    first = await caller.post(query, body)
    again = await caller.post(query, body)
    forged = await caller.post(query, text_xml("转人工", number=2).encode())

    assert (first.text, again.text, forged.status) == (THANKS, THANKS, 403)
    assert await count(site) == 1


async def test_every_repetition_hears_the_same_and_it_is_sent_once(site: Site) -> None:
    xml = text_xml("谢谢")
    site.slow = 0.5

    together = await asyncio.gather(*(site.caller().ask(xml) for _ in range(3)))
    later = await site.caller().ask(xml)

    assert [a.text for a in (*together, later)] == [THANKS] * 4
    assert await count(site) == 1
    await site.settled("sent")
    await asyncio.sleep(1.2)
    assert site.wechat.texts == []


async def test_what_takes_too_long_is_pushed(site: Site) -> None:
    site.slow = 5
    started = time.monotonic()

    answered = await site.caller().ask(text_xml("谢谢"), patience=5)

    assert answered.body == "success"
    assert 4.3 < time.monotonic() - started < 5
    await site.settled("sent")
    assert site.wechat.texts == [THANKS]


async def test_a_lost_answer_is_given_to_the_repetition(site: Site) -> None:
    xml = text_xml("谢谢")
    site.slow = 1.0
    with pytest.raises(TimeoutError):
        await site.caller().ask(xml, patience=0.3)

    again = await site.caller().ask(xml)

    assert again.text == THANKS
    await site.settled("sent")
    await asyncio.sleep(1.2)
    assert site.wechat.texts == []


async def test_a_lost_answer_without_a_repetition_is_pushed(site: Site) -> None:
    site.slow = 1.0
    with pytest.raises(TimeoutError):
        await site.caller().ask(text_xml("谢谢"), patience=0.3)

    await asyncio.sleep(1.5)
    assert site.wechat.texts == []  # WeChat may still ask again
    await site.settled("sent")

    assert site.wechat.texts == [THANKS]


async def test_unknown_kinds_and_unreadable_bodies_are_done_with(site: Site) -> None:
    caller = site.caller(None)
    bodies = [
        message_xml("carrier_pigeon"),
        event_xml("VIEW", key="https://example.cn"),
        event_xml("LOCATION"),
        event_xml("CLICK", key="不是口令"),
        "<xml>",
        "",
        "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml><MsgType>&a;</MsgType></xml>",
        message_xml("text", Content="x" * 70_000),
    ]
    answers = [await caller.ask(body) for body in bodies]

    assert {(a.status, a.body) for a in answers} == {(200, "success")}
    assert await count(site) == 0


async def test_following_is_greeted_and_leaving_ends_everything(site: Site) -> None:
    caller = site.caller()
    welcome = await caller.ask(event_xml("subscribe"))
    await caller.ask(text_xml("谢谢"))
    await site.settled("sent", "sent")
    async with site.db.write() as session:
        await withdraw(session, (await session.scalars(select(Conversation.id))).one())
    await site.say("您的事有进展")
    await asyncio.sleep(1.2)
    left = await caller.ask(event_xml("unsubscribe"))

    assert welcome.text.startswith(phrases()["welcome"].text)
    assert left.body == "success"
    assert (await site.states())[-1] == ("failed", "contact_stopped")
    assert site.wechat.texts == []


async def test_a_number_is_the_button_before_it(site: Site) -> None:
    caller = site.caller()
    welcome = await caller.ask(event_xml("subscribe"))
    chosen = await caller.ask(text_xml("第一个"))

    assert "① 我要问法律" in welcome.text
    assert chosen.text.startswith(phrases()["help_legal"].text)


async def test_while_it_cannot_be_stored_wechat_is_asked_to_come_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ConnectionError("no database")

    xml = text_xml("谢谢")
    with monkeypatch.context() as patched:
        patched.setattr("bot.inbox.receive", broken)
        assert (await site.caller().ask(xml)).status == 503

    assert (await site.caller().ask(xml)).text == THANKS


async def test_noting_that_fails_costs_nobody_the_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise ConnectionError("no database")

    xml = text_xml("谢谢")
    with monkeypatch.context() as patched:
        patched.setattr("conversations.passive.arrived", broken)
        assert (await site.caller().ask(xml)).text == THANKS
        assert await site.states() == [("wired", None)]

    assert (await site.caller().ask(xml)).text == THANKS
    await site.settled("sent")


async def test_twenty_citizens_over_bad_lines_hear_each_answer_once(site: Site) -> None:
    """Connections are given up at any moment and tried again as WeChat does; its API fails too."""
    chance = random.Random(9)
    site.slow = 0.4
    site.wechat.fail("send", *[Fault(status=502), None, Fault(errcode=-1), None] * 5)

    async def citizen(number: int) -> list[str]:
        heard = []
        xml = text_xml("谢谢", number=number, who=f"o{number}")
        for patience in (chance.uniform(0.05, 1.5), chance.uniform(0.05, 1.5), 5.0):
            with suppress(TimeoutError):
                heard = [(await site.caller().ask(xml, patience=patience)).text]
                break
            await asyncio.sleep(chance.uniform(0, 0.2))
        return [text for text in heard if text]

    passive = await asyncio.gather(*(citizen(n) for n in range(20)))
    await site.settled(*["sent"] * 20)

    pushed = [who for who, _ in site.wechat.sent]
    assert [len(p) + pushed.count(f"o{n}") for n, p in enumerate(passive)] == [1] * 20
    assert await count(site) == 20


def test_the_peer_reads_what_it_wrote() -> None:
    assert parse(text_xml("你好"))["Content"] == "你好"
    assert Answered(status=200, body="").text == ""
