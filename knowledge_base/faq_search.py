"""Finds the FAQ entry that answers a question, and says how sure it is.

Every entry gets a utility: weighted features, plus a bonus for its intent, the whole where the
intent is known (a button was pressed, or nothing but rules read the message), else by how likely the
model read it; “no entry” has a utility of its own. The softmax over all of them is the score, so 0.5
means that the entry is likelier than everything else together, “no entry” included. Weights:
``faq_weights.yml``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from knowledge_base.entries import Draft
from knowledge_base.faq_features import Features, VectorFeatures, WordFeatures

# An entry at least this likely is told as the answer; below it, the first few are offered.
ANSWER_FROM = 0.5
# In so short a text (“他打我”) one chance pair of characters decides, and its vector costs little.
SHORT = 6
# Words that go on to the model with vectors: characters and the best variant add nothing beside those.
WORDS_OF_BOTH = 2
# An intent that the ranking does not name may still be meant; its share of the odds.
FLOOR = 1e-3
Ranking = Sequence[tuple[str, float]]
FILE = Path(__file__).with_name("faq_weights.yml")


class Weights(BaseModel):
    """One model: a weight a feature, the bonuses of an intent known and read, and “no entry”."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: tuple[float, ...]
    same_intent: float
    read_intent: float
    none: float
    none_with_intent: float


class FaqWeights(BaseModel):
    """Both models, and the word score from which on no vector is asked."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Weights
    both: Weights
    sure: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """An entry's id with its probability."""

    entry: str
    score: float


# The next day's entries are mostly those of today, and reading them takes seconds.
@lru_cache(maxsize=2)
def _words_of(drafts: tuple[Draft, ...]) -> WordFeatures:
    return WordFeatures(drafts)


class FaqSearch:
    """Ranks the entries for a question. Immutable but for ``vectors``, set when they are ready."""

    def __init__(self, drafts: Sequence[Draft], weights: FaqWeights | None = None) -> None:
        self._ids = [draft.id for draft in drafts]
        self._intents = np.array([draft.intent for draft in drafts])
        self._names, self._name_of = np.unique(self._intents, return_inverse=True)
        self._words = _words_of(tuple(drafts)) if drafts else None
        self._weights = weights or faq_weights()
        self.vectors: VectorFeatures | None = None

    def words_of(self, text: str) -> Features:
        """How well a question fits each entry by its words, to be asked with and without vector."""
        return (
            self._words.of(text)
            if self._words
            else np.zeros((0, WordFeatures.COLUMNS), np.float32)
        )

    def by_words(
        self, words: Features, intent: str | None, ranking: Ranking = ()
    ) -> NDArray[np.float64]:
        """Each entry's probability from words alone; a ranking counts instead of the intent."""
        if self._words is None:
            return np.zeros(0)
        return self._probabilities(words, self._weights.words, intent, ranking)

    def by_both(
        self, words: Features, vector: Sequence[float], intent: str | None, ranking: Ranking = ()
    ) -> NDArray[np.float64]:
        """Each entry's probability from words and the question's vector."""
        if self._words is None or self.vectors is None:
            return self.by_words(words, intent, ranking)
        features = np.hstack((words[:, :WORDS_OF_BOTH], self.vectors.of(vector)))
        return self._probabilities(features, self._weights.both, intent, ranking)

    def is_sure(self, text: str, probabilities: NDArray[np.float64]) -> bool:
        """Whether words alone decide, so that the vector's time can be saved."""
        if probabilities.size == 0 or len(text) < SHORT:
            return False
        return float(probabilities.max()) >= self._weights.sure

    def ranked(self, probabilities: NDArray[np.float64], limit: int) -> Sequence[Ranked]:
        """The likeliest entries first."""
        order = np.argsort(-probabilities, kind="stable")[:limit]
        return [Ranked(entry=self._ids[i], score=float(probabilities[i])) for i in order]

    def belief(self, ranking: Ranking) -> NDArray[np.float64]:
        """How far each entry's intent was read, on a scale of logarithms from 0 to 1."""
        shares = dict(ranking)
        read = np.array([shares.get(str(name), 0.0) for name in self._names])
        scaled: NDArray[np.float64] = np.log1p(read / FLOOR) / np.log1p(1 / FLOOR)
        return scaled[self._name_of]

    def _probabilities(
        self, features: Features, weights: Weights, intent: str | None, ranking: Ranking
    ) -> NDArray[np.float64]:
        utilities, none = features @ np.asarray(weights.features), weights.none
        if ranking:
            utilities = utilities + weights.read_intent * self.belief(ranking)
        elif intent:
            utilities = utilities + weights.same_intent * (self._intents == intent)
            none += weights.none_with_intent
        utilities = np.append(utilities, none)
        odds = np.exp(utilities - utilities.max())
        probabilities: NDArray[np.float64] = odds[:-1] / odds.sum()
        return probabilities


@cache
def faq_weights() -> FaqWeights:
    """The weights file, read once."""
    return FaqWeights.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
