"""Long polling: an update is confirmed to Telegram only after it is stored here."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import SystemRandom
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.account import TelegramBot
from bot.channels.telegram.failures import retry_after
from bot.channels.telegram.intake import Intake
from core.messages import Message

log = structlog.get_logger(__name__)
_random = SystemRandom()


class PollingState(StrEnum):
    """How polling goes; shown among the dependencies of ``/readyz``."""

    STARTING = "starting"
    LIVE = "live"
    UNREACHABLE = "unreachable"
    THROTTLED = "throttled"
    CONFLICT = "conflict"
    UNAUTHORIZED = "unauthorized"
    INBOX_FAILING = "inbox_failing"


HINTS = {
    PollingState.CONFLICT: "another process polls with this token, or a webhook was set",
    PollingState.UNAUTHORIZED: "Telegram refuses the token; check TELEGRAM_TOKEN",
    PollingState.UNREACHABLE: "no usable answer from the Bot API; check network or proxy",
    PollingState.INBOX_FAILING: "messages cannot be stored; they stay at Telegram",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """Pauses between attempts.

    ``wait`` is how long Telegram holds an empty answer, ``patience`` how much later it may
    come. Pauses double from ``first_pause`` to ``longest_pause``; ``hopeless_pause`` follows a
    refused token. An update that failed ``tries`` times is passed over, but only while others
    can be stored: when none can, the store is at fault and all wait.
    """

    wait: timedelta = timedelta(seconds=30)
    patience: timedelta = timedelta(seconds=10)
    first_pause: timedelta = timedelta(seconds=0.5)
    longest_pause: timedelta = timedelta(seconds=30)
    hopeless_pause: timedelta = timedelta(minutes=5)
    tries: int = 10


class Poller:
    """Asks Telegram for updates until it is cancelled; ``state`` tells how that goes."""

    def __init__(self, bot: TelegramBot, intake: Intake, *, timing: Timing | None = None) -> None:
        self.state = PollingState.STARTING
        self._bot = bot
        self._intake = intake
        self._timing = timing or Timing()
        self._offset: int | None = None
        self._failures = 0
        self._tries: Counter[int] = Counter()

    async def run(self) -> None:
        """Remove a webhook, keeping what waits at Telegram, then poll for ever."""
        try:
            while not await self._attempt(self._release_webhook):
                pass
            while True:
                await self._attempt(self._round)
        finally:
            await self._intake.close()

    async def _attempt(self, step: Callable[[], Awaitable[PollingState]]) -> bool:
        """Do one step and pause as its end demands; whether it went well."""
        pause: timedelta | None = None
        try:
            state = await step()
        except TelegramError as error:
            state, pause = _state_after(error), retry_after(error)
        self._note(state)
        if state is PollingState.LIVE:
            self._failures = 0
            return True
        self._failures += 1
        await asyncio.sleep((pause or self._pause(state)).total_seconds())
        return False

    async def _release_webhook(self) -> PollingState:
        await self._bot.delete_webhook(drop_pending_updates=False)
        return PollingState.LIVE

    async def _round(self) -> PollingState:
        updates = await self._bot.raw_updates(
            offset=self._offset, wait=self._timing.wait, patience=self._timing.patience
        )
        unstored = await self._store(sorted(updates, key=_number))
        if unstored:
            self._offset = unstored[0]
            return PollingState.INBOX_FAILING
        if updates:
            self._offset = max(map(_number, updates)) + 1
            self._tries.clear()
        return PollingState.LIVE

    # Any: what Telegram sends is any JSON until it is read.
    async def _store(self, updates: Sequence[dict[str, Any]]) -> list[int]:
        """The numbers of the updates that are still to be stored, in order.

        Nobody's message overtakes an earlier one of theirs that could not be stored yet.
        """
        waiting: set[str] = set()
        unstored: list[int] = []
        works = False
        for update in updates:
            message = self._intake.read(update)
            if message is not None:
                who = message.sender.user_id
                if who in waiting or not await self._stored(message, _number(update)):
                    waiting.add(who)
                    unstored.append(_number(update))
                    continue
                works = True
            self._intake.release(update)
        return [n for n in unstored if not (works and self._passed_over(n))]

    async def _stored(self, message: Message, number: int) -> bool:
        try:
            await self._intake.store(message)
        except Exception as error:  # noqa: BLE001 - whatever the inbox met, Telegram keeps it
            self._tries[number] += 1
            log.warning(
                "telegram.store_failed",
                update_id=number,
                tries=self._tries[number],
                error=type(error).__name__,
            )
            return False
        return True

    def _passed_over(self, number: int) -> bool:
        if self._tries[number] < self._timing.tries:
            return False
        log.error("telegram.update_passed_over", update_id=number, tries=self._tries[number])
        return True

    def _note(self, state: PollingState) -> None:
        """Log a change of state, once."""
        if state is self.state:
            return
        if state is PollingState.LIVE:
            log.info("telegram.polling", state=state.value, after=self.state.value)
        else:
            log.error("telegram.polling", state=state.value, hint=HINTS.get(state, ""))
        self.state = state

    def _pause(self, state: PollingState) -> timedelta:
        """Twice as long after each failure, and never quite the same on two nodes."""
        if state is PollingState.UNAUTHORIZED:
            return self._timing.hopeless_pause
        doubled = self._timing.first_pause * float(1 << min(self._failures - 1, 16))
        return min(doubled, self._timing.longest_pause) * _random.uniform(0.5, 1)


def _state_after(error: TelegramError) -> PollingState:
    states: tuple[tuple[type[TelegramError], PollingState], ...] = (
        (RetryAfter, PollingState.THROTTLED),
        (Conflict, PollingState.CONFLICT),
        (InvalidToken, PollingState.UNAUTHORIZED),
    )
    return next((s for kind, s in states if isinstance(error, kind)), PollingState.UNREACHABLE)


# Any: what Telegram sends is any JSON until it is read.
def _number(update: dict[str, Any]) -> int:
    return int(update["update_id"])
