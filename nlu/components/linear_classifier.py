"""A linear classifier; the pipeline uses it twice.

First over characters, then, where that was unsure, over characters and sentence vector together.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.machines import Machines, fitted
from nlu.components.stored import Stored

# Share between the best and the second intent; the next component spends its time by it.
MARGIN = "margin"
# The share of every intent, by name.
SHARES = "shares"

# Numbers of a sentence vector that are learned from: it has 384, which take twice as long to learn
# and tell no more.
DIRECTIONS = 192
LEVELS = 127


@dataclass(frozen=True)
class Space:
    """Where vectors lie: all in one narrow cone, so around its middle, by their main directions."""

    centre: np.ndarray
    directions: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray) -> Space:
        """The space of some vectors, a row each."""
        centre = vectors.mean(axis=0)
        _, towards = np.linalg.eigh(np.cov(vectors - centre, rowvar=False))
        return cls(centre, towards[:, -DIRECTIONS:].astype(np.float32))

    def place(self, vectors: np.ndarray) -> np.ndarray:
        """Rows of ``DIRECTIONS`` numbers and length 1."""
        rows = (vectors - self.centre) @ self.directions
        placed: np.ndarray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return placed


@dataclass(frozen=True)
class Planes:
    """A plane an intent: a column of ``levels`` times its step. A byte a number reads as well."""

    intents: list[str]
    levels: np.ndarray
    steps: np.ndarray
    bias: np.ndarray
    space: Space | None

    @classmethod
    def of(cls, machines: Machines, space: Space | None) -> Planes:
        """What fitted machines know."""
        steps = np.abs(machines.planes).max(axis=1) / LEVELS
        levels = np.round(machines.planes.T / steps).astype(np.int8)
        return cls(machines.intents, levels, steps.astype(np.float32), machines.bias, space)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearClassifier(IntentClassifier, Stored):
    """Ranks intents by a linear support vector machine; messages without its features pass by."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``c``: inverse regularisation. ``sharpness``: scales scores before softmax.

        ``vectors``: how much a sentence vector weighs beside the characters, whose row has length
        1; at 0 none is read, above it only messages that have one are.
        """
        return {"c": 0.5, "sharpness": 10.0, "vectors": 0.0, "ranking_length": 5}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        self._config = config

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent and the features."""
        examples = [m for m in training_data.intent_examples if self._reads(m)]
        space = None
        if self._config["vectors"]:
            space = Space.of(np.stack([vector_of(m) for m in examples]))
        names = np.array([m.get(INTENT) for m in examples])
        machines = fitted(self._rows(examples, space), names, self._config["c"])
        return self._store(Planes.of(machines, space))

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking, margin and shares on each message."""
        for message in messages:
            if self._reads(message):
                self._judge(message, self._scores(message))
        return messages

    def _scores(self, message: Message) -> np.ndarray:
        """What ``_rows`` times the planes gives; putting one row together costs as much again."""
        characters, space = characters_of(message), self._trained.space
        count = characters.shape[1]
        scores: np.ndarray = (characters @ self._weights[:count])[0] + self._trained.bias
        if space is not None:
            placed = space.place(vector_of(message)[np.newaxis])[0]
            scores = scores + self._config["vectors"] * (placed @ self._weights[count:])
        return scores

    @cached_property
    def _weights(self) -> np.ndarray:
        weights: np.ndarray = self._trained.levels * self._trained.steps
        return weights

    def _judge(self, message: Message, scores: np.ndarray) -> None:
        # Softmax: shares that sum to 1.
        odds = np.exp(self._config["sharpness"] * (scores - scores.max()))
        shares = odds / odds.sum()
        best = np.argsort(-shares)[: self._config["ranking_length"]]
        names = self._trained.intents
        ranking = [{"name": names[i], "confidence": float(shares[i])} for i in best]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set(SHARES, dict(zip(names, shares.tolist(), strict=True)))
        message.set(MARGIN, ranking[0]["confidence"] - ranking[1]["confidence"])

    def _reads(self, message: Message) -> bool:
        wanting = self._config["vectors"] and vector_of(message) is None
        return bool(message.get(TEXT)) and not wanting

    def _rows(self, messages: list[Message], space: Space | None) -> sp.csr_matrix:
        """A row a message: its characters and, in a space, its vector."""
        rows = sp.vstack([characters_of(m) for m in messages])
        if space is None:
            return rows.tocsr()
        vectors = space.place(np.stack([vector_of(m) for m in messages]))
        return sp.hstack([rows, sp.csr_matrix(self._config["vectors"] * vectors)]).tocsr()


def characters_of(message: Message) -> sp.csr_matrix:
    """The row of characters."""
    return message.get_sparse_features(TEXT, [])[1].features


def vector_of(message: Message) -> Any:
    """The sentence vector, or None."""
    features = message.get_dense_features(TEXT, [])[1]
    return None if features is None else features.features[0]
