"""Characters in runs of one to three, weighted: what a short, misspelt, unspaced text is about.

Runs carry the topic through typos that break words apart. Measured beside words cut by jieba with
a legal dictionary, classes of synonyms, edges and gaps: none added half a point (docs/adr/0008).
"""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.components.normaliser import SPELLING

MODEL_FILE = "characters.pkl"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterFeatures(SparseFeaturizer, GraphComponent):
    """TF-IDF of character n-grams, one sparse row of length 1 a message."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Runs of ``min_ngram`` to ``max_ngram`` characters seen in ``min_df`` examples."""
        return {
            **SparseFeaturizer.get_default_config(),
            "min_ngram": 1,
            "max_ngram": 3,
            "min_df": 2,
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        super().__init__(config.get(FEATURIZER_CLASS_ALIAS, resource.name), config)
        self._storage = model_storage
        self._resource = resource
        self._vectorizer: TfidfVectorizer | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharacterFeatures:
        """Untrained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which runs there are and how rare they are."""
        self._vectorizer = TfidfVectorizer(
            analyzer="char",
            ngram_range=(self._config["min_ngram"], self._config["max_ngram"]),
            min_df=self._config["min_df"],
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )
        self._vectorizer.fit([m.get(SPELLING) for m in training_data.training_examples])
        with self._storage.write_to(self._resource) as folder:
            (folder / MODEL_FILE).write_bytes(pickle.dumps(self._vectorizer))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharacterFeatures:
        """As it was trained; the file is our own, from our own model archive."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._vectorizer = pickle.loads((folder / MODEL_FILE).read_bytes())  # noqa: S301
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its row."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give every message its row."""
        texts = [m.get(SPELLING) or "" for m in messages]
        if texts and self._vectorizer is not None:
            rows = self._vectorizer.transform(texts)
            for number, message in enumerate(messages):
                row = Features(rows[number], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
                message.add_features(row)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""
