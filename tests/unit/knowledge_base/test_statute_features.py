from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from knowledge_base.bridge import Bridge
from knowledge_base.statute_features import (
    VECTOR_FEATURES,
    WORD_FEATURES,
    VectorFeatures,
    WordFeatures,
    question_of,
)
from knowledge_base.statute_vectors import Space, StatuteVectors
from knowledge_base.statute_words import StatuteWords, open_statute_words
from knowledge_base.statutes import Statute, Statutes

ARTICLES = [
    ("劳动合同法", "用人单位应当及时足额支付劳动报酬"),
    ("民法典", "承租人应当按照约定支付租金"),
    ("海商法", "承运人应当及时支付"),
]
STATUTES = Statutes(
    [
        Statute(law=law, number=f"第{n}条", text=text, chapter="", searched=True)
        for n, (law, text) in enumerate(ARTICLES)
    ],
    on=date(2026, 11, 22),
)


@pytest.fixture
def words() -> StatuteWords:
    return open_statute_words(STATUTES)


@pytest.fixture
def by_words(words: StatuteWords) -> WordFeatures:
    return WordFeatures(STATUTES, words, Bridge([], STATUTES))


def test_every_feature_is_there_for_every_article(by_words: WordFeatures) -> None:
    features = by_words.of(question_of("老板不支付工资"))
    assert features is not None
    assert tuple(features) == WORD_FEATURES
    assert {array.shape for array in features.values()} == {(3,)}
    # 工资 stands in no article; the glossary's 劳动报酬 does.
    assert features["translated"].argmax() == 0
    assert features["translated"][1:].max() < features["translated"][0]
    assert features["standing"].max() == 1.0
    assert features["everyday"].tolist() == pytest.approx([0.2, 0.5, 0.0])


def test_a_law_that_is_named_is_marked(by_words: WordFeatures) -> None:
    features = by_words.of(question_of("海商法里支付怎么说"))
    assert features is not None
    assert features["named"].tolist() == [0.0, 0.0, 1.0]


def test_a_question_without_any_word_of_the_law_has_no_features(by_words: WordFeatures) -> None:
    assert by_words.of(question_of("zzz？")) is None


def test_vectors_are_compared_plain_turned_and_by_law(words: StatuteWords) -> None:
    space = Space(centre=np.zeros(2, np.float32), directions=np.eye(2, dtype=np.float32))
    rows = np.array([[1, 0], [0, 1]], dtype=np.float32)
    vectors = StatuteVectors(space=space, rows=rows, places=np.array([0, 1]))
    turn = np.array([[-1, 1], [0, 0]], dtype=np.float32)  # leads (1, 0) to (0, 1)

    features = VectorFeatures(vectors, words, Bridge([], STATUTES)).of([2.0, 0.0], turn)

    assert tuple(features) == VECTOR_FEATURES
    assert features["near"].tolist() == [1.0, 0.0, 0.0]
    assert features["learned"].tolist() == [0.0, 1.0, 0.0]
    assert features["law_near"].tolist() == [0.0, 1.0, 0.0]
    assert features["asked_near"].tolist() == [0.0, 0.0, 0.0]
