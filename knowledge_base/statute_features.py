"""How well a question fits each article, as one array a feature: by words and by vectors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge_base.bridge import Bridge
from knowledge_base.columns import Scores
from knowledge_base.everyday import everyday_factor
from knowledge_base.glossary import legal_words
from knowledge_base.references import ReferenceReader
from knowledge_base.statute_vectors import StatuteVectors, unit
from knowledge_base.statute_words import StatuteWords
from knowledge_base.statutes import Statutes
from knowledge_base.tokens import tokens, weighted_tokens
from knowledge_base.vectors import Vectors

Features = Mapping[str, Scores]
# A synonym counts this much beside a word the citizen used.
SYNONYM = 0.4
WORD_FEATURES = (
    "covered",  # share of the question's words
    "translated",  # share of it that the glossary's legal words add
    "standing",  # words and legal words against the best article's
    "chapter",
    "law",
    "heading",
    "asked",  # the bridge: share of the question that a wording leading here has
    "named",  # the question names the law
    "everyday",
    "length",
)
VECTOR_FEATURES = (
    "near",  # cosine with the question
    "learned",  # cosine with the question turned towards the law
    "law_near",  # the law's centre's cosine with that
    "asked_near",  # the bridge: cosine with a wording leading here
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question's tokens with their weights: its own, and those of the glossary's legal words."""

    text: str
    own: Mapping[str, float]
    legal: Mapping[str, float]


class WordFeatures:
    """The features that need no vector."""

    def __init__(self, statutes: Statutes, words: StatuteWords, bridge: Bridge) -> None:
        self._words = words
        self._bridge = bridge
        self._reader = ReferenceReader(statutes.laws)
        self._laws = np.array([s.law for s in statutes.searched])
        factors = [
            everyday_factor(s.law, imported=s.version is not None) for s in statutes.searched
        ]
        self._everyday = np.array(factors, dtype=np.float32) - np.float32(1.0)
        lengths = np.array([max(len(s.text), 1) for s in statutes.searched], dtype=np.float32)
        self._length: Scores = np.log(lengths)

    def of(self, question: Question) -> Features | None:
        """One array a name of ``WORD_FEATURES``; None where no article has a word of it."""
        words = self._words
        covered = words.of_articles(question.own)
        translated = words.of_articles(question.legal)
        together = covered + SYNONYM * translated
        if not together.size or not together.any():
            return None
        # Shares are of what an article with every word of the question would have.
        mass = words.articles.mass(question.own)
        both = _together(question)
        return {
            "covered": covered / mass,
            "translated": translated / mass,
            "standing": together / together.max(),
            "chapter": words.of_chapters(both) / mass,
            "law": words.of_laws(both) / mass,
            "heading": words.of_headings(question.own) / mass,
            "asked": self._bridge.by_words(question.own),
            "named": self._named(question.text),
            "everyday": self._everyday,
            "length": self._length,
        }

    def _named(self, text: str) -> Scores:
        laws = self._reader.laws(text)
        if not laws:
            return np.zeros(len(self._laws), dtype=np.float32)
        return np.isin(self._laws, laws).astype(np.float32)


class VectorFeatures:
    """The features that compare the question's vector; 0 for articles that have none."""

    def __init__(self, vectors: StatuteVectors, words: StatuteWords, bridge: Bridge) -> None:
        self._vectors = vectors
        self._bridge = bridge
        self._law_of = words.law_of
        self._centres = law_centres(vectors, words)

    def of(self, vector: Sequence[float], turn: Vectors) -> Features:
        """One array a name of ``VECTOR_FEATURES``; ``turn`` is what was learned from the FAQ."""
        query = self._vectors.question(vector)
        meant = turned(query, turn)
        near, learned = np.zeros((2, len(self._law_of)), dtype=np.float32)
        # One after the other: side by side, the library would copy all the rows first.
        near[self._vectors.places] = self._vectors.rows @ query
        learned[self._vectors.places] = self._vectors.rows @ meant
        return {
            "near": near,
            "learned": learned,
            "law_near": (self._centres @ meant)[self._law_of],
            "asked_near": self._bridge.by_vector(vector),
        }


def turned(query: Vectors, turn: Vectors) -> Vectors:
    """A question's unit vector, turned towards what answers it."""
    return unit(query + query @ turn)


def question_of(text: str) -> Question:
    """A question's tokens."""
    legal: dict[str, float] = defaultdict(float)
    for word in legal_words(text):
        for token in tokens(word):
            legal[token] += 1.0
    return Question(text=text, own=weighted_tokens(text), legal=legal)


def law_centres(vectors: StatuteVectors, words: StatuteWords) -> Vectors:
    """The direction of each law's articles together, laws in the order of ``law_of``."""
    centres = np.zeros((int(words.law_of.max(initial=-1)) + 1, vectors.rows.shape[1]), np.float32)
    np.add.at(centres, words.law_of[vectors.places], vectors.rows)
    return unit(centres)


def _together(question: Question) -> Mapping[str, float]:
    weights = defaultdict(float, question.own)
    for token, weight in question.legal.items():
        weights[token] += SYNONYM * weight
    return weights
