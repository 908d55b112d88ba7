"""A linear intent classifier on character n-grams, as a Rasa 3.6 component.

Runs inside Rasa's own environment (Python 3.10) and is imported by nothing of ours. Chinese
citizens' messages are short, misspelt and unspaced: characters in runs of one to three carry
the topic through typos that break words apart. Trains in seconds; about 2 ms a message.
"""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
from opencc import OpenCC
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from nlu.text.normalise import fold

SIMPLIFIED = OpenCC("t2s")
MODEL_FILE = "model.pkl"


def spelling(text: str) -> str:
    """Folded and in simplified characters."""
    return SIMPLIFIED.convert(fold(text))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class CharacterClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by logistic regression over TF-IDF weighted character n-grams."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``c`` is the inverse regularisation; ``sharpness`` scales the scores before softmax."""
        return {
            "min_ngram": 1,
            "max_ngram": 3,
            "min_df": 2,
            "c": 10.0,
            "sharpness": 1.0,
            "ranking_length": 5,
        }

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._vectorizer: TfidfVectorizer | None = None
        self._model: LogisticRegression | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> CharacterClassifier:
        """An untrained classifier."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent."""
        examples = [m for m in training_data.intent_examples if m.get(TEXT) and m.get(INTENT)]
        self._vectorizer = TfidfVectorizer(
            analyzer="char",
            ngram_range=(self._config["min_ngram"], self._config["max_ngram"]),
            min_df=self._config["min_df"],
            sublinear_tf=True,
            lowercase=False,
            dtype=np.float32,
        )
        features = self._vectorizer.fit_transform([spelling(m.get(TEXT)) for m in examples])
        self._model = LogisticRegression(C=self._config["c"], solver="liblinear", random_state=7)
        self._model.fit(features, [m.get(INTENT) for m in examples])
        self._persist()
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent and ranking on each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and self._model is not None and self._vectorizer is not None:
                ranking = self._rank(text)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _rank(self, text: str) -> list[dict[str, Any]]:
        scores = self._model.decision_function(self._vectorizer.transform([spelling(text)]))[0]
        scores = np.exp(self._config["sharpness"] * (scores - scores.max()))
        scores /= scores.sum()
        best = np.argsort(-scores)[: self._config["ranking_length"]]
        return [
            {"name": str(self._model.classes_[i]), "confidence": float(scores[i])} for i in best
        ]

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            (folder / MODEL_FILE).write_bytes(pickle.dumps((self._vectorizer, self._model)))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> CharacterClassifier:
        """The classifier as it was trained; the file is our own, from our own model archive."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            trained = pickle.loads((folder / MODEL_FILE).read_bytes())  # noqa: S301  # our own
        component._vectorizer, component._model = trained
        return component
