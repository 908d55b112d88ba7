"""The webhook: Telegram's POST is checked and stored, then answered."""

from __future__ import annotations

import hmac
import json
import re
from typing import Any

import structlog
from aiohttp import web
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.base import SendError
from bot.channels.telegram.account import UPDATE_KINDS
from bot.channels.telegram.failures import send_error
from bot.channels.telegram.intake import Intake
from core.errors import Invalid

PATH = "/webhooks/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
MAX_BODY = 1024 * 1024

log = structlog.get_logger(__name__)


class SecretMalformed(Invalid):
    """A webhook secret has 1 to 256 of the characters A-Z, a-z, 0-9, _ and -."""


class Webhook:
    """Answers ``POST /webhooks/telegram``; needs the secret given to ``register_webhook``.

    Telegram repeats whatever is not answered 2xx, and holds back what comes after. So only two
    answers differ from 200: 403 to strangers, and 503 while the message cannot be stored.
    A body that no repetition would mend (too long, broken, strange) is logged and done with.
    Raises ``SecretMalformed``.
    """

    def __init__(self, intake: Intake, *, secret: str) -> None:
        if SECRET.fullmatch(secret) is None:
            raise SecretMalformed
        self._intake = intake
        self._secret = secret.encode()

    async def handle(self, request: web.Request) -> web.Response:
        """Take one update in."""
        given = request.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            log.warning("telegram.webhook_refused")
            return web.Response(status=403)
        update = _decode(await _body(request))
        if update is None:
            log.error("telegram.webhook_unreadable")
            return web.Response()
        return await self._take(update)

    async def close(self) -> None:
        """Drop what still runs in the background."""
        await self._intake.close()

    # Any: what Telegram sends is any JSON until it is read.
    async def _take(self, update: dict[str, Any]) -> web.Response:
        message = self._intake.read(update)
        if message is not None:
            try:
                await self._intake.store(message)
            except Exception as error:  # noqa: BLE001 - whatever the inbox met, Telegram repeats
                log.error("telegram.store_failed", error=type(error).__name__)  # noqa: TRY400
                return web.Response(status=503)
        self._intake.release(update)
        return web.Response()


async def register_webhook(bot: Bot, *, url: str, secret: str, connections: int = 40) -> None:
    """Have Telegram deliver to ``url`` (https, ports 443, 80, 88 or 8443), keeping what waits.

    Raises ``SendError`` and ``SecretMalformed``.
    """
    if SECRET.fullmatch(secret) is None:
        raise SecretMalformed
    failure: SendError | None = None
    try:
        await bot.set_webhook(
            url,
            max_connections=connections,
            allowed_updates=UPDATE_KINDS,
            drop_pending_updates=False,
            secret_token=secret,
        )
    except TelegramError as error:
        failure = send_error(error)
    if failure is not None:
        raise failure


async def _body(request: web.Request) -> bytes | None:
    """The body, or None beyond ``MAX_BODY``; read here, since the app's own limit answers 413."""
    body = bytearray()
    async for chunk in request.content.iter_chunked(64 * 1024):
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)


# Any: what Telegram sends is any JSON until it is read.
def _decode(body: bytes | None) -> dict[str, Any] | None:
    if body is None:
        return None
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        return None
    known = isinstance(update, dict) and isinstance(update.get("update_id"), int)
    return update if known else None
