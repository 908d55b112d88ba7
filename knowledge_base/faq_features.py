"""How well a question fits each FAQ entry, as a few numbers an entry: by words and by vectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from knowledge_base.entries import Draft
from knowledge_base.grams import Grams
from knowledge_base.tokens import tokens, weighted_tokens
from knowledge_base.vectors import VectorCache, Vectors
from knowledge_base.words import build_words

Features = NDArray[np.float32]
K1, B = 1.2, 0.75
# BM25 sums of the answers are of the order of ten; the other features lie between 0 and 1.
ANSWER_SCALE = 10.0
# Of 384: half the time, and of the held questions hit@1 0.829 becomes 0.832, hit@3 0.951 becomes 0.948.
DIRECTIONS = 256


class WordFeatures:
    """Four numbers an entry: answer words, share of the question covered, characters, best variant."""

    COLUMNS = 4

    def __init__(self, drafts: Sequence[Draft]) -> None:
        wordings = [[tokens(question) for question in draft.questions] for draft in drafts]
        answers = [tokens(_answer(draft)) for draft in drafts]
        self._grams = Grams([draft.questions for draft in drafts])
        self._starts = np.cumsum([0, *(len(words) for words in wordings[:-1])])
        self._variants = build_words([w for words in wordings for w in words], k1=K1, b=B)
        self._answers = build_words(answers, k1=K1, b=B)
        self._whole = build_words(
            [
                [*chain.from_iterable(words), *answer]
                for words, answer in zip(wordings, answers, strict=True)
            ],
            k1=K1,
            b=B,
        )

    def of(self, text: str) -> Features:
        """Entries × 4."""
        query = weighted_tokens(text)
        mass = self._whole.mass(query)
        best = np.maximum.reduceat(self._variants.search(query), self._starts)
        return np.stack(
            (
                self._answers.search(query) / ANSWER_SCALE,
                self._whole.search(query) / mass,
                self._grams.of(text),
                best / mass,
            ),
            axis=1,
        )


class VectorFeatures:
    """Six numbers an entry: nearness of its questions' centre, two best, answer, detail; two squares.

    With the squares of the first two, one near match weighs more than two that are half as near.
    """

    def __init__(self, drafts: Sequence[Draft], cache: VectorCache) -> None:
        """Raises ``KeyError`` where the cache lacks a text of ``vector_texts``."""
        questions = cache.get("query", [q for draft in drafts for q in draft.questions])
        # e5 vectors all lie in one narrow cone; around the centre of the questions they spread.
        self._centre = questions.mean(axis=0)
        self._directions = _main_directions(questions - self._centre)
        self._questions = self._placed(questions)
        counts = [len(draft.questions) for draft in drafts]
        self._places = _places(counts)
        groups = np.split(self._questions, np.cumsum(counts)[:-1])
        self._means = _unit(np.stack([group.mean(axis=0) for group in groups]))
        # As in statute_vectors.py: quicker column by column.
        self._questions = np.asfortranarray(self._questions)
        self._answers = self._placed(cache.get("passage", answer_passages(drafts)))
        self._details = self._placed(cache.get("passage", detail_passages(drafts)))

    def of(self, vector: Sequence[float]) -> Features:
        """Entries × 6."""
        query = self._placed(np.asarray(vector, dtype=np.float32))
        # The last place is empty: as far away as can be.
        near = np.append(self._questions @ query, np.float32(-1.0))
        two_best = np.partition(near[self._places], -2, axis=1)[:, -2:].mean(axis=1)
        centre = self._means @ query
        answer, detail = self._answers @ query, self._details @ query
        squares = (value * np.abs(value) for value in (centre, two_best))
        return np.stack((centre, two_best, answer, detail, *squares), axis=1)

    def _placed(self, vectors: Vectors) -> Vectors:
        """The part of unit vectors around the centre that lies along the main directions."""
        return _unit(vectors - self._centre) @ self._directions


def vector_texts(drafts: Sequence[Draft]) -> Mapping[str, Sequence[str]]:
    """The texts that ``VectorFeatures`` needs in the cache, by kind."""
    return {
        "query": [question for draft in drafts for question in draft.questions],
        "passage": [*answer_passages(drafts), *detail_passages(drafts)],
    }


def answer_passages(drafts: Sequence[Draft]) -> Sequence[str]:
    """What stands for each entry's answer."""
    return [f"{draft.title} {draft.answer}" for draft in drafts]


def detail_passages(drafts: Sequence[Draft]) -> Sequence[str]:
    """What stands for each entry's fuller explanation."""
    return [f"{draft.title} {draft.detail}" for draft in drafts]


def _main_directions(around: Vectors) -> Vectors:
    """The ``DIRECTIONS`` along which centred vectors differ most, a column each."""
    _, directions = np.linalg.eigh(around.T @ around)
    most: Vectors = np.ascontiguousarray(directions[:, -DIRECTIONS:], dtype=np.float32)
    return most


def _places(counts: Sequence[int]) -> NDArray[np.intp]:
    """Entries × most questions: where each question stands in one long row, -1 for none."""
    places = np.full((len(counts), max(*counts, 2)), -1, dtype=np.intp)
    start = 0
    for entry, count in enumerate(counts):
        places[entry, :count] = np.arange(start, start + count)
        start += count
    return places


def _answer(draft: Draft) -> str:
    parts = (draft.title, draft.answer, draft.next_step, draft.time_limit or "", draft.detail)
    return " ".join(parts)


def _unit(rows: Vectors) -> Vectors:
    norms = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Vectors = rows / np.maximum(norms, 1e-9)
    return unit
