from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge_base.entries import Draft
from knowledge_base.faq_features import VectorFeatures, WordFeatures, vector_texts
from knowledge_base.vectors import VectorCache, embed_missing

from .conftest import LetterEmbedder, MakeDraft


@pytest.fixture
def drafts(make_draft: MakeDraft) -> Sequence[Draft]:
    rental = make_draft(
        "rental-deposit",
        intent="legal_rental",
        title="押金不退",
        question="房东不退押金怎么办？",
        variants=["退租了押金要不回来"],
        answer="押金应当退还。",
        detail="看租赁合同怎么写。",
    )
    return [make_draft(), rental]


def test_words_fit_the_entry_that_says_them(drafts: Sequence[Draft]) -> None:
    features = WordFeatures(drafts).of("押金退不退")
    assert features.shape == (2, 4)
    assert (features[1] > features[0]).all()


def test_words_that_nobody_says_fit_nothing(drafts: Sequence[Draft]) -> None:
    assert WordFeatures(drafts).of("zzz").tolist() == [[0.0] * 4] * 2


def test_vectors_fit_the_nearest_entry(
    drafts: Sequence[Draft], tmp_path: Path, embedder: LetterEmbedder
) -> None:
    cache = VectorCache(tmp_path / "vectors.npz")
    for _ in embed_missing(cache, embedder, vector_texts(drafts)):
        pass
    features = VectorFeatures(drafts, cache).of(embedder.query("退租了押金要不回来"))
    assert features.shape == (2, 6)
    assert (features[1] > features[0]).all()
    # Two best: the very wording, and the entry's other one.
    assert features[1, 1] <= 1.0
    # What lies on the other side of the centre does not come near by being squared.
    assert np.sign(features[:, 4:]).tolist() == np.sign(features[:, :2]).tolist()
    assert np.abs(features[:, 4:]) == pytest.approx(features[:, :2] ** 2)


def test_texts_missing_from_the_cache_are_a_key_error(
    drafts: Sequence[Draft], tmp_path: Path
) -> None:
    with pytest.raises(KeyError):
        VectorFeatures(drafts, VectorCache(tmp_path / "vectors.npz"))
