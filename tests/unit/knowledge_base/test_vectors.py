from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge_base.vectors import CHUNK, VectorCache, embed_missing

from .conftest import LetterEmbedder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "vectors.npz"


def test_only_new_texts_are_computed_again(file: Path, embedder: LetterEmbedder) -> None:
    cache = VectorCache(file)
    for _ in embed_missing(cache, embedder, {"query": ["押金", "工资"], "passage": ["答案"]}):
        pass
    cache.save()
    embedder.asked.clear()
    again = VectorCache(file)
    for _ in embed_missing(again, embedder, {"query": ["工资", "加班"], "passage": ["答案"]}):
        pass
    assert embedder.asked == ["加班"]
    np.testing.assert_allclose(again.get("query", ["工资"])[0], embedder.query("工资"), atol=1e-6)


def test_a_step_computes_one_chunk(file: Path, embedder: LetterEmbedder) -> None:
    texts = [f"问题{n}" for n in range(CHUNK + 1)]
    steps = embed_missing(VectorCache(file), embedder, {"query": texts})
    next(steps)
    assert len(embedder.asked) == CHUNK


def test_kinds_and_models_do_not_mix(file: Path) -> None:
    cache = VectorCache(file, model="one")
    cache.add("query", ["押金"], [[1.0, 0.0]])
    cache.save()
    assert cache.missing("passage", ["押金"]) == ["押金"]
    assert VectorCache(file, model="one").missing("query", ["押金"]) == []
    assert VectorCache(file, model="two").missing("query", ["押金"]) == ["押金"]


def test_a_text_without_vector_is_a_key_error(file: Path) -> None:
    with pytest.raises(KeyError):
        VectorCache(file).get("query", ["押金"])


def test_a_damaged_cache_is_an_empty_one(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"PK\x03\x04 cut off")
    assert VectorCache(file).missing("query", ["押金"]) == ["押金"]


def test_shipped_vectors_need_not_be_computed(file: Path, embedder: LetterEmbedder) -> None:
    texts = {"query": ["押金", "工资"], "passage": ["答案"]}
    cache = VectorCache(file)
    for _ in embed_missing(cache, embedder, texts):
        pass
    shipped = file.with_name("shipped.npz")
    file.parent.mkdir()
    cache.ship(texts, shipped)
    elsewhere = file.with_name("other.npz")
    fresh = VectorCache(elsewhere, shipped=shipped)

    assert fresh.missing("query", ["押金", "工资", "加班"]) == ["加班"]
    np.testing.assert_allclose(fresh.get("query", ["工资"])[0], embedder.query("工资"), atol=1e-2)

    fresh.add("query", ["加班"], [embedder.query("加班")])
    fresh.save()
    assert VectorCache(elsewhere).missing("query", ["工资", "加班"]) == ["工资"]


def test_what_is_shipped_does_not_depend_on_the_order(
    file: Path, embedder: LetterEmbedder
) -> None:
    texts = ["押金", "工资"]
    cache = VectorCache(file)
    cache.add("query", texts, [embedder.query(text) for text in texts])
    file.parent.mkdir()
    one, other = file.with_name("one.npz"), file.with_name("other.npz")
    cache.ship({"query": texts}, one)
    cache.ship({"query": texts[::-1]}, other)

    assert one.read_bytes() == other.read_bytes()


def test_only_texts_with_a_vector_are_shipped(file: Path) -> None:
    with pytest.raises(KeyError):
        VectorCache(file).ship({"query": ["押金"]}, file)
