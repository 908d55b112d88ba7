"""From Telegram to the answer and back, by polling and by webhook, against a fake Bot API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

import bot.telegram_door
from actions.phrases import phrases
from bot.background import background
from bot.channels.telegram.account import TokenMalformed
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.webhook import PATH, SecretMalformed
from bot.door import Door
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from bot.telegram_door import open_account, open_door
from cases.uploads import UploadDesk
from conversations.bus import MemoryBus
from core.clock import utc_now
from db.engine import Database
from db.store import FolderStore
from nlu.server.process import free_port
from tests.integration.bot.channels.fake_telegram import (
    TOKEN,
    FakeTelegram,
    Fault,
    button_update,
    eventually,
    photo_update,
    running_telegram,
    text_update,
)
from tests.integration.bot.web.site import folder_of
from tests.integration.talk import make_engine
from tests.pictures import photo

SECRET = "kept_between-us"
THANKS = phrases()["thanks"].text


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open door with what stands behind it."""

    door: Door
    inbox: Inbox


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what is looked at here lies above the database."""
    return sqlite_url


@pytest_asyncio.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with running_telegram() as fake:
        yield fake


def polling(telegram: FakeTelegram, **more: str) -> Settings:
    given = {"telegram_token": TOKEN, "telegram_api": telegram.url, **more}
    return Settings.model_validate(given)


def webhook(telegram: FakeTelegram, port: int = 1, **more: str) -> Settings:
    given = {"telegram_secret": SECRET, "public_url": f"http://127.0.0.1:{port}/", **more}
    return polling(telegram, **given)


@asynccontextmanager
async def opened(db: Database, settings: Settings) -> AsyncIterator[Opened]:
    """Account, relay and door around a bot that reads by rules."""
    async with open_account(settings) as account:
        assert account is not None
        relay = Relay(db, {"telegram": TelegramChannel(account)}, clock=utc_now)
        engine = make_engine(db, committed=relay.wake)
        inbox = Inbox(db, MemoryBus(), engine.answer, clock=utc_now)
        uploads = UploadDesk(db, FolderStore(folder_of(db)), clock=utc_now)
        opening = open_door(settings, account, inbox, uploads.take)
        async with background(relay.run()), opening as door:
            yield Opened(door=door, inbox=inbox)
            await inbox.close()


@asynccontextmanager
async def served(door: Door, port: int) -> AsyncIterator[None]:
    app = web.Application()
    app.router.add_routes(door.routes)
    server = TestServer(app, port=port)
    await server.start_server()
    try:
        yield
    finally:
        await server.close()


def told(telegram: FakeTelegram) -> list[tuple[int, str]]:
    return [(int(m["chat_id"]), m["text"]) for m in telegram.messages]


async def test_without_a_token_there_is_no_door(database: Database) -> None:
    settings = Settings()
    async with open_account(settings) as account:
        assert account is None
        inbox = Inbox(database, MemoryBus(), make_engine(database).answer, clock=utc_now)
        uploads = UploadDesk(database, FolderStore(folder_of(database)), clock=utc_now)
        async with open_door(settings, account, inbox, uploads.take) as door:
            assert (list(door.routes), dict(door.checks)) == ([], {})


async def test_a_token_that_is_none_is_told_at_once() -> None:
    with pytest.raises(TokenMalformed):
        async with open_account(Settings.model_validate({"telegram_token": "hunter2"})):
            pass


async def test_polled_messages_are_answered_and_confirmed(
    database: Database, telegram: FakeTelegram
) -> None:
    telegram.push(text_update(1, "谢谢"), text_update(2, "谢谢", chat=7002))
    async with opened(database, polling(telegram)) as it:
        await eventually(lambda: len(telegram.messages) == 2)
        telegram.push(button_update(3, "thanks"))
        await eventually(lambda: len(telegram.messages) == 3)
        await eventually(lambda: telegram.confirmed == [1, 2, 3])

        assert await it.door.checks["telegram"]()
        assert list(it.door.routes) == []
    assert sorted(told(telegram)) == [(7001, THANKS), (7001, THANKS), (7002, THANKS)]
    assert telegram.called("answerCallbackQuery") == [{"callback_query_id": "query-3"}]


async def test_a_photo_arrives_and_one_that_does_not_is_told_kindly(
    database: Database, telegram: FakeTelegram
) -> None:
    telegram.files["p1"] = photo()
    telegram.push(photo_update(1, "p1"), photo_update(2, "gone", caption="谢谢", chat=7002))
    async with opened(database, polling(telegram)):
        await eventually(lambda: len(telegram.messages) == 3)

    heard: dict[int, list[str]] = {7001: [], 7002: []}
    for chat, text in told(telegram):
        heard[chat].append(text)
    assert "收到 1 张照片" in heard[7001][0]
    assert heard[7002][0] == THANKS
    assert "没有收到" in heard[7002][1]


async def test_polling_that_is_refused_is_told_to_readiness(
    database: Database, telegram: FakeTelegram
) -> None:
    telegram.fail("deleteWebhook", *[Fault(status=401, description="Unauthorized")] * 3)
    async with opened(database, polling(telegram)) as it:
        assert not await it.door.checks["telegram"]()
        await eventually(lambda: telegram.called("deleteWebhook"))

        assert not await it.door.checks["telegram"]()


@pytest.mark.parametrize("lacking", [{"public_url": ""}, {"telegram_secret": ""}])
async def test_half_of_the_webhooks_settings_means_polling(
    database: Database, telegram: FakeTelegram, lacking: dict[str, str]
) -> None:
    async with opened(database, webhook(telegram, 1, **lacking)) as it:
        await eventually(lambda: telegram.called("getUpdates"))

        assert list(it.door.routes) == []
    assert telegram.called("setWebhook") == []


async def test_the_webhook_is_registered_and_answers(
    database: Database, telegram: FakeTelegram
) -> None:
    port = free_port()
    async with opened(database, webhook(telegram, port)) as it, served(it.door, port):
        await eventually(lambda: telegram.webhook)
        assert telegram.webhook["url"] == f"http://127.0.0.1:{port}{PATH}"
        assert telegram.webhook["secret_token"] == SECRET
        assert await telegram.deliver(text_update(1, "谢谢")) == 200
        assert await telegram.deliver(text_update(1, "谢谢")) == 200
        assert await telegram.deliver(text_update(2, "谢谢"), secret="guessed") == 403
        await eventually(lambda: telegram.messages)

        assert await it.door.checks["telegram"]()
    assert told(telegram) == [(7001, THANKS)]
    assert telegram.called("getUpdates") == []


async def test_registering_is_tried_until_telegram_has_heard(
    database: Database, telegram: FakeTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.telegram_door, "RETRY_SECONDS", 0.2)
    telegram.fail("setWebhook", Fault(status=502), Fault(status=502))
    async with opened(database, webhook(telegram)) as it:
        await eventually(lambda: telegram.called("setWebhook"))
        assert not await it.door.checks["telegram"]()
        await eventually(lambda: telegram.webhook)

    assert len(telegram.called("setWebhook")) == 3


async def test_a_secret_that_telegram_would_refuse_is_told_at_once(
    database: Database, telegram: FakeTelegram
) -> None:
    with pytest.raises(SecretMalformed):
        async with opened(database, webhook(telegram, telegram_secret="with blanks")):
            pass
