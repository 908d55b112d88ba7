"""Finds the articles that a question is about: words, legal synonyms, the FAQ's bridge, vectors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from core.knowledge import Article
from knowledge_base.bridge import Bridge
from knowledge_base.entries import Draft
from knowledge_base.statute_features import Features, VectorFeatures, WordFeatures, question_of
from knowledge_base.statute_model import Weights, load_turn, statute_weights
from knowledge_base.statute_vectors import StatuteVectors, load_statute_vectors
from knowledge_base.statute_words import StatuteWords, open_statute_words
from knowledge_base.statutes import Statutes
from knowledge_base.vectors import VectorCache, Vectors

# The best article's neighbours in rank share its probability as far as they come near its utility.
FALL = 0.5


class StatuteSearch:
    """Ranks the statutes for a question. Immutable but for ``use_vectors``, when there are more."""

    def __init__(
        self,
        statutes: Statutes,
        *,
        words: StatuteWords,
        bridge: Bridge,
        vectors: StatuteVectors | None = None,
    ) -> None:
        self.statutes = statutes.searched
        self.bridge = bridge
        self.words = words
        self._word_features = WordFeatures(statutes, words, bridge)
        self._weights = statute_weights()
        self._vector_features: VectorFeatures | None = None
        self.use_vectors(vectors)

    @property
    def uses_vectors(self) -> bool:
        """Whether a question's vector would help."""
        return self._vector_features is not None

    def use_vectors(self, vectors: StatuteVectors | None, turn: Vectors | None = None) -> None:
        """Compare questions by these vectors of articles from now on, with another turn if given."""
        if vectors is not None and vectors.places.size:
            self._turn = load_turn(vectors.space) if turn is None else turn
            self._vector_features = VectorFeatures(vectors, self.words, self.bridge)

    def search(
        self, text: str, *, limit: int, vector: Sequence[float] | None = None
    ) -> Sequence[Article]:
        """The likeliest articles first; ``vector`` is the text's, where there is one.

        The first score is the probability that one of the first three answers the question
        (trust it from 0.45 on); the others fall from it as they fall behind.
        """
        features = self.features(text, vector)
        if features is None:
            return []
        weights = self._weights.both if "near" in features else self._weights.words
        utility = weights.utility(features)
        order = np.argpartition(-utility, min(limit, utility.size - 1))[:limit]
        order = order[np.argsort(-utility[order], kind="stable")]
        sure = _sure(weights, features, order[:3])
        shares = np.exp(FALL * (utility[order] - utility[order[0]]))
        return [
            self.statutes[i].as_article(sure * float(share))
            for i, share in zip(order, shares, strict=True)
        ]

    def features(self, text: str, vector: Sequence[float] | None = None) -> Features | None:
        """What is known of every article for a question; None where no article has a word of it."""
        by_words = self._word_features.of(question_of(text))
        if by_words is None or vector is None or self._vector_features is None:
            return by_words
        return {**by_words, **self._vector_features.of(vector, self._turn)}


def open_statute_search(
    statutes: Statutes,
    cache_dir: Path | None = None,
    *,
    drafts: Sequence[Draft] = (),
    own: VectorCache | None = None,
) -> StatuteSearch:
    """Read the indexes from the cache folder, else build them (some seconds) and keep them there.

    ``drafts`` lead from lay questions to articles; ``own`` holds vectors of articles that the
    project does not ship.
    """
    return StatuteSearch(
        statutes,
        words=open_statute_words(statutes, cache_dir),
        bridge=Bridge(drafts, statutes),
        vectors=load_statute_vectors(statutes.searched, own=own),
    )


def _sure(
    weights: Weights, features: Features, first: np.ndarray[tuple[int], np.dtype[np.intp]]
) -> float:
    near = float(features["near"][first].max()) if "near" in features else 0.0
    return weights.sure.probability(float(features["covered"][first].max()), near)
