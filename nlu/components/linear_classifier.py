"""A linear classifier; the pipeline uses it twice.

First over characters, then, where that was unsure, over the sentence vector, whose scores are
added to the first ones.
"""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import scipy.sparse as sp
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

MODEL_FILE = "linear.pkl"
# Share between the best and the second intent; the next component spends its time by it.
MARGIN = "margin"
# One number an intent, in the order of their names: every classifier here knows them all.
SCORES = "intent_scores"
FOLDS = 3


@DefaultV1Recipe.register(
    [
        # Also of this type, so that examples, too, are told how sure they would be read.
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER,
    ],
    is_trainable=True,
)
class LinearClassifier(IntentClassifier, GraphComponent):
    """Ranks intents by a linear support vector machine; messages without its features pass by."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """``c``: inverse regularisation. ``sharpness``: scales scores before softmax.

        ``vectors``: learn from and read only sentence vectors, where there are any; the scores
        count ``weight`` beside those of the classifier before.
        """
        return {"c": 0.5, "sharpness": 10.0, "vectors": False, "weight": 1.0, "ranking_length": 5}

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self._intents: list[str] = []
        self._centre: np.ndarray | None = None
        self._weights = np.zeros((0, 0), dtype=np.float32)
        self._bias = np.zeros(0, dtype=np.float32)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> LinearClassifier:
        """Untrained."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on every example that has an intent and the features."""
        examples = [m for m in training_data.intent_examples if self._reads(m)]
        if self._config["vectors"]:
            self._centre = np.mean([_dense(m) for m in examples], axis=0)
        model = self._fit(self._rows(examples), [m.get(INTENT) for m in examples])
        self._intents = [str(name) for name in model.classes_]
        self._weights = np.ascontiguousarray(model.coef_.T, dtype=np.float32)
        self._bias = model.intercept_.astype(np.float32)
        with self._storage.write_to(self._resource) as folder:
            trained = (self._intents, self._centre, self._weights, self._bias)
            (folder / MODEL_FILE).write_bytes(pickle.dumps(trained))
        return self._resource

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> LinearClassifier:
        """As it was trained; the file is our own, from our own model archive."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            trained = pickle.loads((folder / MODEL_FILE).read_bytes())  # noqa: S301
        component._intents, component._centre, component._weights, component._bias = trained
        return component

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Set the margin each example would be read with, had it not been learned from.

        Of a classifier over vectors nobody asks it.
        """
        if self._config["vectors"]:
            return training_data
        examples = [m for m in training_data.intent_examples if self._reads(m)]
        rows, intents = self._rows(examples), np.array([m.get(INTENT) for m in examples])
        folds = StratifiedKFold(FOLDS, shuffle=True, random_state=7).split(rows, intents)
        for learned, unseen in folds:
            model = self._fit(rows[learned], intents[learned])
            scores = model.decision_function(rows[unseen])
            for number, shares in zip(unseen, self._shares(scores), strict=True):
                best = np.sort(shares)
                examples[number].set(MARGIN, float(best[-1] - best[-2]))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and margin on each message."""
        for message in messages:
            if self._reads(message):
                own = np.asarray(self._rows([message]) @ self._weights + self._bias)[0]
                self._judge(message, message.get(SCORES, 0.0) + self._config["weight"] * own)
        return messages

    def _judge(self, message: Message, scores: np.ndarray) -> None:
        message.set(SCORES, scores)
        shares = self._shares(scores[np.newaxis])[0]
        best = np.argsort(-shares)[: self._config["ranking_length"]]
        ranking = [{"name": self._intents[i], "confidence": float(shares[i])} for i in best]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set("intent_ranking", ranking, add_to_output=True)
        message.set(MARGIN, ranking[0]["confidence"] - ranking[1]["confidence"])

    def _reads(self, message: Message) -> bool:
        has_vector = _dense(message) is not None
        return bool(message.get(TEXT)) and (has_vector or not self._config["vectors"])

    def _rows(self, messages: list[Message]) -> Any:
        """Sparse rows of characters, or dense rows of vectors."""
        if self._centre is None:
            rows = [m.get_sparse_features(TEXT, [])[1].features for m in messages]
            return sp.vstack(rows).tocsr()
        # All vectors lie in one narrow cone; around its middle they spread.
        vectors = np.stack([_dense(m) for m in messages]) - self._centre
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _fit(self, rows: Any, intents: Any) -> LinearSVC:
        return LinearSVC(C=self._config["c"], random_state=7).fit(rows, intents)

    def _shares(self, scores: np.ndarray) -> np.ndarray:
        """Softmax: rows that sum to 1."""
        odds = np.exp(self._config["sharpness"] * (scores - scores.max(axis=1, keepdims=True)))
        shares: np.ndarray = odds / odds.sum(axis=1, keepdims=True)
        return shares


def _dense(message: Message) -> Any:
    """The sentence vector, or None."""
    features = message.get_dense_features(TEXT, [])[1]
    return None if features is None else features.features[0]
