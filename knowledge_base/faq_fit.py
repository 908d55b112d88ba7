"""Fits ``faq_weights.yml``: ``python -m bot kb fit``.

Multinomial logistic regression by gradient descent over the questions of ``paraphrases.yml``, which
routing does not learn, and over unrelated ones. Each is seen twice: as the routing model reads it,
and with the right intent, a wrong one or none; and each by a search that lacks its part of the
paraphrases, else the weights would trust in finding the very wording.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge_base.entries import Draft
from knowledge_base.faq_eval import Hints, unrelated_questions
from knowledge_base.faq_features import VectorFeatures, WordFeatures
from knowledge_base.faq_search import FILE, WORDS_OF_BOTH, FaqSearch, FaqWeights, Weights
from knowledge_base.paraphrases import PARTS, paraphrases, part, worded
from knowledge_base.vectors import VectorCache

Array = NDArray[np.float32]
STEPS, RATE, RIDGE = 500, 0.05, 1e-4
# Entries a question is fitted against, the right one among them: those further away decide nothing.
NEAREST = 100
# The columns that say so: share of the question covered, two best questions.
TELLING = (1, 5)
# Shares of messages whose intent is right and wrong where it is taken for known; the rest have none.
RIGHT, WRONG = 0.6, 0.15
# All unrelated questions together weigh this times as much as all related ones, of which key words and whole
# sentences weigh the same together: citizens send both, and key words are quickly written.
UNRELATED_WEIGHT = 1.0
SENTENCE = 12
# From this word score on no vector is asked. A score near nothing decides nothing: of the questions
# whose words no entry holds, vectors find two in three.
SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Questions × their nearest entries × features, and which is right (the number of entries: none).

    ``belief`` says how far each entry's intent was read, ``same`` which entries have the intent a
    question came with, ``given`` whether it came with one. ``share`` is what each question weighs.
    """

    features: Array
    right: NDArray[np.int64]
    belief: Array
    same: Array
    given: Array
    share: Array


def texts_to_fit() -> Sequence[str]:
    """The questions whose vectors and readings the fit needs."""
    asked = (text for texts in paraphrases().values() for text in texts)
    return [*asked, *unrelated_questions()[::2]]


def fit_weights(drafts: Sequence[Draft], cache: VectorCache, readings: Hints) -> FaqWeights:
    """Weights for entries; the cache holds the vectors of the texts to fit."""
    examples = collect(drafts, cache, readings)
    words = WordFeatures.COLUMNS
    vectors = range(words, examples.features.shape[2])
    return FaqWeights(
        words=fit(examples, range(words)),
        both=fit(examples, (*range(WORDS_OF_BOTH), *vectors)),
        sure=SURE,
    )


