from __future__ import annotations

import threading
from collections.abc import AsyncIterator

import pytest

from knowledge_base import query_vectors
from knowledge_base.query_vectors import QueryVectors

from .conftest import LetterEmbedder


@pytest.fixture
async def queries(embedder: LetterEmbedder) -> AsyncIterator[QueryVectors]:
    vectors = QueryVectors(embedder)
    yield vectors
    vectors.close()


async def test_a_text_is_embedded_once(queries: QueryVectors, embedder: LetterEmbedder) -> None:
    first = await queries.of("押金")
    assert await queries.of("押金") == first
    assert embedder.asked == ["押金"]


async def test_only_the_latest_are_remembered(
    queries: QueryVectors, embedder: LetterEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_vectors, "REMEMBERED", 2)
    for text in ("甲", "乙", "甲", "丙", "甲", "乙"):
        await queries.of(text)
    assert embedder.asked == ["甲", "乙", "丙", "乙"]


async def test_work_is_done_off_the_event_loop(queries: QueryVectors) -> None:
    assert await queries.run(threading.get_ident) != threading.get_ident()
