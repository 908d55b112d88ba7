"""The webhook over HTTP: strangers refused, everything stored once, Telegram never made to hammer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.base import SendCode, SendError
from bot.channels.telegram.account import TelegramBot
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.webhook import PATH, SecretMalformed, Webhook, register_webhook
from tests.integration.bot.channels.conftest import Inbox
from tests.integration.bot.channels.fake_telegram import (
    FakeTelegram,
    Fault,
    button_update,
    eventually,
    text_update,
)

SECRET = "kept_between-us"


@pytest.fixture(autouse=True)
async def served(bot: TelegramBot, inbox: Inbox, telegram: FakeTelegram) -> AsyncIterator[None]:
    """Our route, registered with the fake Telegram."""
    webhook = Webhook(Intake(bot, inbox, bot_id=123456), secret=SECRET)
    app = web.Application()
    app.router.add_post(PATH, webhook.handle)
    server = TestServer(app)
    await server.start_server()
    await register_webhook(bot, url=str(server.make_url(PATH)), secret=SECRET)
    yield
    await webhook.close()
    await server.close()


async def test_registering_keeps_what_waits_and_names_the_kinds(telegram: FakeTelegram) -> None:
    registered = telegram.called("setWebhook")[0]

    assert {k: v for k, v in registered.items() if k != "url"} == {
        "max_connections": 40,
        "allowed_updates": ["message", "edited_message", "callback_query"],
        "drop_pending_updates": False,
        "secret_token": SECRET,
    }


async def test_a_refused_registration_has_its_name(
    bot: TelegramBot, telegram: FakeTelegram
) -> None:
    telegram.fail("setWebhook", Fault(status=401, description="Unauthorized"))

    with pytest.raises(SendError) as caught:
        await register_webhook(bot, url="https://example.com/x", secret=SECRET)

    assert caught.value.code is SendCode.CHANNEL_CONFIG


@pytest.mark.parametrize("secret", ["", "two words", "苏州", "x" * 257])
async def test_a_malformed_secret_is_refused_at_once(
    bot: TelegramBot, inbox: Inbox, secret: str
) -> None:
    with pytest.raises(SecretMalformed):
        Webhook(Intake(bot, inbox, bot_id=1), secret=secret)
    with pytest.raises(SecretMalformed):
        await register_webhook(bot, url="https://example.com/x", secret=secret)


@pytest.mark.parametrize("secret", ["", "wrong", SECRET[:-1], SECRET + "x", "\xfcmlaut"])
async def test_a_stranger_is_refused_and_stores_nothing(
    telegram: FakeTelegram, inbox: Inbox, secret: str
) -> None:
    assert await telegram.deliver(text_update(1), secret=secret) == 403
    assert inbox.tries == []


async def test_the_same_update_ten_times_is_one_message(
    telegram: FakeTelegram, inbox: Inbox
) -> None:
    statuses = await asyncio.gather(*(telegram.deliver(text_update(1)) for _ in range(10)))

    assert statuses == [200] * 10
    assert list(inbox.stored) == ["123456:1"]


async def test_order_of_arrival_does_not_matter_for_storing(
    telegram: FakeTelegram, inbox: Inbox
) -> None:
    for number in (3, 1, 2):
        await telegram.deliver(text_update(number))

    assert sorted(inbox.stored) == ["123456:1", "123456:2", "123456:3"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"5",
        b'{"message": {}}',
        b'{"update_id": "x"}',
        json.dumps(text_update(1) | {"message": None}).encode(),
        json.dumps(text_update(1) | {"message": {"date": 1}}).encode(),
        json.dumps({"update_id": 1, "telepathy": {}}).encode(),
        json.dumps(text_update(1, "x" * 1024 * 1024)).encode(),
    ],
    ids=lambda body: f"{body[:20]!r}x{len(body)}",
)
async def test_what_no_repetition_mends_is_done_with(
    telegram: FakeTelegram, inbox: Inbox, body: bytes
) -> None:
    assert await telegram.deliver(body) == 200
    assert inbox.tries == []


async def test_what_cannot_be_stored_stays_with_telegram(
    telegram: FakeTelegram, inbox: Inbox
) -> None:
    inbox.broken.add("*")
    assert await telegram.deliver(text_update(1)) == 503
    inbox.broken.clear()

    assert await telegram.deliver(text_update(1)) == 200
    assert list(inbox.stored) == ["123456:1"]


async def test_an_inbox_that_hangs_gives_the_update_back(
    bot: TelegramBot, telegram: FakeTelegram
) -> None:
    async def hang(message: object) -> None:
        await asyncio.sleep(60)

    intake = Intake(bot, hang, bot_id=1, patience=timedelta(seconds=0.05))
    app = web.Application()
    app.router.add_post(PATH, Webhook(intake, secret=SECRET).handle)
    async with TestServer(app) as server:
        telegram.webhook["url"] = str(server.make_url(PATH))
        assert await telegram.deliver(text_update(1)) == 503


async def test_a_button_is_released_after_storing(telegram: FakeTelegram, inbox: Inbox) -> None:
    assert await telegram.deliver(button_update(1)) == 200

    assert [m.payload for m in inbox.stored.values()] == ["human_handoff"]
    await eventually(lambda: telegram.called("answerCallbackQuery"))
    assert telegram.called("answerCallbackQuery") == [{"callback_query_id": "query-1"}]


async def test_a_button_not_stored_is_not_released(telegram: FakeTelegram, inbox: Inbox) -> None:
    inbox.broken.add("*")

    assert await telegram.deliver(button_update(1)) == 503
    await asyncio.sleep(0.1)
    assert telegram.called("answerCallbackQuery") == []


@pytest.mark.parametrize("fault", [Fault(delay=0.4, status=500), Fault(status=400)])
async def test_a_button_that_cannot_be_released_delays_nothing(
    telegram: FakeTelegram, inbox: Inbox, fault: Fault
) -> None:
    telegram.fail("answerCallbackQuery", fault)

    async with asyncio.timeout(0.3):
        assert await telegram.deliver(button_update(1)) == 200
    assert len(inbox.stored) == 1
    await eventually(lambda: telegram.called("answerCallbackQuery"))


async def test_a_hundred_at_once_are_all_stored(telegram: FakeTelegram, inbox: Inbox) -> None:
    updates: list[dict[str, Any]] = [text_update(n, chat=n) for n in range(100)]

    statuses = await asyncio.gather(*(telegram.deliver(u) for u in updates))

    assert (set(statuses), len(inbox.stored)) == ({200}, 100)
