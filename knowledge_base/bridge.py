"""From lay to legal: the FAQ's questions lead to the articles that their answers rest on.

Whoever asks much like an entry's wordings is likely to need what that entry cites, though the
question and the article share no word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from knowledge_base.columns import Scores
from knowledge_base.entries import Draft
from knowledge_base.statutes import Statutes
from knowledge_base.tokens import tokens
from knowledge_base.vectors import VectorCache, Vectors
from knowledge_base.words import WordIndex, build_words

K1, B = 1.2, 0.75


class Bridge:
    """Scores articles by the likest wording of an entry that cites them; 0 for those uncited."""

    def __init__(self, drafts: Sequence[Draft], statutes: Statutes) -> None:
        places = {(s.law, s.number): place for place, s in enumerate(statutes.searched)}
        cited = [(draft, _cited_places(draft, statutes, places)) for draft in drafts]
        cited = [(draft, found) for draft, found in cited if found]
        self.questions = [question for draft, _ in cited for question in draft.questions]
        self.cited = [found for draft, found in cited for _ in draft.questions]
        self._size = len(places)
        counts = [len(draft.questions) for draft, _ in cited]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.zeros(0, dtype=np.int64)
        self._entries = np.repeat(np.arange(len(cited)), [len(found) for _, found in cited])
        self._places = np.array([p for _, found in cited for p in found], dtype=np.int64)
        self._words: WordIndex | None = (
            build_words([tokens(q) for q in self.questions], k1=K1, b=B) if cited else None
        )
        self._vectors: Vectors | None = None
        self._centre: Vectors | None = None

    @property
    def has_vectors(self) -> bool:
        """Whether ``by_vector`` tells anything."""
        return self._vectors is not None

    def use_vectors(self, cache: VectorCache) -> None:
        """Take the wordings' vectors; raises ``KeyError`` where the cache lacks one."""
        if not self.questions:
            return
        rows = cache.get("query", self.questions)
        # e5 vectors all lie in one narrow cone; around their own centre they spread.
        centre: Vectors = rows.mean(axis=0)
        self._vectors = _unit(rows - centre)
        self._centre = centre

    def by_words(self, query: Mapping[str, float]) -> Scores:
        """The share of a question's words, 0 to 1, that the likest wording has."""
        if self._words is None:
            return np.zeros(self._size, dtype=np.float32)
        return self._spread(self._words.search(query) / self._words.mass(query))

    def by_vector(self, vector: Sequence[float]) -> Scores:
        """The cosine, 0 to 1, with the likest wording."""
        if self._vectors is None or self._centre is None:
            return np.zeros(self._size, dtype=np.float32)
        query = _unit(np.asarray(vector, dtype=np.float32)[None] - self._centre)[0]
        return self._spread(self._vectors @ query)

    def _spread(self, of_questions: Scores) -> Scores:
        """Each entry's best wording, given to every article that it cites."""
        entries = np.maximum.reduceat(of_questions, self._starts)
        scores = np.zeros(self._size, dtype=np.float32)
        np.maximum.at(scores, self._places, entries[self._entries])
        return scores


def _cited_places(
    draft: Draft, statutes: Statutes, places: Mapping[tuple[str, str], int]
) -> Sequence[int]:
    found = (statutes.get(cited.law, cited.article) for cited in draft.citations)
    return sorted({places[s.law, s.number] for s in found if s and (s.law, s.number) in places})


def _unit(rows: Vectors) -> Vectors:
    unit: Vectors = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit
