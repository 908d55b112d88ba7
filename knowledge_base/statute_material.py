"""What the statute search is fitted on: questions, the articles that answer them, their features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entries import load_drafts
from knowledge_base.errors import BadData
from knowledge_base.faq_eval import unrelated_questions
from knowledge_base.statute_eval import Question, read_questions
from knowledge_base.statute_features import (
    VECTOR_FEATURES,
    WORD_FEATURES,
    Features,
    law_centres,
    turned,
)
from knowledge_base.statute_search import StatuteSearch, open_statute_search
from knowledge_base.statute_training import Array, learn_turn
from knowledge_base.statute_vectors import StatuteVectors, load_statute_vectors, unit
from knowledge_base.statutes import Statute, open_statutes
from knowledge_base.vectors import SHIPPED, TextEncoder, VectorCache, Vectors, embed_missing

# Articles that are ranked for a question; those beyond are nowhere near.
CANDIDATES = 600
# Reciprocal rank fusion: how much less a place further down counts.
FUSION = 60
NAMES = (*WORD_FEATURES, *VECTOR_FEATURES)
BY_RANK = ("standing", "near", "learned", "asked_near")
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """Unit vectors of questions in the statutes' space, and the places of what answers each."""

    vectors: Vectors
    answers: Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """Everything that is computed once; ``features`` are questions × candidates × ``NAMES``.

    ``unrelated`` are those of questions that no law answers. What depends on the turn (``learned``, ``law_near``) is filled in by ``with_turn``;
    ``turn`` is what the FAQ teaches alone.
    ``rows`` are the vectors of all articles, zeros where one has none.
    """

    asked: Sequence[Question]
    faq: Taught
    questions: Taught
    rows: Vectors
    centres: Vectors
    law_of: Places
    vectors: StatuteVectors
    candidates: Places
    features: Array
    unrelated: Array
    turn: Vectors

    def with_turn(self, question: int, turn: Vectors) -> Array:
        """A question's features, candidates × ``NAMES``, with a turn."""
        features: Array = self.features[question].copy()
        query = turned(self.questions.vectors[question], turn)
        places = self.candidates[question]
        features[:, NAMES.index("learned")] = self.rows[places] @ query
        features[:, NAMES.index("law_near")] = self.centres[self.law_of[places]] @ query
        return features

    def hits(self, question: int) -> NDArray[np.bool_]:
        """Which of a question's candidates answer it."""
        return np.isin(self.candidates[question], list(self.questions.answers[question]))

    def learn_turn(self, questions: Sequence[int], repeated: int) -> Vectors:
        """The turn that the FAQ and some of the questions teach, each ``repeated`` times."""
        chosen = [q for q in questions if self.questions.answers[q]]
        answers = [self.questions.answers[q] for q in chosen]
        return _turn(
            self.vectors,
            np.concatenate([self.faq.vectors, *[self.questions.vectors[chosen]] * repeated]),
            [*self.faq.answers, *answers * repeated],
        )


def gather(lines: Sequence[str], on: date, cache_dir: Path) -> Material:
    """Search words and vectors for every question; embeds the questions that the cache lacks.

    All FAQ entries teach, those in review too. Raises ``BadData`` without shipped vectors.
    """
    statutes = open_statutes(on)
    asked = read_questions(lines, statutes)
    vectors = load_statute_vectors(statutes.searched)
    if vectors is None:
        raise BadData("statute_vectors.npz")
    search = open_statute_search(statutes, cache_dir, drafts=load_drafts().entries)
    queries = [question.query for question in asked]
    strange = [text for text in unrelated_questions() if search.features(text) is not None]
    cache = question_vectors(cache_dir, [*search.bridge.questions, *queries, *strange])
    search.bridge.use_vectors(cache)
    faq = Taught(
        vectors=_projected(vectors, cache, search.bridge.questions), answers=search.bridge.cited
    )
    # Candidates are found without anything that the questions themselves teach.
    turn = _turn(vectors, faq.vectors, faq.answers)
    search.use_vectors(vectors, turn)
    candidates, features = _all_candidates(search, cache, queries)
    return Material(
        asked=asked,
        faq=faq,
        questions=Taught(
            vectors=_projected(vectors, cache, queries),
            answers=[_places(question, statutes.searched) for question in asked],
        ),
        rows=_all_rows(vectors, len(statutes.searched)),
        centres=law_centres(vectors, search.words),
        law_of=search.words.law_of,
        vectors=vectors,
        candidates=candidates,
        features=features,
        unrelated=_all_candidates(search, cache, strange)[1],
        turn=turn,
    )


def question_vectors(cache_dir: Path, texts: Sequence[str]) -> VectorCache:
    """A cache that holds the vectors of some questions; those that it lacks are computed."""
    cache = VectorCache(cache_dir / "fit-vectors.npz", shipped=SHIPPED)
    for _ in embed_missing(cache, TextEncoder(), {"query": texts}):
        pass
    cache.save()
    return cache


def _candidates(search: StatuteSearch, text: str, vector: Sequence[float]) -> tuple[Places, Array]:
    features = search.features(text, vector)
    if features is None:
        raise BadData(f"no article has a word of {text}")
    fused = sum(1 / (FUSION + _ranks(features, name)) for name in BY_RANK)
    places = np.argsort(-np.asarray(fused), kind="stable")[:CANDIDATES]
    return places, np.stack([features[name][places] for name in NAMES], axis=1)


def _all_candidates(
    search: StatuteSearch, cache: VectorCache, texts: Sequence[str]
) -> tuple[Places, Array]:
    """Places and features of the candidates of each text, one row a text."""
    vectors = cache.get("query", texts)
    found = [_candidates(search, t, v.tolist()) for t, v in zip(texts, vectors, strict=True)]
    return np.stack([places for places, _ in found]), np.stack([known for _, known in found])


def _projected(vectors: StatuteVectors, cache: VectorCache, texts: Sequence[str]) -> Vectors:
    return unit(vectors.space.project(cache.get("query", texts)))


def _ranks(features: Features, name: str) -> Array:
    order = np.argsort(-features[name], kind="stable")
    ranks = np.empty(order.size, dtype=np.float32)
    ranks[order] = np.arange(order.size)
    return ranks


def _turn(
    vectors: StatuteVectors, questions: Vectors, answers: Sequence[Sequence[int]]
) -> Vectors:
    """Learn from the questions of which an answering article has a vector."""
    row_of: Mapping[int, int] = {int(place): row for row, place in enumerate(vectors.places)}
    rows = [[row_of[place] for place in found if place in row_of] for found in answers]
    kept = [n for n, found in enumerate(rows) if found]
    return learn_turn(questions[kept], [rows[n] for n in kept], vectors.rows)


def _all_rows(vectors: StatuteVectors, size: int) -> Vectors:
    rows = np.zeros((size, vectors.rows.shape[1]), dtype=np.float32)
    rows[vectors.places] = vectors.rows
    return rows


def _places(question: Question, statutes: Sequence[Statute]) -> Sequence[int]:
    return [n for n, s in enumerate(statutes) if (s.law, s.number) in question.articles]
