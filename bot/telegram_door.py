"""Opens Telegram's door if there is a token: polling on a laptop, a webhook in production."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import structlog
from aiohttp import web

from bot.background import background
from bot.channels.base import SendError
from bot.channels.telegram.account import Account, TelegramBot, open_bot
from bot.channels.telegram.downloads import Downloads, Keep
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Poller, PollingState
from bot.channels.telegram.webhook import PATH, Webhook, register_webhook
from bot.door import Door
from bot.inbox import Inbox
from bot.settings import Settings
from bot.web.health import Check
from core.messages import Message

RETRY_SECONDS = 30

log = structlog.get_logger(__name__)


@asynccontextmanager
async def open_account(settings: Settings) -> AsyncIterator[TelegramBot | None]:
    """The bot's account, or None without a token."""
    token = settings.telegram_token.get_secret_value()
    if not token:
        yield None
        return
    async with open_bot(Account(token=token, base_url=settings.telegram_api)) as bot:
        yield bot


@asynccontextmanager
async def open_door(
    settings: Settings, bot: TelegramBot | None, inbox: Inbox, keep: Keep
) -> AsyncIterator[Door]:
    """Let updates in for as long as the context is open; pictures go to ``keep`` first."""
    if bot is None:
        yield Door()
        return

    downloads = Downloads(bot=bot, keep=keep)

    async def receive(message: Message) -> None:
        await inbox.receive(await downloads.fetched(message))

    async with AsyncExitStack() as stack:
        intake = Intake(bot, receive, bot_id=bot.number)
        stack.push_async_callback(intake.close)
        secret = settings.telegram_secret.get_secret_value()
        if not (settings.public_url and secret):
            poller = Poller(bot, intake)
            await stack.enter_async_context(background(poller.run()))
            yield Door(checks={"telegram": _is_live(poller)})
            return
        webhook = Webhook(intake, secret=secret)
        stack.push_async_callback(webhook.close)
        url = settings.public_url.rstrip("/") + PATH
        heard = asyncio.Event()
        await stack.enter_async_context(background(_register(bot, url, secret, heard)))
        routes = [web.post(PATH, webhook.handle)]
        yield Door(routes=routes, checks={"telegram": _is_set(heard)})


def _is_live(poller: Poller) -> Check:
    async def check() -> bool:
        return poller.state is PollingState.LIVE

    return check


def _is_set(heard: asyncio.Event) -> Check:
    async def check() -> bool:
        return heard.is_set()

    return check


async def _register(bot: TelegramBot, url: str, secret: str, heard: asyncio.Event) -> None:
    """Tell Telegram where we are, until it has heard."""
    while True:
        try:
            await register_webhook(bot, url=url, secret=secret)
        except SendError as error:
            log.warning("telegram.webhook_not_registered", code=error.code.value)
            await asyncio.sleep(RETRY_SECONDS)
        else:
            heard.set()
            return
