"""Finds the articles that a question is about: words, legal synonyms, chapters, vectors."""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from core.knowledge import Article
from knowledge_base.errors import BadData
from knowledge_base.everyday import everyday_laws
from knowledge_base.glossary import legal_words
from knowledge_base.references import ReferenceReader
from knowledge_base.statute_vectors import StatuteVectors, load_statute_vectors
from knowledge_base.statutes import Statute, Statutes
from knowledge_base.tokens import tokens, weighted_tokens
from knowledge_base.words import Scores, WordIndex, build_words, load_words

# Chosen on the 500 questions of the development set, alike on both halves (see the evaluation
# test for the figures).
K1, B = 1.2, 0.75
# A synonym counts this much beside a word the citizen used.
SYNONYM = 0.4
# An article's chapter as a whole, as if it were one text, counts this much beside the article.
CHAPTER = 0.2
# Vectors count this much beside words, each stretched to 1 for the best article; the distance to
# the 200th is the measure, because e5 vectors all lie close together.
VECTOR = 0.7
VECTOR_REACH = 200
FARTHEST = -0.5
# Logistic regression of “one of the first three articles answers” on the share of the question's
# words that they cover and their nearness, over the development set and unrelated questions.
SURE_BOTH = (2.1, 10.45, -5.59)
SURE_WORDS = (7.21, -2.61)
# A law that the question names is meant.
NAMED = 1.6
# Part of the index files' names: raise it when tokens or the indexed text change.
INDEX_FORM = "1"


class StatuteSearch:
    """Ranks the statutes for a question; immutable."""

    def __init__(
        self,
        statutes: Statutes,
        *,
        words: WordIndex,
        chapters: WordIndex,
        vectors: StatuteVectors | None = None,
    ) -> None:
        self._statutes = statutes.searched
        self._words = words
        self._chapters = chapters
        self._vectors = vectors if vectors is not None and vectors.places.size else None
        self._reader = ReferenceReader(statutes.laws)
        self._chapter_of = np.array(list(_chapter_places(self._statutes)), dtype=np.int64)
        factors = everyday_laws()
        self._factors = np.array(
            [factors.get(s.law, 1.0) for s in self._statutes], dtype=np.float32
        )
        self._laws = np.array([s.law for s in self._statutes])

    @property
    def uses_vectors(self) -> bool:
        """Whether a question's vector would help."""
        return self._vectors is not None

    def search(
        self, text: str, *, limit: int, vector: Sequence[float] | None = None
    ) -> Sequence[Article]:
        """The likeliest articles first; ``vector`` is the text's, where there is one.

        The first score is the probability that one of the first three answers the question
        (trust it from 0.45 on); the others fall from it as they fall behind.
        """
        query = _query(text)
        words = self._words.search(query)
        if not words.size or not words.any():
            return []
        near = self._nearness(vector)
        total = self._ranking(text, query, words, near)
        order = np.argpartition(-total, min(limit, total.size - 1))[:limit]
        order = order[np.argsort(-total[order], kind="stable")]
        first = order[:3]
        covered = float(words[first].max()) / self._words.mass(query)
        sure = _confidence(covered, None if near is None else float(near[first].max()))
        shares = np.maximum(total[order] / max(float(total[order[0]]), 1e-9), 0.0)
        return [
            self._statutes[i].as_article(sure * float(share))
            for i, share in zip(order, shares, strict=True)
        ]

    def _nearness(self, vector: Sequence[float] | None) -> Scores | None:
        """Each article's cosine with the question; 0 where it has no vector."""
        if vector is None or self._vectors is None:
            return None
        near = np.zeros(len(self._statutes), dtype=np.float32)
        near[self._vectors.places] = self._vectors.nearness(vector)
        return near

    def _ranking(
        self, text: str, query: Mapping[str, float], words: Scores, near: Scores | None
    ) -> Scores:
        total = (words + CHAPTER * self._chapters.search(query)[self._chapter_of]) * self._factors
        named = self._reader.laws(text)
        if named:
            total = total * np.where(np.isin(self._laws, named), NAMED, 1.0).astype(np.float32)
        if near is None:
            return total
        reach = min(VECTOR_REACH, near.size - 1)
        far = float(np.partition(near, -reach - 1)[-reach - 1])
        stretched = (near - far) / max(float(near.max()) - far, 1e-9)
        fused: Scores = total / total.max() + VECTOR * np.maximum(stretched, FARTHEST)
        return fused


def open_statute_search(statutes: Statutes, cache_dir: Path | None = None) -> StatuteSearch:
    """Read the index from the cache folder, else build it (some seconds) and keep it there."""
    form = hashlib.blake2b(f"{INDEX_FORM}/{K1}/{B}".encode(), digest_size=4).hexdigest()
    stem = f"{statutes.fingerprint()}-{form}"
    files = (
        [cache_dir / f"statute-{part}-{stem}.npz" for part in ("words", "chapters")]
        if (cache_dir)
        else []
    )
    try:
        words, chapters = (load_words(file) for file in files)
    except (BadData, ValueError):
        words, chapters = _build(statutes.searched)
        for file, index in zip(files, (words, chapters), strict=False):
            index.save(file)
    return StatuteSearch(
        statutes,
        words=words,
        chapters=chapters,
        vectors=load_statute_vectors(statutes.searched),
    )


def _build(statutes: Sequence[Statute]) -> tuple[WordIndex, WordIndex]:
    articles = [tokens(f"{s.law} {s.chapter} {s.text}") for s in statutes]
    chapters: dict[int, list[str]] = {}
    for place, article in zip(_chapter_places(statutes), articles, strict=True):
        chapters.setdefault(place, []).extend(article)
    return (
        build_words(articles, k1=K1, b=B),
        build_words(list(chapters.values()), k1=K1, b=B),
    )


def _confidence(covered: float, near: float | None) -> float:
    if near is None:
        slope, constant = SURE_WORDS
        utility = slope * covered + constant
    else:
        slope, steep, constant = SURE_BOTH
        utility = slope * covered + steep * near + constant
    return 1 / (1 + math.exp(-utility))


def _chapter_places(statutes: Sequence[Statute]) -> Sequence[int]:
    """For each article the number of its chapter, counted over all laws."""
    places: dict[tuple[str, str], int] = {}
    return [places.setdefault((s.law, s.chapter), len(places)) for s in statutes]


def _query(text: str) -> Mapping[str, float]:
    weights = defaultdict(float, weighted_tokens(text))
    for word in legal_words(text):
        for token in tokens(word):
            weights[token] += SYNONYM
    return weights
