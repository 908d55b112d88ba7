"""What the statute search has learned: weights of its features, and the turn towards the law.

``statute_weights.yml`` holds the weights, ``statute_turn.npz`` the turn; ``statute_fit.py`` learns
both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import yaml
from pydantic import BaseModel, ConfigDict

from knowledge_base.columns import Scores
from knowledge_base.statute_features import VECTOR_FEATURES, WORD_FEATURES, Features
from knowledge_base.statute_vectors import DIRECTIONS, Space
from knowledge_base.vectors import Vectors

WEIGHTS = Path(__file__).with_name("statute_weights.yml")
TURN = Path(__file__).with_name("statute_turn.npz")


class Sure(BaseModel):
    """Logistic regression of “one of the first three articles answers”."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    covered: float
    near: float = 0.0
    constant: float

    def probability(self, covered: float, near: float = 0.0) -> float:
        """0 to 1, from the best share of words and the best nearness of the first three."""
        utility = self.covered * covered + self.near * near + self.constant
        return 1 / (1 + math.exp(-utility))


class Weights(BaseModel):
    """A weight a feature; an article's utility is their weighted sum."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    features: Mapping[str, float]
    sure: Sure

    def utility(self, features: Features) -> Scores:
        """Each article's utility: of any use only beside other articles' for the same question."""
        arrays = (np.float32(weight) * features[name] for name, weight in self.features.items())
        total: Scores = sum(arrays, start=np.zeros((), dtype=np.float32))
        return total


class StatuteWeights(BaseModel):
    """Both models: with a question's vector and without."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: Weights
    both: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class StatuteModel:
    """Weights, and the turn: a matrix that leads a question's vector nearer to its articles'."""

    weights: StatuteWeights
    turn: Vectors


@cache
def statute_weights() -> StatuteWeights:
    """The weights file, read once; raises ``ValueError`` for one that names other features."""
    weights = StatuteWeights.model_validate(yaml.safe_load(WEIGHTS.read_text(encoding="utf-8")))
    for model, names in (
        (weights.words, WORD_FEATURES),
        (weights.both, (*WORD_FEATURES, *VECTOR_FEATURES)),
    ):
        if set(model.features) - set(names):
            raise ValueError(f"{WEIGHTS.name}: {sorted(model.features)}")
    return weights


def load_turn(space: Space, file: Path = TURN) -> Vectors:
    """The turn learned in this space; none at all where it was learned in another, or is missing."""
    try:
        with file.open("rb") as source, np.load(source) as saved:
            if saved["space"].item() == space.fingerprint():
                turn: Vectors = saved["turn"].astype(np.float32)
                return turn
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        pass
    return np.zeros((DIRECTIONS, DIRECTIONS), dtype=np.float32)


def save_turn(turn: Vectors, space: Space, file: Path = TURN) -> None:
    """Write the turn with the space that it belongs to."""
    np.savez_compressed(file, turn=turn.astype(np.float16), space=np.array(space.fingerprint()))
