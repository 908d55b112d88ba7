"""Learns to rank: a turn of question vectors towards articles, and weights of features.

Plain gradient descent (Adam) on the softmax over articles, in numpy: nothing of it is needed while
answering.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge_base.vectors import Vectors

Array = NDArray[np.float32]
# Chosen by cross-validation on the development questions among a dozen settings (ADR 11).
TEMPERATURE = 0.05
RATE = 1e-3
DECAY = 100.0
ROUNDS = 4
BATCH = 128
# Weights of features: steps, their rate, and the pull towards 0 of standardised weights.
STEPS = 300
WEIGHT_RATE = 0.05
PULL = 1e-3


class Adam:
    """Adam's steps for one array of parameters."""

    def __init__(self, shape: tuple[int, ...], rate: float) -> None:
        self.values = np.zeros(shape, dtype=np.float32)
        self._rate = rate
        self._mean = np.zeros(shape, dtype=np.float32)
        self._square = np.zeros(shape, dtype=np.float32)
        self._steps = 0

    def step(self, gradient: Array) -> None:
        """Move against a gradient."""
        self._steps += 1
        self._mean = 0.9 * self._mean + 0.1 * gradient
        self._square = 0.999 * self._square + 0.001 * gradient * gradient
        mean = self._mean / (1 - 0.9**self._steps)
        square = self._square / (1 - 0.999**self._steps)
        self.values = self.values - self._rate * mean / (np.sqrt(square) + 1e-8)


def learn_turn(
    questions: Vectors, answers: Sequence[Sequence[int]], articles: Vectors, *, seed: int = 0
) -> Vectors:
    """The matrix W for which unit(q + qW) lies nearest to the articles that answer q.

    ``questions`` are unit rows, ``answers`` the rows of ``articles`` that answer each of them.
    """
    chance = np.random.default_rng(seed)
    turn = Adam((questions.shape[1], questions.shape[1]), RATE)
    for _ in range(ROUNDS):
        for batch in np.array_split(
            chance.permutation(len(questions)), max(len(questions) // BATCH, 1)
        ):
            gradient = _turn_gradient(
                turn.values, questions[batch], [answers[i] for i in batch], articles
            )
            turn.step((gradient + DECAY * turn.values / len(questions)).astype(np.float32))
    return turn.values


def _turn_gradient(
    turn: Vectors, questions: Vectors, answers: Sequence[Sequence[int]], articles: Vectors
) -> Array:
    turned = questions + questions @ turn
    lengths = np.linalg.norm(turned, axis=1, keepdims=True)
    units = turned / lengths
    likely = softmax((units / TEMPERATURE) @ articles.T)
    for row, found in enumerate(answers):
        likely[row, list(found)] -= 1 / len(found)
    pull = likely @ articles / TEMPERATURE
    gradient: Array = (
        questions.T
        @ ((pull - (pull * units).sum(axis=1, keepdims=True) * units) / lengths)
        / len(questions)
    )
    return gradient


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Questions × candidates × features, and which candidates answer."""

    features: Array
    answers: NDArray[np.bool_]


def learn_weights(ranking: Ranking) -> Array:
    """One weight a feature, by which the answering candidates are likeliest.

    Questions without an answer among their candidates teach nothing.
    """
    taught = ranking.answers.any(axis=1)
    features, answers = ranking.features[taught], ranking.answers[taught]
    flat = features.reshape(-1, features.shape[2])
    mean, spread = flat.mean(axis=0), flat.std(axis=0) + 1e-6
    scaled = (features - mean) / spread
    wanted = answers / answers.sum(axis=1, keepdims=True)
    weights = Adam((features.shape[2],), WEIGHT_RATE)
    for _ in range(STEPS):
        likely = softmax(scaled @ weights.values)
        gradient = np.einsum("qc,qcf->f", likely - wanted, scaled) / len(scaled)
        weights.step((gradient + PULL * weights.values).astype(np.float32))
    learned: Array = weights.values / spread
    return learned


def learn_sure(inputs: Array, hits: NDArray[np.bool_]) -> Array:
    """Logistic regression of hits on inputs; the last number is the constant."""
    rows = np.hstack((inputs, np.ones((len(inputs), 1), dtype=np.float32)))
    weights = Adam((rows.shape[1],), WEIGHT_RATE)
    for _ in range(STEPS * 10):
        likely = 1 / (1 + np.exp(-rows @ weights.values))
        weights.step((rows.T @ (likely - hits) / len(rows)).astype(np.float32))
    return weights.values


def softmax(utilities: Array) -> Array:
    """Row by row."""
    # In place: a table of questions × articles has some three million cells.
    likely: Array = utilities - utilities.max(axis=1, keepdims=True)
    np.exp(likely, out=likely)
    likely /= likely.sum(axis=1, keepdims=True)
    return likely
