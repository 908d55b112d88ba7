"""Composing the passive reply: one text, urgent first, the rest behind, a notice where none can follow."""

from __future__ import annotations

import asyncio

from bot.channels.wechat.pieces import parts
from core.messages import Reply
from db.engine import Database
from tests.integration.bot.channels.fake_wechat import FakeWeChat, text_xml
from tests.integration.bot.channels.wechat.conftest import Site, opened
from tests.integration.bot.channels.wechat.test_send import LONG, MORE
from tests.integration.bot.channels.wechat.test_webhook import THANKS


async def held_up(site: Site, *texts: str, safety: bool = False) -> None:
    """Let something be said while the relay is held off by a request that waits."""
    await asyncio.sleep(0.3)
    await site.say(*texts, safety=safety)


async def test_what_was_said_meanwhile_goes_along_urgent_first(
    site: Site, wechat: FakeWeChat
) -> None:
    await site.caller().ask(text_xml("谢谢"))
    site.slow = 1
    asked = asyncio.create_task(site.caller().ask(text_xml("谢谢")))
    await held_up(site, "先打110", safety=True)
    answered = await asked

    assert answered.text == f"先打110\n\n{THANKS}"
    await site.settled("sent", "sent", "sent")
    assert wechat.texts == []


async def test_a_long_one_begins_in_the_reply_and_is_pushed_on(
    site: Site, wechat: FakeWeChat
) -> None:
    await site.caller().ask(text_xml("谢谢"))
    site.slow = 1
    asked = asyncio.create_task(site.caller().ask(text_xml("谢谢")))
    await held_up(site, LONG.text)
    answered = await asked

    texts = parts(Reply(text=LONG.text))
    assert answered.text == texts[0]
    await site.settled("sent", "sent", "sent")
    assert wechat.texts == [*texts[1:], THANKS]


async def test_without_the_api_everything_comes_reply_by_reply(
    database: Database, wechat: FakeWeChat
) -> None:
    async with opened(database, wechat, wechat_push=False) as site:
        await site.caller().ask(text_xml("谢谢"))
        await site.say(LONG.text)
        texts = parts(Reply(text=LONG.text))
        told = [await site.caller().ask(text_xml("谢谢")) for _ in texts]

        assert [MORE in t.text for t in told] == [*[True] * (len(texts) - 1), False]
        assert [t.text.startswith(part) for t, part in zip(told, texts, strict=True)] == [
            True for _ in texts
        ]
        async with asyncio.timeout(5):
            while {state for state, _ in await site.states()} != {"sent"}:
                await site.caller().ask(text_xml("谢谢"))
        assert "send" not in wechat.calls
