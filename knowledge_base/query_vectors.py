"""Embeds questions off the event loop, one at a time, remembering the latest."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from core.ports import Embedder

T = TypeVar("T")

# The FAQ and the statutes are searched for the same message, and buttons repeat themselves.
REMEMBERED = 512


class QueryVectors:
    """One worker thread around an embedder, which frees the interpreter lock while it computes."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="sentence-vectors")
        self._known: OrderedDict[bytes, Sequence[float]] = OrderedDict()

    async def of(self, text: str) -> Sequence[float]:
        """The unit vector of a question."""
        # Keyed by a hash: what citizens typed is not kept.
        key = hashlib.blake2b(text.encode(), digest_size=16).digest()
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        vector = await self.run(lambda: self._embedder.query(text))
        self._known[key] = vector
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return vector

    async def run(self, work: Callable[[], T]) -> T:
        """Do other work of the embedder in its thread."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Let the running call end and start no other."""
        self._pool.shutdown(wait=True, cancel_futures=True)
