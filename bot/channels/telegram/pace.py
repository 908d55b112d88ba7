"""Keeps within Telegram's sending limits: a message a second to a person, thirty in all."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from weakref import WeakValueDictionary

CHATS_REMEMBERED = 1000


class Pace:
    """Gives each message its moment; someone who was quiet never waits for someone who was not.

    Limits as the Bot API FAQ states them: about 30 messages a second, and one a second to one
    chat. ``now`` and ``sleep`` count seconds.
    """

    def __init__(
        self,
        *,
        per_chat: float = 1.0,
        overall: int = 30,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = per_chat
        self._now = now
        self._sleep = sleep
        self._free_at: dict[int, float] = {}
        # A lock lives as long as someone waits for its chat.
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._held_until: dict[int, float] = {}
        self._recent: deque[float] = deque(maxlen=overall)

    async def turn(self, chat: int) -> None:
        """Return when a message may go to this chat."""
        self._forget_idle()
        lock = self._locks.setdefault(chat, asyncio.Lock())
        async with lock:
            await self._until(self._free_at.get(chat, 0.0))
            # Only now does it compete with others: a busy chat takes no place in advance.
            moment = self._now()
            if len(self._recent) == self._recent.maxlen:
                moment = max(moment, self._recent[0] + 1.0)
            self._recent.append(moment)
            await self._until(moment)
            self._free_at[chat] = moment + self._gap

    def hold(self, chat: int, wait: timedelta) -> None:
        """Telegram asked to leave this chat alone for so long."""
        self._held_until[chat] = self._now() + wait.total_seconds()

    def held(self, chat: int) -> timedelta | None:
        """How long the chat is still to be left alone, if it is."""
        left = self._held_until.get(chat, 0.0) - self._now()
        return timedelta(seconds=left) if left > 0 else None

    async def _until(self, moment: float) -> None:
        wait = moment - self._now()
        if wait > 0:
            await self._sleep(wait)

    def _forget_idle(self) -> None:
        if len(self._free_at) + len(self._held_until) < CHATS_REMEMBERED:
            return
        now = self._now()
        self._free_at = {c: t for c, t in self._free_at.items() if t > now}
        self._held_until = {c: t for c, t in self._held_until.items() if t > now}
