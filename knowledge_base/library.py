"""The knowledge base as other rooms use it: FAQ answers and statutes of one day."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Self

from core.knowledge import Article, Entry, Found, OldArticle
from core.ports import Embedder, Vector
from knowledge_base.attested import attested
from knowledge_base.entries import FOLDER, Draft, Fault, cite, load_drafts, told_entries
from knowledge_base.errors import EmbedderMissing
from knowledge_base.faq_features import VectorFeatures, vector_texts
from knowledge_base.faq_search import FaqSearch, Ranking
from knowledge_base.paraphrases import worded
from knowledge_base.query_vectors import QueryVectors
from knowledge_base.references import ReferenceReader
from knowledge_base.sidelights import Sidelights
from knowledge_base.statute_embedding import StatuteEmbedding
from knowledge_base.statute_search import StatuteSearch, open_statute_search
from knowledge_base.statutes import Statutes, open_statutes
from knowledge_base.translation import with_translations
from knowledge_base.vectors import FAQ_VECTORS, SHIPPED, TextEncoder, VectorCache, embed_missing

log = logging.getLogger(__name__)


class VectorState(StrEnum):
    """How far the sentence vectors are; in every state but READY the search works on words."""

    BUILDING = "building"
    READY = "ready"
    MISSING = "missing"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where a library reads from.

    ``folder`` holds the entries; ``shelf`` the law texts that were imported here, ``clippings``
    the cases, figures and bulletins, each if there are any.
    """

    folder: Path = FOLDER
    shelf: Path | None = None
    clippings: Path | None = None


HOME = Sources()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelves:
    """What a library holds once its files are read; ``drafts`` as the search knows them."""

    statutes: Statutes
    drafts: Sequence[Draft]
    entries: Sequence[Entry]
    faults: Sequence[Fault]
    faq: FaqSearch
    statute_search: StatuteSearch


class Library(Sidelights):
    """Implements ``core.ports.Knowledge``; made by ``open_library``, ended by ``close``.

    It knows the law of one day, ``on``: open another when the day changes. ``embedding`` goes on
    behind after it is ready.
    """

    def __init__(
        self, shelves: Shelves, *, cache_dir: Path, clippings: Path | None = None
    ) -> None:
        super().__init__(shelves.statutes, shelves.entries, clippings=clippings)
        self._shelves = shelves
        self.on = shelves.statutes.on
        self._cache_dir = cache_dir
        self._entries = {entry.id: entry for entry in shelves.entries}
        statutes = shelves.statutes
        self._reader = ReferenceReader(statutes.laws | statutes.old.laws | attested().laws)
        self._queries: QueryVectors | None = None
        self._building: asyncio.Task[None] | None = None
        self.embedding = StatuteEmbedding(shelves.statute_search, cache_dir)
        self.vectors = VectorState.BUILDING

    @classmethod
    async def open(
        cls,
        *,
        cache_dir: Path,
        on: date,
        sources: Sources = HOME,
        embedder: Callable[[], Embedder] = TextEncoder,
    ) -> Self:
        """Read everything (1 s, the first time about 10 s), then build vectors in the background.

        Raises ``CorpusMissing``. Entries that cannot be read are left out and told in ``faults``.
        """
        shelves = await asyncio.to_thread(_read, cache_dir, on, sources)
        library = cls(shelves, cache_dir=cache_dir, clippings=sources.clippings)
        library._building = asyncio.create_task(library._build_vectors(embedder))
        return library

    @property
    def ready(self) -> bool:
        """Whether questions are compared by meaning, not only by words."""
        return self.vectors is VectorState.READY

    @property
    def faults(self) -> Sequence[Fault]:
        """The entries that could not be read."""
        return self._shelves.faults

    @property
    def entries(self) -> Sequence[Entry]:
        """Every entry that citizens may get on the day."""
        return self._shelves.entries

    async def wait_until_built(self) -> None:
        """Return when the vectors are ready, or never will be."""
        if self._building:
            await asyncio.wait([self._building])

    async def search(
        self,
        text: str,
        *,
        intent: str | None,
        ranking: Ranking = (),
        limit: int = 3,
        vector: Vector | None = None,
    ) -> Sequence[Found]:
        """The entries likeliest to answer, best first; answer with one from a score of 0.5 on.

        Entries of the intent are preferred; one of another may win where it fits far better.
        Where the model's ranking is given, each intent counts by its share of it.
        """
        faq = self._shelves.faq
        words = faq.words_of(text)
        probabilities = faq.by_words(words, intent, ranking)
        if self._queries and self.ready and not faq.is_sure(text, probabilities):
            known = vector if vector is not None else await self._queries.of(text)
            probabilities = faq.by_both(words, known, intent, ranking)
        ranked = faq.ranked(probabilities, limit)
        return [Found(entry=self._entries[r.entry], score=r.score) for r in ranked]

    def entry(self, entry_id: str) -> Entry | None:
        """The entry of that id, if citizens may get it."""
        return self._entries.get(entry_id)

    async def articles(
        self, text: str, *, limit: int = 3, vector: Vector | None = None
    ) -> Sequence[Article]:
        """The articles a question is about; one that it names by number comes first."""
        search = self._shelves.statute_search
        if vector is None and self._queries and search.uses_vectors:
            vector = await self._queries.of(text)
        found = search.search(text, limit=limit, vector=vector)
        reference = self.find_reference(text)
        statute = self._shelves.statutes.get(*reference) if reference else None
        if statute is None:
            return found
        named = statute.as_article(1.0)
        others = [a for a in found if (a.law, a.number) != (named.law, named.number)]
        return [named, *others][:limit]

    def article(self, law: str, number: str) -> Article | None:
        """An article in force by any writing: 民典 1254, 《刑法》第133条之一."""
        return self._shelves.statutes.article(law, number)

    def find_reference(self, text: str) -> tuple[str, str] | None:
        """The (law, article number) that a text names; the article need not exist."""
        return self._reader.find(text)

    def old_article(self, text: str) -> OldArticle | None:
        """The article a text names, in the version it names, where that is not in force."""
        reference = self._reader.find(text)
        asked = self._reader.version(text)
        return self._shelves.statutes.old_article(*reference, asked) if reference else None

    async def close(self) -> None:
        """Stop building and let the worker thread end."""
        if self._building:
            self._building.cancel()
            await asyncio.wait([self._building])
        await self.embedding.close()
        if self._queries:
            await asyncio.to_thread(self._queries.close)

    async def _build_vectors(self, embedder: Callable[[], Embedder]) -> None:
        try:
            model = await asyncio.to_thread(embedder)
            self._queries = QueryVectors(model)
            file = self._cache_dir / FAQ_VECTORS
            cache = await asyncio.to_thread(VectorCache, file, shipped=SHIPPED)
            drafts = self._shelves.drafts
            steps = embed_missing(cache, model, vector_texts(drafts))
            computed = 0
            # One step at a time, so that questions get their turn in between.
            while await self._queries.run(partial(next, steps, steps)) is not steps:
                computed += 1
            if computed:
                await asyncio.to_thread(cache.save)
            if drafts:
                features = await asyncio.to_thread(VectorFeatures, drafts, cache)
                self._shelves.faq.vectors = features
                self._shelves.statute_search.bridge.use_vectors(cache)
            self.vectors = VectorState.READY
            self.embedding.start(model, self._queries)
        except EmbedderMissing:
            self.vectors = VectorState.MISSING
            log.warning("sentence vectors are missing: the search works on words")
        except Exception:
            # Derived data: without it the search still answers.
            self.vectors = VectorState.FAILED
            log.exception("sentence vectors failed: the search works on words")


def ship_vectors(on: date, cache_dir: Path, *, folder: Path = FOLDER, file: Path = SHIPPED) -> int:
    """Compute the vectors of a day's entries that no file holds, and ship all; how many they are.

    Raises ``EmbedderMissing``. Some five milliseconds a question, twenty an answer.
    """
    cache = VectorCache(cache_dir / FAQ_VECTORS, shipped=file)
    drafts = [draft for draft in load_drafts(folder).entries if draft.is_told(on)]
    texts = vector_texts(worded(drafts))
    for _ in embed_missing(cache, TextEncoder(), texts):
        pass
    cache.ship(texts, file)
    return sum(len(set(wanted)) for wanted in texts.values())


async def open_library(*, cache_dir: Path, on: date, sources: Sources = HOME) -> Library:
    """The project's own knowledge base on a day, with what was imported to this installation.

    ``cache_dir`` keeps what is derived from both.
    """
    return await Library.open(cache_dir=cache_dir, on=on, sources=sources)


def _read(cache_dir: Path, on: date, sources: Sources) -> Shelves:
    statutes = open_statutes(on, shelf=sources.shelf)
    loaded = load_drafts(sources.folder)
    drafts = [draft for draft in loaded.entries if draft.is_told(on)]
    asked = worded(drafts)
    return Shelves(
        statutes=statutes,
        drafts=asked,
        entries=with_translations(
            told_entries(drafts, statutes=statutes, attested=attested()),
            lambda cited: cite(cited, statutes, attested()),
        ),
        faults=loaded.faults,
        faq=FaqSearch(asked),
        statute_search=open_statute_search(statutes, cache_dir, drafts=drafts),
    )
