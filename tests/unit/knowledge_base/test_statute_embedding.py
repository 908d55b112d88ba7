from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from knowledge_base.bridge import Bridge
from knowledge_base.query_vectors import QueryVectors
from knowledge_base.statute_embedding import STEP, Progress, StatuteEmbedding
from knowledge_base.statute_search import StatuteSearch
from knowledge_base.statute_words import open_statute_words
from knowledge_base.statutes import Statute, Statutes

DAY = date(2026, 11, 22)


class Wide:
    """Vectors of the model's width: 1 at a place that the text chooses. Stops when told."""

    def __init__(self, *, most: int = 10**6) -> None:
        self.asked: list[str] = []
        self.most = most

    def query(self, text: str) -> Sequence[float]:
        row = [0.0] * 384
        row[sum(map(ord, text)) % 384] = 1.0
        return row

    def passages(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        self.asked += texts
        if len(self.asked) > self.most:
            raise RuntimeError("power cut")
        return [self.query(text) for text in texts]


@pytest.fixture
def search() -> StatuteSearch:
    """Articles that nobody ships a vector of."""
    statutes = Statutes(
        [
            Statute(law="测试条例", number=f"第{n}条", text=f"测试{n}", chapter="", searched=True)
            for n in range(10)
        ],
        on=DAY,
    )
    return StatuteSearch(statutes, words=open_statute_words(statutes), bridge=Bridge([], statutes))


async def embed(search: StatuteSearch, folder: Path, model: Wide) -> StatuteEmbedding:
    embedding = StatuteEmbedding(search, folder)
    worker = QueryVectors(model)
    try:
        await embedding.run(model, worker)
    finally:
        await asyncio.to_thread(worker.close)
    return embedding


async def test_missing_vectors_are_computed_kept_and_used(
    search: StatuteSearch, tmp_path: Path
) -> None:
    assert not search.uses_vectors
    model = Wide()
    embedding = await embed(search, tmp_path, model)

    assert embedding.progress == Progress(done=10, total=10)
    assert (search.uses_vectors, len(model.asked)) == (True, 10)
    again = Wide()
    assert (await embed(search, tmp_path, again)).progress.finished
    assert again.asked == []


async def test_what_was_computed_before_a_stop_is_not_computed_again(
    search: StatuteSearch, tmp_path: Path
) -> None:
    with pytest.raises(RuntimeError, match="power cut"):
        await embed(search, tmp_path, Wide(most=2 * STEP))
    rest = Wide()
    await embed(search, tmp_path, rest)

    assert len(rest.asked) == 10 - 2 * STEP


def test_progress_says_when_it_is_done() -> None:
    assert not Progress(done=1, total=2).finished
    assert Progress(done=0, total=0).finished
