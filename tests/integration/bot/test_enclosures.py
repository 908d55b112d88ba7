"""From a filled form to the file at Telegram, by the outbox and relay that everything takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.telegram.account import Account, open_bot
from bot.channels.telegram.pace import Pace
from bot.channels.telegram.send import TelegramChannel
from bot.relay import FIRST_WAIT, Relay
from core.messages import Message
from db.engine import Database
from documents.desk import DocumentDesk
from documents.links import token_of
from tests.integration.bot.channels.fake_telegram import (
    TOKEN,
    FakeTelegram,
    Fault,
    eventually,
    running_telegram,
)
from tests.integration.talk import Hands, make_engine, message, store, told
from tests.unit.documents.samples import docx_text

STEPS = ["帮我写一封信访信", "小区东门的路灯坏了半年", "其余留空", "要 Word"]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")


def by_telegram(text: str) -> Message:
    written = message(text, channel="telegram", user="7001")
    return replace(written, attachments=())


async def ask_for_it(database: Database, hands: Hands) -> str:
    """Fill a letter in and ask for it; gives the token of its link."""
    engine = make_engine(database, clock=hands, attests=True)
    for step in STEPS:
        [received] = await store(database, by_telegram(step), now=hands.now)
        await engine.answer(received.conversation_id)
    last = (await told(database, received.conversation_id))[-1]
    assert last.reply is not None
    return token_of(last.reply.attachments[0].url) or ""


async def deliver(
    database: Database, hands: Hands, telegram: FakeTelegram, *, rounds: int
) -> None:
    account = Account(token=TOKEN, base_url=telegram.url)
    async with open_bot(account) as bot:
        channel = TelegramChannel(bot, pace=Pace(per_chat=0))
        desk = DocumentDesk(database, clock=hands)
        relay = Relay(database, {channel.name: channel}, clock=hands, files=desk)
        for _ in range(rounds):
            await relay.once()
            # What takes long goes on by itself.
            await eventually(lambda: not relay._sending)
            hands.now += FIRST_WAIT * 16


async def test_the_file_arrives_and_its_link_is_used_up(database: Database, hands: Hands) -> None:
    token = await ask_for_it(database, hands)
    async with running_telegram() as telegram:
        await deliver(database, hands, telegram, rounds=6)

    files = [m for m in telegram.messages if "document" in m]
    assert [m["document"] for m in files] == ["信访信.docx"]
    assert "小区东门的路灯坏了半年" in docx_text(files[0]["content"])
    assert not any(token in str(m.get("text")) for m in telegram.messages)
    assert await DocumentDesk(database, clock=hands).take(token) is None


async def test_a_fault_at_telegram_loses_nothing_and_doubles_nothing(
    database: Database, hands: Hands
) -> None:
    await ask_for_it(database, hands)
    async with running_telegram() as telegram:
        telegram.fail("sendDocument", Fault(status=500), Fault(status=502))
        await deliver(database, hands, telegram, rounds=10)

    assert [m["document"] for m in telegram.messages if "document" in m] == ["信访信.docx"]
    assert sum("《信访信》好了" in str(m.get("text")) for m in telegram.messages) == 1
