"""The live bus: tells open pages that a conversation changed. Losing an event loses nothing."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

from conversations.history import Said

QUEUE_LIMIT = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Something happened; who wants to know more reads the database.

    ``topic`` is a conversation's id, or the digest of a visitor whose conversation just began.
    ``said`` may bring a new message along, which saves a listener of this process the reading.
    """

    topic: str
    kind: Literal["message", "typing", "status", "arrived"]
    said: Said | None = None


class Bus(Protocol):
    """Publishes changes and lets one follow a conversation."""

    async def publish(self, event: Changed) -> None: ...

    def subscribe(self, topic: str) -> AbstractAsyncContextManager[asyncio.Queue[Changed]]: ...


class MemoryBus:
    """The bus of a single process."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, set[asyncio.Queue[Changed]]] = defaultdict(set)

    async def publish(self, event: Changed) -> None:
        """Tell every listener; a full queue already means “look again”, so it may drop."""
        for queue in self._listeners.get(event.topic, ()):
            if not queue.full():
                queue.put_nowait(event)

    @asynccontextmanager
    async def subscribe(self, topic: str) -> AsyncIterator[asyncio.Queue[Changed]]:
        """Listen for as long as the context is open."""
        queue: asyncio.Queue[Changed] = asyncio.Queue(QUEUE_LIMIT)
        self._listeners[topic].add(queue)
        try:
            yield queue
        finally:
            self._listeners[topic].discard(queue)
            if not self._listeners[topic]:
                del self._listeners[topic]
