"""Sparse columns: how much each word weighs in which documents, added up for the words of a query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """``scores[starts[c]:starts[c + 1]]`` are column c's, of the ``documents`` at the same places."""

    scores: Scores
    documents: NDArray[np.int32]
    starts: Sequence[int]
    size: int

    def sums(self, columns: Sequence[int], weights: Sequence[float]) -> Scores:
        """The weighted sum of some columns: a number a document."""
        if not columns:
            return np.zeros(self.size, dtype=np.float32)
        places = [slice(self.starts[column], self.starts[column + 1]) for column in columns]
        lengths = [place.stop - place.start for place in places]
        # Once over all of them: a step a column costs more than the adding.
        documents = np.concatenate([self.documents[place] for place in places])
        scores = np.concatenate([self.scores[place] for place in places])
        weighted = scores * np.repeat(np.asarray(weights, dtype=np.float32), lengths)
        return np.bincount(documents, weights=weighted, minlength=self.size).astype(np.float32)


def columns_of(columns: Sequence[Mapping[int, float]], *, size: int) -> Columns:
    """Columns given as document → score."""
    return Columns(
        scores=np.fromiter(chain.from_iterable(c.values() for c in columns), np.float32),
        documents=np.fromiter(chain.from_iterable(columns), np.int32),
        starts=[0, *accumulate(map(len, columns))],
        size=size,
    )
