"""A fake WeChat, the account there, and an installation that answers by rules behind the webhook."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select

from bot.background import background
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from bot.wechat_door import Line, Within, open_door, open_line
from cases.uploads import UploadDesk
from conversations.bus import MemoryBus
from conversations.models import Conversation, DeliveryRecord
from conversations.threads import post
from core.clock import utc_now
from core.messages import Reply
from db.engine import Database
from db.store import FolderStore
from tests.integration.bot.channels.fake_wechat import (
    AES_KEY,
    APP_ID,
    OLD_AES_KEY,
    SECRET,
    TOKEN,
    Caller,
    FakeWeChat,
    running_wechat,
)
from tests.integration.bot.web.site import folder_of
from tests.integration.talk import make_engine


@dataclass(kw_only=True)
class Site:
    """The webhook with everything behind it; ``slow`` seconds pass before each turn."""

    db: Database
    wechat: FakeWeChat
    line: Line
    url: str = ""
    slow: float = 0
    ready: asyncio.Event

    def caller(self, aes_key: str | None = AES_KEY) -> Caller:
        return Caller(url=self.url, aes_key=aes_key)

    async def states(self) -> list[tuple[str, str | None]]:
        """Each delivery's status and code, in order."""
        async with self.db.read() as session:
            rows = await session.execute(
                select(DeliveryRecord.status, DeliveryRecord.error_code).order_by(
                    DeliveryRecord.seq
                )
            )
            return [(row[0], row[1]) for row in rows]

    async def say(self, *texts: str, safety: bool = False) -> None:
        """Staff say something in the one conversation."""
        async with self.db.write() as session:
            talk = (await session.scalars(select(Conversation.id))).one()
            replies = [Reply(text=text, safety=safety) for text in texts]
            await post(session, self.db.vault, talk, replies, author="staff:lin", now=utc_now())

    async def settled(self, *expected: str) -> None:
        """Wait until the deliveries are in these states."""
        found = await self.states()
        for _ in range(500):
            if [state for state, _ in found] == list(expected):
                break
            await asyncio.sleep(0.05)
            found = await self.states()
        assert [state for state, _ in found] == list(expected), found


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """SQLite only: what the tables do is tested on both databases in their own room."""
    return sqlite_url


@pytest_asyncio.fixture
async def wechat() -> AsyncIterator[FakeWeChat]:
    async with running_wechat() as fake:
        yield fake


def settings_of(wechat: FakeWeChat, **more: object) -> Settings:
    given: dict[str, object] = {
        "wechat_app_id": APP_ID,
        "wechat_secret": SECRET,
        "wechat_token": TOKEN,
        "wechat_mode": "compatible",
        "wechat_aes_key": AES_KEY,
        "wechat_old_aes_key": OLD_AES_KEY,
        "wechat_api": wechat.url,
        "public_url": "https://bot.example.cn",
    }
    return Settings.model_validate({**given, **more})


@asynccontextmanager
async def opened(db: Database, wechat: FakeWeChat, **more: object) -> AsyncIterator[Site]:
    """Line, relay, inbox and door around a bot that reads by rules."""
    async with open_line(settings_of(wechat, **more)) as line:
        assert line is not None
        relay = Relay(db, {"wechat": line.channel(db, clock=utc_now)}, clock=utc_now)
        engine = make_engine(db, committed=relay.wake)
        site = Site(db=db, wechat=wechat, line=line, ready=asyncio.Event())

        async def answer(conversation_id: str) -> None:
            await asyncio.sleep(site.slow)
            await engine.answer(conversation_id)

        inbox = Inbox(db, MemoryBus(), answer, clock=utc_now)
        uploads = UploadDesk(db, FolderStore(folder_of(db)), clock=utc_now)
        within = Within(db=db, inbox=inbox, relay=relay, keep=uploads.take, clock=utc_now)
        async with background(relay.run()), open_door(line, within) as door:
            app = web.Application()
            app.router.add_routes(door.routes)
            server = TestServer(app)
            await server.start_server(access_log=None)
            site.url = str(server.make_url("/webhooks/wechat"))
            try:
                yield site
            finally:
                await server.close()
                await inbox.close()


@pytest_asyncio.fixture
async def site(database: Database, wechat: FakeWeChat) -> AsyncIterator[Site]:
    async with opened(database, wechat) as site:
        yield site
