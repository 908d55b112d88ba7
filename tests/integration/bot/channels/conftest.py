"""A fake Bot API, a client for it, and an inbox that remembers and can be made to fail."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.telegram.account import Account, TelegramBot, open_bot
from core.messages import Message
from tests.integration.bot.channels.fake_telegram import TOKEN, FakeTelegram, running_telegram


class Inbox:
    """Stores each external id once; ``broken`` says for whom it fails (``*``: for all)."""

    def __init__(self) -> None:
        self.stored: dict[str, Message] = {}
        self.tries: list[str] = []
        self.broken: set[str] = set()

    async def __call__(self, message: Message) -> None:
        self.tries.append(message.text)
        if {"*", message.text} & self.broken:
            raise ConnectionError(message.text)
        self.stored.setdefault(message.external_id, message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.stored.values()]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with running_telegram() as fake:
        yield fake


@pytest.fixture
async def bot(telegram: FakeTelegram) -> AsyncIterator[TelegramBot]:
    account = Account(token=TOKEN, base_url=telegram.url, patience=timedelta(seconds=0.5))
    async with open_bot(account) as opened:
        yield opened
