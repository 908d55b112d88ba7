"""Characters in runs of one to three, weighted: what a short, misspelt, unspaced text is about.

Runs carry the topic through typos that break words apart. Measured beside words cut by jieba with
a legal dictionary, classes of synonyms, edges and gaps: none added half a point (docs/adr/0008).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.nlu.constants import FEATURIZER_CLASS_ALIAS
from rasa.nlu.featurizers.sparse_featurizer.sparse_featurizer import SparseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.components.normaliser import SPELLING
from nlu.components.stored import Stored


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class CharacterFeatures(SparseFeaturizer, Stored):
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

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(config.get(FEATURIZER_CLASS_ALIAS, name), config)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn which runs there are and how rare they are."""
        vectorizer = TfidfVectorizer(
            analyzer="char",
            ngram_range=(self._config["min_ngram"], self._config["max_ngram"]),
            min_df=self._config["min_df"],
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )
        return self._store(
            vectorizer.fit([m.get(SPELLING) for m in training_data.training_examples])
        )

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Give every example its row."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Give every message its row."""
        texts = [m.get(SPELLING) or "" for m in messages]
        if texts:
            rows = self._trained.transform(texts)
            for number, message in enumerate(messages):
                row = Features(rows[number], FEATURE_TYPE_SENTENCE, TEXT, self._identifier)
                message.add_features(row)
        return messages

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing that could be wrong."""
