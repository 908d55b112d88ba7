from __future__ import annotations

import numpy as np
import pytest

from knowledge_base.statute_eval import Question
from knowledge_base.statute_fit import FOLDS, Turns, figures, fit_both, fit_sure, fit_words
from knowledge_base.statute_material import NAMES, Material, Taught
from knowledge_base.statute_training import learn_turn
from knowledge_base.statute_vectors import Space, StatuteVectors, unit

QUESTIONS, ARTICLES, WIDTH = 60, 40, 16


@pytest.fixture
def material() -> Material:
    """Questions whose vectors lie near the article that answers, and whose words do not tell."""
    chance = np.random.default_rng(7)
    rows = unit(chance.normal(size=(ARTICLES, WIDTH)).astype(np.float32))
    answers = [[int(n)] for n in chance.integers(0, ARTICLES, QUESTIONS)]
    near = unit(
        rows[[a[0] for a in answers]]
        + chance.normal(size=(QUESTIONS, WIDTH)).astype(np.float32) * 0.15
    )
    features = chance.random((QUESTIONS, ARTICLES, len(NAMES))).astype(np.float32)
    features[:, :, NAMES.index("near")] = near @ rows.T
    return Material(
        asked=[Question(query=f"{n}", articles=frozenset({("法", "条")})) for n in answers],
        faq=Taught(vectors=rows, answers=[[n] for n in range(ARTICLES)]),
        questions=Taught(vectors=near.astype(np.float32), answers=answers),
        rows=rows,
        centres=rows[:1],
        law_of=np.zeros(ARTICLES, dtype=np.int64),
        vectors=StatuteVectors(
            space=Space(centre=rows[0], directions=rows), rows=rows, places=np.arange(ARTICLES)
        ),
        candidates=np.tile(np.arange(ARTICLES), (QUESTIONS, 1)),
        features=features,
        unrelated=chance.random((20, ARTICLES, len(NAMES))).astype(np.float32) * 0.1,
        turn=learn_turn(rows, [[n] for n in range(ARTICLES)], rows),
    )


def test_vectors_that_tell_are_learned_and_words_that_do_not_are_not(material: Material) -> None:
    folds = np.arange(QUESTIONS) % FOLDS
    words, both = fit_words(material, folds), fit_both(material, folds, Turns(material, folds))

    assert figures(material, words.held_out)["recall@1"] < 0.3
    assert figures(material, both.held_out)["recall@1"] > 0.8
    weights = dict(zip(both.names, both.weights, strict=True))
    assert weights["learned"] + weights["near"] > 5 * abs(weights["covered"])
    assert fit_sure(material, both)["near"] > 0


def test_a_turn_is_learned_without_the_folds_held_out_and_once(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    taught: list[set[int]] = []
    learn = Material.learn_turn

    def noting(self: Material, questions: list[int], repeated: int) -> object:
        taught.append({q % FOLDS for q in questions})
        return learn(self, questions, repeated)

    monkeypatch.setattr(Material, "learn_turn", noting)
    turns = Turns(material, np.arange(QUESTIONS) % FOLDS)
    for folds in ((1, 3), (3, 1), (3, 3)):
        turns.without(*folds)

    assert taught == [{0, 2, 4}, {0, 1, 2, 4}]


def test_without_every_fold_it_is_the_turn_of_the_faq(material: Material) -> None:
    turns = Turns(material, np.arange(QUESTIONS) % FOLDS)

    assert np.array_equal(turns.without(*range(FOLDS)), material.learn_turn([], 6))
