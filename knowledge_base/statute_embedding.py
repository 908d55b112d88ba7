"""Embeds, in the background, the articles that the project ships no vector of: imported ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.ports import Embedder
from knowledge_base.query_vectors import QueryVectors
from knowledge_base.statute_search import StatuteSearch
from knowledge_base.statute_vectors import KIND, load_statute_vectors, not_shipped
from knowledge_base.vectors import STATUTE_VECTORS, VectorCache

# Articles embedded in one go, about a fifth of a second: questions wait no longer for theirs.
STEP = 4
# Steps after which what has been computed is written down, used and told, about half a minute.
PORTION = 100
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many of the articles that need a vector of their own have one."""

    done: int
    total: int

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.done >= self.total


class StatuteEmbedding:
    """Computes missing vectors a few at a time and hands them to the search by portions.

    Imported articles come first: somebody has just asked for them. Whatever was computed is kept,
    so that the next start goes on where this one ended.
    """

    def __init__(self, search: StatuteSearch, cache_dir: Path) -> None:
        self._search = search
        self._file = cache_dir / STATUTE_VECTORS
        self._task: asyncio.Task[None] | None = None
        self.progress = Progress(done=0, total=0)

    def start(self, embedder: Embedder, worker: QueryVectors) -> None:
        """Begin in the background; a fault is logged, for without vectors words still find."""
        self._task = asyncio.create_task(self._run_safely(embedder, worker))

    async def wait(self) -> None:
        """Return when every article has its vector, or never will have."""
        if self._task:
            await asyncio.wait([self._task])

    async def close(self) -> None:
        """Stop; what was computed is kept."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _run_safely(self, embedder: Embedder, worker: QueryVectors) -> None:
        try:
            await self.run(embedder, worker)
        except Exception:
            # Derived data: these articles are searched by words.
            log.exception("articles could not be embedded: they are searched by words")

    async def run(self, embedder: Embedder, worker: QueryVectors) -> None:
        """Until every article has its vector; the search works on words and the others meanwhile."""
        imported_first = sorted(self._search.statutes, key=lambda s: s.version is None)
        needed = await asyncio.to_thread(not_shipped, imported_first)
        cache = await asyncio.to_thread(VectorCache, self._file)
        todo = cache.missing(KIND, needed)
        if len(todo) < len(needed):
            await self._use(cache)
        self._note(needed, todo)
        if not todo:
            return
        log.info("embedding %d articles in the background", len(todo))
        try:
            while todo:
                await self._portion(todo[: PORTION * STEP], cache, embedder, worker)
                todo = todo[PORTION * STEP :]
                await asyncio.to_thread(cache.save)
                await self._use(cache)
                self._note(needed, todo)
                log.info("embedded %d of %d articles", self.progress.done, self.progress.total)
        finally:
            cache.save()

    async def _use(self, cache: VectorCache) -> None:
        load = partial(load_statute_vectors, self._search.statutes, own=cache)
        self._search.use_vectors(await asyncio.to_thread(load))

    async def _portion(
        self, texts: Sequence[str], cache: VectorCache, embedder: Embedder, worker: QueryVectors
    ) -> None:
        for start in range(0, len(texts), STEP):
            chunk = texts[start : start + STEP]
            # One step at a time in the one thread, so that questions get their turn in between.
            rows = await worker.run(partial(embedder.passages, chunk))
            cache.add(KIND, chunk, rows)
            done = self.progress.done + len(chunk)
            self.progress = Progress(done=done, total=self.progress.total)

    def _note(self, needed: Sequence[str], todo: Sequence[str]) -> None:
        self.progress = Progress(done=len(needed) - len(todo), total=len(needed))
