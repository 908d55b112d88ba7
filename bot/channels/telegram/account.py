"""The bot's account at Telegram: its token, its connection, and silence about both."""

from __future__ import annotations

import logging
import os
import re
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any, cast

import httpx
from telegram import Bot
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

from core.errors import Invalid

TOKEN = re.compile(r"(\d{1,19}):[\w-]{3,256}", re.ASCII)
UPDATE_KINDS = ("message", "edited_message", "callback_query")


class TokenMalformed(Invalid):
    """A Telegram token reads like 123456:AbC-dEf; this setting does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Which bot we are and where its Bot API answers; the token stays out of the repr.

    ``base_url`` ends before ``/bot<token>``; ``patience`` is how long one answer may take.
    Raises ``TokenMalformed``.
    """

    token: str = field(repr=False)
    base_url: str = "https://api.telegram.org"
    patience: timedelta = timedelta(seconds=10)

    def __post_init__(self) -> None:
        if TOKEN.fullmatch(self.token) is None:
            raise TokenMalformed

    @property
    def id(self) -> int:
        """The bot's number at Telegram, which its token begins with."""
        return int(self.token.partition(":")[0])


class TelegramBot(Bot):
    """The library's client, except that its repr hides the token and updates come unparsed.

    ``Bot.get_updates`` parses the whole batch or raises: one strange update would then block
    everybody behind it, and the library logs the batch with what people wrote.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return f"TelegramBot[{self.number}]"

    @property
    def number(self) -> int:
        """The bot's number, known from its token without asking Telegram."""
        return int(self.token.partition(":")[0])

    # What Telegram sends is any JSON until it is read.
    async def raw_updates(
        self, *, offset: int | None, wait: timedelta, patience: timedelta
    ) -> Sequence[dict[str, Any]]:
        """The updates from ``offset`` on, held open for ``wait`` while there are none.

        Asking with an offset confirms all before it, so Telegram forgets them.
        Raises ``TelegramError``.
        """
        answer = await self._post(
            "getUpdates",
            {
                "offset": offset,
                "timeout": int(wait.total_seconds()),
                "allowed_updates": list(UPDATE_KINDS),
            },
            read_timeout=(wait + patience).total_seconds(),
        )
        updates = [u for u in answer if _numbered(u)] if isinstance(answer, list) else []
        if answer != [] and not updates:
            # Without a number nothing can be confirmed, and asking again at once is no use.
            raise TelegramError("getUpdates gave no updates")
        return cast("list[dict[str, Any]]", updates)


@asynccontextmanager
async def open_bot(account: Account) -> AsyncIterator[TelegramBot]:
    """A client with its connections open; asks Telegram nothing, so it opens offline too."""
    prepare_library()
    seconds = account.patience.total_seconds()
    calls, polls = (
        HTTPXRequest(
            connection_pool_size=size,
            read_timeout=seconds,
            write_timeout=seconds,
            connect_timeout=seconds,
            pool_timeout=seconds,
            httpx_kwargs={"verify": _trusted()},
        )
        for size in (64, 2)
    )
    try:
        yield TelegramBot(
            account.token,
            base_url=f"{account.base_url}/bot",
            base_file_url=f"{account.base_url}/file/bot",
            request=calls,
            get_updates_request=polls,
        )
    finally:
        await calls.shutdown()
        await polls.shutdown()


@cache
def _trusted() -> ssl.SSLContext:
    """Whom a connection trusts, read once a process: it takes 35 ms, and each client has two."""
    return httpx.create_ssl_context()


def prepare_library() -> None:
    """Keep tokens and citizens' words out of the logs, and take durations as timedelta.

    The token is part of every URL, which httpx logs at INFO and httpcore at DEBUG; the library
    itself logs bodies it cannot parse. What goes wrong there reaches us as an exception.
    """
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)
    # The library's own switch; without it reading RetryAfter.retry_after is deprecated.
    os.environ.setdefault("PTB_TIMEDELTA", "true")


def _numbered(update: object) -> bool:
    return isinstance(update, dict) and isinstance(update.get("update_id"), int)
