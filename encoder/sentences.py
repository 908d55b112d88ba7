"""Turning sentences into unit vectors: what the model was trained to do with questions and answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import ctranslate2
import numpy as np

from encoder.model import folder, known
from encoder.pieces import Pieces
from encoder.weights import Floats, Weights, packed_file


@cache
def sentence_encoder() -> SentenceEncoder:
    """The encoder of this process, loaded once; raises what ``SentenceEncoder`` does."""
    return SentenceEncoder()


class SentenceEncoder:
    """The model on one thread, offline; loading takes half a second and 100 MB.

    Raises ``WeightsMissing`` where the package with the weights is absent, ``OSError`` where the model
    cannot be written.
    """

    def __init__(self) -> None:
        weights = Weights(packed_file())
        rows = known(weights)
        self._begin, self._end = weights.begin, weights.end
        self._most = weights.positions - 2
        self._pieces = Pieces(
            [weights.pieces[row] for row in rows],
            [weights.scores[row] for row in rows],
            unknown=weights.unknown,
            folds=weights.folds,
        )
        # One thread a call: several at once would fight over the cores with the event loop.
        self._model = ctranslate2.Encoder(
            str(folder(weights)), compute_type="int8", inter_threads=1, intra_threads=1
        )

    def query(self, text: str) -> Floats:
        """The unit vector (384) of a question: three to nine milliseconds."""
        vector: Floats = self._encode([f"query: {text}"])[0]
        return vector

    def passages(self, texts: Sequence[str]) -> Floats:
        """The unit vectors of answers, one row a text; of each its first 510 pieces count."""
        return self._encode([f"passage: {text}" for text in texts])

    def _encode(self, texts: Sequence[str]) -> Floats:
        cuts = [[self._begin, *self._pieces.cut(text)[: self._most], self._end] for text in texts]
        states = np.asarray(self._model.forward_batch(cuts).last_hidden_state)
        # Shorter texts of a batch are filled up; what fills them does not count.
        means = [rows[: len(cut)].mean(axis=0) for rows, cut in zip(states, cuts, strict=True)]
        rows = np.stack(means)
        vectors: Floats = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return vectors
