"""The learned half of the check: characters and signs, weighed as the examples taught.

``classifier.npz`` and ``classifier.yml`` are written by ``python -m bot fraud fit``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from antifraud.concepts import concepts
from antifraud.evidence import Evidence
from antifraud.features import PIECES, named, pieces
from antifraud.grams import plain

WEIGHTS = Path(__file__).with_name("classifier.npz")
LIMITS = Path(__file__).with_name("classifier.yml")
_CLAUSE_END = "。,!?;:\n"
_LEAST_WORDS, _MOST_WORDS = 3, 24

Matrix = NDArray[np.float32]
Places = NDArray[np.int64]


class Limits(BaseModel):
    """Where the verdicts begin, as probabilities, and how raw log-odds become such.

    ``ridge`` is what the fit was held by.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    scam_from: float
    suspicious_from: float
    slope: float
    shift: float
    ridge: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What the classifier makes of a passage; ``kinds`` are log-odds, the likeliest is the greatest.

    ``words`` is the span of the clause that speaks most for fraud, in the folded text.
    """

    score: float
    kinds: Mapping[str, float]
    words: tuple[int, int] | None


@dataclass(frozen=True, kw_only=True)
class Classifier:
    """Weights by feature: the first column tells a scam, the others its kind.

    ``features`` are pieces of text and the names of ``features.py``; ``rarity`` is what a piece is
    worth beside others, and nought for a name.
    """

    features: Sequence[str]
    rarity: Matrix
    kinds: Sequence[str]
    weights: Matrix
    limits: Limits

    @classmethod
    def load(cls, weights: Path = WEIGHTS, limits: Path = LIMITS) -> Self:
        """Read the packaged weights."""
        with np.load(weights, allow_pickle=False) as data:
            features = bytes(data["features"]).decode("utf-8").split("\0")
            kinds = bytes(data["kinds"]).decode("utf-8").split("\0")
            matrix = data["weights"].astype(np.float32)
            rarity = data["rarity"].astype(np.float32)
        return cls(
            features=features,
            rarity=rarity,
            kinds=kinds,
            weights=matrix,
            limits=Limits.model_validate(yaml.safe_load(limits.read_text(encoding="utf-8"))),
        )

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each feature stands."""
        return {feature: place for place, feature in enumerate(self.features)}

    def opinion(self, evidence: Evidence) -> Opinion:
        """Weigh a passage."""
        places, values = self.row(evidence)
        raw = values @ self.weights[places]
        return Opinion(
            score=self.probability(float(raw[0])),
            kinds={kind: float(odds) for kind, odds in zip(self.kinds, raw[1:], strict=True)},
            words=self._words(evidence),
        )

    def row(self, evidence: Evidence) -> tuple[Places, Matrix]:
        """The features of a passage that are known, by place, and their values."""
        names = named(evidence)
        told = [(self.places[name], value) for name, value in names.items() if name in self.places]
        seen = [self.places[piece] for piece in sorted(pieces(evidence)) if piece in self.places]
        worth = self.rarity[seen]
        length = float(np.linalg.norm(worth))
        values = np.array([value for _, value in told], dtype=np.float32)
        places = np.array([*(place for place, _ in told), *seen], dtype=np.int64)
        return places, np.concatenate((values, PIECES * worth / max(length, 1e-6)))

    def probability(self, raw: float) -> float:
        """Raw log-odds as a calibrated probability."""
        return 1 / (1 + math.exp(-(self.limits.slope * raw + self.limits.shift)))

    def _words(self, evidence: Evidence) -> tuple[int, int] | None:
        """The clause whose word classes speak most for fraud, None where none speaks for it.

        Single characters speak, too, but what they say of a clause means nothing to people.
        """
        text = plain(evidence)
        clauses = [span for span in _clauses(text) if span[1] - span[0] >= _LEAST_WORDS]
        best = max(clauses, key=lambda span: self._speaks(text[slice(*span)]), default=None)
        return best if best and self._speaks(text[slice(*best)]) > 0 else None

    def _speaks(self, clause: str) -> float:
        names = (f"@one {name}" for name in concepts(clause))
        return sum(float(self.weights[self.places[n], 0]) for n in names if n in self.places)


def _clauses(text: str) -> Sequence[tuple[int, int]]:
    """The spans between signs of punctuation, cut where they are too long to be shown."""
    spans: list[tuple[int, int]] = []
    start = 0
    for place in range(len(text) + 1):
        if place == len(text) or text[place] in _CLAUSE_END or place - start == _MOST_WORDS:
            if place > start:
                spans.append((start, place))
            start = place if place < len(text) and text[place] not in _CLAUSE_END else place + 1
    return spans
