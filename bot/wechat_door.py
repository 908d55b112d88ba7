"""Opens WeChat's door if there is an account: webhook, passive replies, customer-service API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import structlog
from aiohttp import web

from bot.background import background
from bot.channels.base import Channel, SendError
from bot.channels.wechat.account import Account, Mode, read_aes_key
from bot.channels.wechat.api import Api
from bot.channels.wechat.calls import Calls
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.passive import PassiveReplies
from bot.channels.wechat.pictures import Keep, Pictures
from bot.channels.wechat.pressing import pressed
from bot.channels.wechat.send import WeChatChannel
from bot.channels.wechat.token import Tokens
from bot.channels.wechat.webhook import PATH, Webhook
from bot.door import Door
from bot.inbox import Inbox
from bot.relay import Relay
from bot.settings import Settings
from core.clock import Clock
from core.messages import Message
from db.engine import Database

RETRY_SECONDS = 30

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The account with a connection to WeChat; ``base`` is where links into this server begin."""

    account: Account
    http: aiohttp.ClientSession
    base: str = ""

    def api(self, db: Database, *, clock: Clock) -> Api:
        """The account's calls, with the token that all nodes share."""
        calls = Calls(self.account, self.http)
        return Api(calls, Tokens(self.account, calls, db, clock=clock))

    def channel(self, db: Database, *, clock: Clock) -> Channel:
        """The way out."""
        ledger = Ledger(db, clock=clock, may_push=self.account.may_push)
        return WeChatChannel(self.api(db, clock=clock), ledger, base=self.base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """What of the service the door opens into."""

    db: Database
    inbox: Inbox
    relay: Relay
    keep: Keep
    clock: Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way into the inbox: numbers become buttons, pictures are kept first."""

    db: Database
    inbox: Inbox
    pictures: Pictures

    async def store(self, message: Message) -> str:
        """The conversation in which the message is stored for good."""
        understood = await pressed(self.db, message)
        received = await self.inbox.receive(await self.pictures.fetched(understood))
        return received.conversation_id

    async def answered(self, conversation_id: str, *, within: float) -> bool:
        """Whether nothing there is unanswered any more, after so many seconds at most."""
        return await self.inbox.answered(conversation_id, within=within)


def account_of(settings: Settings) -> Account | None:
    """The account that is set, or None; raises ``AccountMalformed``."""
    if not settings.wechat_app_id:
        return None
    keys = (settings.wechat_aes_key, settings.wechat_old_aes_key)
    return Account(
        app_id=settings.wechat_app_id,
        secret=settings.wechat_secret.get_secret_value(),
        token=settings.wechat_token.get_secret_value(),
        mode=Mode(settings.wechat_mode),
        aes_keys=tuple(read_aes_key(k.get_secret_value()) for k in keys if k.get_secret_value()),
        base_url=settings.wechat_api.rstrip("/"),
        may_push=settings.wechat_push,
    )


@asynccontextmanager
async def open_line(settings: Settings) -> AsyncIterator[Line | None]:
    """A line to WeChat, or None without an account."""
    account = account_of(settings)
    if account is None:
        yield None
        return
    # Cookies of theirs are not for us.
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        yield Line(account=account, http=http, base=settings.public_url.rstrip("/"))


@asynccontextmanager
async def open_door(line: Line | None, within: Within) -> AsyncIterator[Door]:
    """Let messages in for as long as the context is open."""
    if line is None:
        yield Door()
        return
    api = line.api(within.db, clock=within.clock)
    replies = PassiveReplies(
        within.db,
        clock=within.clock,
        wake=within.relay.wake,
        may_push=line.account.may_push,
        base=line.base,
    )
    pictures = Pictures(api=api, keep=within.keep)
    way = Way(db=within.db, inbox=within.inbox, pictures=pictures)
    webhook = Webhook(line.account, replies, way, clock=within.clock)
    routes = [
        web.get(PATH, webhook.verify, allow_head=False),
        web.post(PATH, webhook.receive),
    ]
    ready = asyncio.Event()

    async def check() -> bool:
        return ready.is_set()

    async with background(_greet(api, ready)):
        try:
            yield Door(routes=routes, checks={"wechat": check})
        finally:
            await webhook.close()


async def _greet(api: Api, ready: asyncio.Event) -> None:
    """Have a token before the first message needs one."""
    while True:
        try:
            await api.ready()
        except SendError as error:
            log.warning("wechat.no_token", code=error.code.value)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            ready.set()
            return
