"""A whole talk with telemelya, which knows the Bot API from elsewhere than we do."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientConnectionError, ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.base import Outgoing
from bot.channels.telegram.account import Account, TelegramBot, open_bot
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.send import TelegramChannel
from bot.channels.telegram.webhook import PATH, SECRET_HEADER, Webhook, register_webhook
from core.messages import Identity, Message, QuickReply, Reply
from tests.integration.bot.channels.conftest import Inbox

SERVER = Path(__file__).parent.parent / "telemelya_server.py"
TOKEN = "123456:ABC-not_real"
CHAT = 42


@dataclass
class Talk:
    """One citizen at telemelya's end, and what the bot answered there."""

    url: str
    http: ClientSession

    # Any: telemelya's answers are JSON.
    async def says(self, **update: Any) -> int:
        """Have telemelya deliver an update; gives our webhook's status."""
        async with self.http.post(
            f"{self.url}/api/v1/test/send_update",
            params={"bot_token": TOKEN},
            json={"chat_id": CHAT, **update},
        ) as answer:
            status: int = (await answer.json())["delivery"]["status_code"]
            return status

    async def answers(self) -> list[dict[str, Any]]:
        async with self.http.get(f"{self.url}/api/v1/test/responses") as answer:
            found: list[dict[str, Any]] = (await answer.json())["responses"]
            return found


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(SERVER), stdout=asyncio.subprocess.PIPE, cwd=tmp_path
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(60):
            port = int(await process.stdout.readline())
            async with ClientSession(headers={"Authorization": "Bearer any"}) as http:
                await _until_up(http, f"http://127.0.0.1:{port}")
                yield Talk(url=f"http://127.0.0.1:{port}", http=http)
    finally:
        process.terminate()
        await process.wait()


@pytest.fixture
async def peer_bot(talk: Talk) -> AsyncIterator[TelegramBot]:
    async with open_bot(Account(token=TOKEN, base_url=talk.url)) as opened:
        yield opened


def adding_secret(handle: Callable[..., Any], secret: str) -> Callable[..., Any]:
    """Telemelya sends no secret header; a proxy in front adds it."""

    async def proxied(request: web.Request) -> web.Response:
        headers = {**request.headers, SECRET_HEADER: secret}
        answer: web.Response = await handle(request.clone(headers=headers))
        return answer

    return proxied


async def test_start_words_buttons_and_presses(
    talk: Talk, peer_bot: TelegramBot, inbox: Inbox
) -> None:
    webhook = Webhook(Intake(peer_bot, inbox, bot_id=123456), secret="s")
    app = web.Application()
    app.router.add_post("/bare", webhook.handle)
    app.router.add_post(PATH, adding_secret(webhook.handle, "s"))
    async with TestServer(app) as ours:
        await register_webhook(peer_bot, url=str(ours.make_url("/bare")), secret="s")
        assert await talk.says(text="谁") == 403

        await register_webhook(peer_bot, url=str(ours.make_url(PATH)), secret="s")
        statuses = [
            await talk.says(command="/start"),
            await talk.says(text="公司拖欠工资"),
            await talk.says(photo_file_id="photo-1", photo_caption="短信"),
            await talk.says(callback_data="human_handoff"),
        ]
        await _eventually_answered(talk)
    await webhook.close()

    assert statuses == [200] * 4
    assert [_seen(m) for m in inbox.stored.values()] == [
        ("/start", "greet", None),
        ("公司拖欠工资", None, None),
        ("短信", None, "photo-1"),
        ("", "human_handoff", None),
    ]


async def test_a_reply_arrives_with_its_keyboard(talk: Talk, peer_bot: TelegramBot) -> None:
    channel = TelegramChannel(peer_bot)
    to = Identity(channel="telegram", user_id=str(CHAT))
    reply = Reply(
        text="您可以向劳动监察部门投诉。",
        quick_replies=(QuickReply(title="转人工", payload="human_handoff"),),
    )

    await channel.typing(to)
    ids = await channel.send(
        Outgoing(delivery_id="d", conversation_id="c", to=to, seq=1, reply=reply)
    )

    typing, message = await talk.answers()
    assert (typing["method"], message["method"]) == ("sendChatAction", "sendMessage")
    assert (message["chat_id"], message["text"], (str(message["message_id"]),)) == (
        CHAT,
        "您可以向劳动监察部门投诉。",
        ids,
    )
    assert message["reply_markup"] == {
        "inline_keyboard": [[{"text": "转人工", "callback_data": "human_handoff"}]]
    }


def _seen(message: Message) -> tuple[str, str | None, str | None]:
    files = [a.file_id for a in message.attachments]
    return message.text, message.payload, files[0] if files else None


async def _eventually_answered(talk: Talk) -> None:
    async with asyncio.timeout(5):
        answered: set[str] = set()
        while "answerCallbackQuery" not in answered:
            answered = {answer["method"] for answer in await talk.answers()}


async def _until_up(http: ClientSession, url: str) -> None:
    while True:
        try:
            async with http.get(url):
                return
        except ClientConnectionError:
            await asyncio.sleep(0.05)
