"""From Telegram into the real inbox on SQLite: what is delivered again is stored once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.channels.telegram.account import TelegramBot
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Poller
from conversations.inbox import receive
from conversations.models import MessageRecord
from core.clock import utc_now
from core.messages import Message
from db.base import Base
from db.encryption import load_vault
from db.engine import Database, open_database
from tests.integration.bot.channels.conftest import Inbox
from tests.integration.bot.channels.fake_telegram import (
    FakeTelegram,
    Fault,
    button_update,
    eventually,
    text_update,
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = open_database(
        f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}", load_vault(tmp_path / "keys")
    )
    async with opened.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield opened
    await opened.close()


async def test_ten_deliveries_polled_twice_are_one_message_each(
    bot: TelegramBot, telegram: FakeTelegram, database: Database
) -> None:
    async def store(message: Message) -> None:
        await receive(database, message, now=utc_now())

    repeated = [text_update(number, f"第{number}条") for number in (1, 2, 3) for _ in range(10)]
    for _ in range(2):
        telegram.push(*repeated)
        poller = Poller(bot, Intake(bot, store, bot_id=123456))
        task = asyncio.create_task(poller.run())
        await eventually(lambda: not telegram.waiting)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async with database.read() as session:
        rows = list(await session.scalars(select(MessageRecord).order_by(MessageRecord.seq)))
    assert [(row.external_id, database.vault.open(row.text_sealed)) for row in rows] == [
        ("123456:1", "第1条"),
        ("123456:2", "第2条"),
        ("123456:3", "第3条"),
    ]


async def test_closing_drops_the_answers_under_way(
    bot: TelegramBot, telegram: FakeTelegram, inbox: Inbox
) -> None:
    telegram.fail("answerCallbackQuery", Fault(delay=0.4, status=500))
    intake = Intake(bot, inbox, bot_id=123456)
    intake.release(button_update(1))
    await eventually(lambda: telegram.called("answerCallbackQuery"))

    async with asyncio.timeout(0.2):
        await intake.close()
