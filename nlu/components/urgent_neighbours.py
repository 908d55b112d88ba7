"""Whether a message may be urgent though it was read otherwise: by its nearest examples.

The classifier judges by planes, and what is dangerous in words that few examples have falls on the
wrong side of them. The examples nearest to its vector tell more of such a message
(docs/adr/0013). It changes no intent: it only says how near a message is to the watched ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear_classifier import LEVELS, SHARES, Space, vector_of
from nlu.components.stored import Stored

SUSPECTED = "suspected"


@dataclass(frozen=True)
class Examples:
    """Vectors of all examples, a byte a number, and which watched intent each has (-1: none)."""

    space: Space
    levels: np.ndarray
    steps: np.ndarray
    kinds: np.ndarray

    @classmethod
    def of(cls, vectors: np.ndarray, kinds: list[int]) -> Examples:
        """What is kept of some vectors, a row each."""
        space = Space.of(vectors)
        rows = space.place(vectors)
        steps = np.abs(rows).max(axis=1, keepdims=True) / LEVELS
        levels = np.round(rows / steps).astype(np.int8)
        return cls(space, levels, steps.astype(np.float32), np.asarray(kinds, dtype=np.int8))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class UrgentNeighbours(IntentClassifier, Stored):
    """Puts out ``suspected`` for messages with a vector: the likeliest watched intent and 0 to 1.

    The number is the mean of two: the share of the watched intents among the nearest examples, and
    the root of the share the classifier gave them, which says much already where it is small.
    ``each`` holds the same of every watched intent by itself.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``nearest`` examples count, the nearer the more, which ``focus`` says how steeply."""
        return {"watched": [], "nearest": 30, "focus": 15.0}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        self._config = config

    def train(self, training_data: TrainingData) -> Resource:
        """Keep every example's vector."""
        examples = [m for m in training_data.intent_examples if vector_of(m) is not None]
        numbers = {name: number for number, name in enumerate(self._config["watched"])}
        kinds = [numbers.get(m.get(INTENT), -1) for m in examples]
        return self._store(Examples.of(np.stack([vector_of(m) for m in examples]), kinds))

    def process(self, messages: list[Message]) -> list[Message]:
        """Say of each message with a vector how near it is to what is watched."""
        for message in messages:
            if message.get(TEXT) and vector_of(message) is not None:
                message.set(SUSPECTED, self._suspected(message), add_to_output=True)
        return messages

    def _suspected(self, message: Message) -> dict[str, Any]:
        given = message.get(SHARES) or {}
        shares = np.array([given.get(name, 0.0) for name in self._config["watched"]])
        near = self._near(vector_of(message))
        score = (np.sqrt(shares.sum()) + near.sum()) / 2
        likeliest = self._config["watched"][int(np.argmax(np.sqrt(shares) + near))]
        each = ((np.sqrt(shares) + near) / 2).tolist()
        by_name = dict(zip(self._config["watched"], each, strict=True))
        return {"name": likeliest, "confidence": float(score), "each": by_name}

    def _near(self, vector: np.ndarray) -> np.ndarray:
        """The share of each watched intent among the nearest examples."""
        likeness = self._rows @ self._trained.space.place(vector[np.newaxis])[0]
        count = min(self._config["nearest"], len(likeness))
        nearest = np.argpartition(-likeness, count - 1)[:count]
        weights = np.exp(self._config["focus"] * (likeness[nearest] - likeness[nearest].max()))
        kinds = self._trained.kinds[nearest]
        watched = range(len(self._config["watched"]))
        return np.array([weights[kinds == kind].sum() for kind in watched]) / weights.sum()

    @cached_property
    def _rows(self) -> np.ndarray:
        rows: np.ndarray = self._trained.levels * self._trained.steps
        return rows
