from __future__ import annotations

import numpy as np

from knowledge_base.statute_eval import Question
from knowledge_base.statute_material import NAMES, Material, Taught
from knowledge_base.statute_vectors import Space, StatuteVectors

ROWS = np.eye(4, dtype=np.float32)
ROWS[3] = 0.0  # an article without a vector


def material() -> Material:
    """One question, nearest to article 0 and answered by 1 and 3; the FAQ teaches the same."""
    asked = np.array([[1, 0, 0, 0]], dtype=np.float32)
    return Material(
        asked=[Question(query="问", articles=frozenset({("法", "第二条"), ("法", "第四条")}))],
        faq=Taught(vectors=np.repeat(asked, 200, axis=0), answers=[[1, 3]] * 200),
        questions=Taught(vectors=asked, answers=[[1, 3]]),
        rows=ROWS,
        centres=np.array([[0, 1, 0, 0]], dtype=np.float32),
        law_of=np.zeros(4, dtype=np.int64),
        vectors=StatuteVectors(
            space=Space(centre=ROWS[3], directions=ROWS), rows=ROWS[:3], places=np.arange(3)
        ),
        candidates=np.array([[2, 1, 0]]),
        features=np.zeros((1, 3, len(NAMES)), dtype=np.float32),
        unrelated=np.zeros((0, 3, len(NAMES)), dtype=np.float32),
        turn=np.zeros((4, 4), dtype=np.float32),
    )


def column(features: np.ndarray[tuple[int, ...], np.dtype[np.float32]], name: str) -> list[float]:
    found: list[float] = features[:, NAMES.index(name)].round(3).tolist()
    return found


def test_a_turn_fills_in_what_depends_on_it() -> None:
    turn = np.zeros((4, 4), dtype=np.float32)
    turn[0, :2] = [-1, 1]  # leads the question to article 1
    plain, turned = (material().with_turn(0, t) for t in (np.zeros_like(turn), turn))

    assert (column(plain, "learned"), column(plain, "law_near")) == ([0, 0, 1], [0, 0, 0])
    assert (column(turned, "learned"), column(turned, "law_near")) == ([0, 1, 0], [1, 1, 1])
    assert not material().features.any()


def test_candidates_that_answer_are_known() -> None:
    assert material().hits(0).tolist() == [False, True, False]


def test_a_turn_is_learned_towards_the_answers_that_have_vectors() -> None:
    turn = material().learn_turn([0], repeated=2)

    assert turn[0, 1] > 0 > turn[0, 0]
