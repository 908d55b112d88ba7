"""Sentence vectors where they decide: the dear part of reading, bought only for unsure messages."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear_classifier import MARGIN, SHARES
from nlu.vectors import Vector, Vectors

VECTOR = "vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """The unit vector (384 numbers) of a message whose first reading has a small margin.

    It is also put out as ``vector`` (base64 of float16), for retrieval to use again.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Messages read with less than ``margin`` get a vector.

        So do those whose ``watched`` intents have a share of ``watched_from`` together.
        """
        own = {"margin": 0.9, "watched": [], "watched_from": 1.0}
        return {**DenseFeaturizer.get_default_config(), **own}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(config.get(FEATURIZER_CLASS_ALIAS, name), config)
        self._vectors = Vectors()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """With the encoder on this machine."""
        return cls(config, resource.name)

    def set_margin(self, margin: float) -> None:
        """Spend vectors by this margin alone, to measure what they are worth."""
        self._config |= {"margin": margin, "watched": []}

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its vector."""
        for message in training_data.intent_examples:
            self._add(message, self._vectors.of(message.get(TEXT)))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give the unsure messages theirs."""
        for message in messages:
            if message.get(TEXT) and (self._is_unsure(message) or self._is_watched(message)):
                vector = self._vectors.compute(message.get(TEXT))
                self._add(message, vector)
                short = base64.b64encode(vector.astype(np.float16).tobytes()).decode()
                message.set(VECTOR, short, add_to_output=True)
        return messages

    def _is_unsure(self, message: Message) -> bool:
        margin = message.get(MARGIN)
        return margin is not None and float(margin) < self._config["margin"]

    def _is_watched(self, message: Message) -> bool:
        shares = message.get(SHARES) or {}
        share = sum(shares.get(name, 0.0) for name in self._config["watched"])
        return bool(self._config["watched"]) and share >= self._config["watched_from"]

    def _add(self, message: Message, vector: Vector) -> None:
        message.add_features(
            Features(vector[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
        )

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""
