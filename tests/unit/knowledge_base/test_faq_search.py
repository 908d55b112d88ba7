from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge_base.entries import Draft
from knowledge_base.faq_features import VectorFeatures, vector_texts
from knowledge_base.faq_search import ANSWER_FROM, FaqSearch, Ranking, faq_weights
from knowledge_base.vectors import VectorCache, embed_missing

from .conftest import LetterEmbedder, MakeDraft


def by_words(
    search: FaqSearch, text: str, intent: str | None, ranking: Ranking = ()
) -> NDArray[np.float64]:
    return search.by_words(search.words_of(text), intent, ranking)


@pytest.fixture
def drafts(make_draft: MakeDraft) -> Sequence[Draft]:
    return [
        make_draft(),
        make_draft(
            "rental-deposit",
            intent="legal_rental",
            title="押金不退",
            question="房东不退押金怎么办？",
            variants=["退租了押金要不回来", "中介扣着押金"],
            answer="押金应当退还。",
            detail="看租赁合同怎么写。",
        ),
    ]


def test_the_entry_asked_for_in_its_own_words_is_answered_with(drafts: Sequence[Draft]) -> None:
    search = FaqSearch(drafts)
    best = search.ranked(by_words(search, "房东不退押金怎么办？", "legal_rental"), 1)[0]
    assert best.entry == "rental-deposit"
    assert best.score >= ANSWER_FROM


def test_the_right_intent_raises_the_score(drafts: Sequence[Draft]) -> None:
    search = FaqSearch(drafts)
    with_intent = by_words(search, "押金", "legal_rental")[1]
    assert with_intent > by_words(search, "押金", None)[1]


def test_a_ranking_counts_by_its_shares_instead_of_the_intent(drafts: Sequence[Draft]) -> None:
    search = FaqSearch(drafts)
    likely = by_words(search, "押金", None, (("legal_rental", 0.9), ("legal_labour", 0.1)))[1]
    unlikely = by_words(search, "押金", None, (("legal_rental", 0.1), ("legal_labour", 0.9)))[1]
    assert likely > unlikely > by_words(search, "押金", None, (("greet", 1.0),))[1]
    wrong = by_words(search, "押金", "legal_labour", (("legal_rental", 0.9),))[1]
    assert wrong > by_words(search, "押金", "legal_labour")[1]


def test_belief_goes_from_nothing_to_certainty(drafts: Sequence[Draft]) -> None:
    search = FaqSearch(drafts)
    assert search.belief((("legal_rental", 1.0),)).tolist() == pytest.approx([0.0, 1.0])
    assert 0.5 < search.belief((("legal_rental", 0.1),))[1] < 1.0


def test_an_entry_of_another_intent_may_win(drafts: Sequence[Draft]) -> None:
    weights = faq_weights()
    weak = weights.words.model_copy(update={"same_intent": 1.0})
    search = FaqSearch(drafts, weights.model_copy(update={"words": weak}))
    best = search.ranked(by_words(search, "退租了押金要不回来", "legal_labour"), 1)[0]
    assert best.entry == "rental-deposit"


@pytest.mark.parametrize("text", ["今天天气怎么样", "", "？？"])
def test_what_fits_nothing_is_not_answered(drafts: Sequence[Draft], text: str) -> None:
    assert by_words(FaqSearch(drafts), text, None).max() < ANSWER_FROM


def test_probabilities_leave_room_for_no_entry(drafts: Sequence[Draft]) -> None:
    total = by_words(FaqSearch(drafts), "押金", "legal_rental").sum()
    assert 0 < total < 1


def test_words_are_sure_from_the_threshold_on(drafts: Sequence[Draft]) -> None:
    search, sure = FaqSearch(drafts), faq_weights().sure
    assert search.is_sure("房东不退押金", np.array([sure]))
    assert not search.is_sure("房东不退押金", np.array([sure - 0.01]))


def test_words_that_fit_nothing_are_sure_of_nothing(drafts: Sequence[Draft]) -> None:
    assert not FaqSearch(drafts).is_sure("今天吃什么好呢", np.array([0.001]))


def test_words_are_never_sure_of_a_very_short_text(drafts: Sequence[Draft]) -> None:
    assert not FaqSearch(drafts).is_sure("他打我", np.array([1.0]))


def test_vectors_take_part_once_they_are_there(
    drafts: Sequence[Draft], tmp_path: Path, embedder: LetterEmbedder
) -> None:
    search, text = FaqSearch(drafts), "押金呢"
    vector = embedder.query(text)
    words = by_words(search, text, None)
    assert search.by_both(search.words_of(text), vector, None).tolist() == words.tolist()
    cache = VectorCache(tmp_path / "vectors.npz")
    for _ in embed_missing(cache, embedder, vector_texts(drafts)):
        pass
    search.vectors = VectorFeatures(drafts, cache)
    assert search.by_both(search.words_of(text), vector, None).tolist() != words.tolist()


def test_a_faq_without_entries_finds_none() -> None:
    search = FaqSearch([])
    probabilities = by_words(search, "押金", None)
    assert list(search.ranked(probabilities, 3)) == []
    assert not search.is_sure("", probabilities)