def write_weights(weights: FaqWeights, file: Path = FILE) -> None:
    """Write the weights below the remarks that stand at the head of the file."""
    head = [line for line in file.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    body = yaml.safe_dump(weights.model_dump(mode="json"), sort_keys=False)
    file.write_text("\n".join([*head, body]), encoding="utf-8")


def collect(drafts: Sequence[Draft], cache: VectorCache, readings: Hints) -> Examples:
    """Every paraphrase and every second unrelated question, read by the model and then not."""
    place = {draft.id: number for number, draft in enumerate(drafts)}
    asked = [(place[i], n) for i, texts in paraphrases().items() for n in range(len(texts))]
    texts = texts_to_fit()
    unrelated = len(texts) - len(asked)
    right = np.array([*(entry for entry, _ in asked), *[len(drafts)] * unrelated])
    parts = np.array([*(part(number) for _, number in asked), *range(unrelated)]) % PARTS
    features = _features(drafts, cache, texts, parts)
    believe = FaqSearch(drafts).belief
    belief = np.stack([believe(readings[text].ranking) for text in texts])
    same, given = _intents(right, np.array([draft.intent for draft in drafts]))
    near = nearest(features, right)
    features = np.take_along_axis(features, near[:, :, None], axis=1)
    belief = np.take_along_axis(belief, near, axis=1)
    same = np.take_along_axis(same, near, axis=1)
    related = right < len(drafts)
    place_of_right = np.where(related, 0, near.shape[1])
    unread, unknown = np.zeros_like(belief), np.zeros_like(same)
    return Examples(
        features=np.concatenate((features, features)),
        right=np.concatenate((place_of_right, place_of_right)),
        belief=np.concatenate((belief, unread)).astype(np.float32),
        same=np.concatenate((unknown, same)).astype(np.float32),
        given=np.concatenate((np.zeros_like(given), given)).astype(np.float32),
        share=np.tile(_shares(texts, related), 2),
    )


def nearest(features: Array, right: NDArray[np.int64]) -> NDArray[np.intp]:
    """For every question the entries that fit it best, the right one first if there is one."""
    fits = features[:, :, TELLING].sum(axis=2)
    related = np.flatnonzero(right < features.shape[1])
    fits[related, right[related]] = np.inf
    return np.argsort(-fits, axis=1)[:, :NEAREST]


def _features(
    drafts: Sequence[Draft],
    cache: VectorCache,
    texts: Sequence[str],
    parts: NDArray[np.int64],
) -> Array:
    """Questions × entries × features, each part's by a search that lacks it."""
    found: dict[int, Array] = {}
    for number in range(PARTS):
        known = worded(drafts, without=number)
        words, vectors = WordFeatures(known), VectorFeatures(known, cache)
        for place, text in enumerate(texts):
            if parts[place] == number:
                vector = cache.get("query", [text])[0].tolist()
                found[place] = np.hstack((words.of(text), vectors.of(vector)))
    return np.stack([found[place] for place in range(len(texts))]).astype(np.float32)


def fit(examples: Examples, columns: Sequence[int]) -> Weights:
    """The weights that make the right entries likeliest."""
    features = np.concatenate(
        (
            examples.features[:, :, list(columns)],
            examples.same[:, :, None],
            examples.belief[:, :, None],
        ),
        axis=2,
    )
    count, _, width = features.shape
    share = (examples.share / examples.share.sum())[:, None]
    # One weight a column, then those of “no entry”.
    parameters = np.ones(width + 2)
    mean, square = np.zeros_like(parameters), np.zeros_like(parameters)
    for step in range(1, STEPS + 1):
        utilities = features @ parameters[:width].astype(np.float32)
        none = parameters[width] + parameters[width + 1] * examples.given
        error = _softmax(np.hstack((utilities, none[:, None].astype(np.float32))))
        error[np.arange(count), examples.right] -= 1
        error *= share
        matched, unmatched = error[:, :-1], error[:, -1]
        sums = np.einsum("qe,qef->f", matched, features, optimize=True)
        gradient = np.array([*sums, unmatched.sum(), (unmatched * examples.given).sum()])
        gradient += RIDGE * parameters
        mean = 0.9 * mean + 0.1 * gradient
        square = 0.999 * square + 0.001 * gradient**2
        rate = RATE * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        parameters -= rate * mean / (np.sqrt(square) + 1e-9)
    values = [round(float(value), 2) for value in parameters]
    return Weights(
        features=tuple(values[: width - 2]),
        same_intent=values[width - 2],
        read_intent=values[width - 1],
        none=values[width],
        none_with_intent=values[width + 1],
    )


def _shares(texts: Sequence[str], related: NDArray[np.bool_]) -> Array:
    """What each question weighs, so that its kind weighs what it should."""
    long = np.array([len(text) >= SENTENCE for text in texts])
    share = np.zeros(len(texts), dtype=np.float32)
    kinds = ((related & long, 0.5), (related & ~long, 0.5), (~related, UNRELATED_WEIGHT))
    for kind, weight in kinds:
        share[kind] = weight / max(int(kind.sum()), 1)
    return share


def _intents(right: NDArray[np.int64], intents: NDArray[np.str_]) -> tuple[Array, Array]:
    """For every question, which entries have the intent it came with, and whether it had one."""
    chance = np.random.default_rng(0)
    names = np.unique(intents)
    same = np.zeros((len(right), len(intents)), dtype=np.float32)
    given = np.zeros(len(right), dtype=np.float32)
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
