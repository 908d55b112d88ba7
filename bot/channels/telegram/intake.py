"""What polling and webhook share: read an update, have it stored, free the pressed button."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, Protocol

import structlog
from telegram import Bot
from telegram.error import TelegramError

from bot.channels.telegram.receive import UnreadableUpdate, read_update
from core.clock import Clock, utc_now
from core.messages import Message

log = structlog.get_logger(__name__)


class Receiver(Protocol):
    """The inbox: returns when the message is stored for good, raises when it could not be."""

    async def __call__(self, message: Message) -> None: ...


class Intake:
    """Takes updates in for one bot; ``patience`` bounds one storing."""

    def __init__(
        self,
        bot: Bot,
        receiver: Receiver,
        *,
        bot_id: int,
        clock: Clock = utc_now,
        patience: timedelta = timedelta(seconds=20),
    ) -> None:
        self._bot = bot
        self._receiver = receiver
        self._bot_id = bot_id
        self._clock = clock
        self._patience = patience.total_seconds()
        self._answers: set[asyncio.Task[None]] = set()

    # Any: what Telegram sends is any JSON until it is read.
    def read(self, update: Mapping[str, Any]) -> Message | None:
        """The message to store, or None; an unreadable update is logged by its number only."""
        with suppress(UnreadableUpdate):
            return read_update(update, self._bot_id, received_at=self._clock())
        number = update.get("update_id")
        log.error("telegram.update_unreadable", update_id=number, kinds=_kinds(update))
        return None

    async def store(self, message: Message) -> None:
        """Hand it to the inbox and wait until it is safe there.

        Raises what the inbox raises, and ``TimeoutError``.
        """
        async with asyncio.timeout(self._patience):
            await self._receiver(message)

    def release(self, update: Mapping[str, Any]) -> None:
        """Stop the spinner on a pressed button, in the background and at best effort."""
        query = update.get("callback_query")
        query_id = query.get("id") if isinstance(query, dict) else None
        if isinstance(query_id, str):
            task = asyncio.create_task(self._answer(query_id))
            self._answers.add(task)
            task.add_done_callback(self._answers.discard)

    async def close(self) -> None:
        """Drop the answers to buttons that are still under way."""
        for task in self._answers:
            task.cancel()
        await asyncio.gather(*self._answers, return_exceptions=True)

    async def _answer(self, query_id: str) -> None:
        try:
            await self._bot.answer_callback_query(query_id)
        except TelegramError as error:
            # Too old, or Telegram is away: the button stops by itself after a while.
            log.info("telegram.button_unanswered", error=type(error).__name__)


def _kinds(update: Mapping[str, Any]) -> list[str]:
    return sorted(key for key in update if key != "update_id")
