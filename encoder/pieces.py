"""Cutting a text into the pieces that the model knows: the likeliest cut by the scores of pieces."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

BLANK = "▁"
BLANKS = re.compile(" +")
# What an unknown character costs, below the rarest piece: as SentencePiece has it.
UNKNOWN_COSTS = 10.0
BEGUN = -1


class Pieces:
    """A vocabulary with a score (log-probability) a piece.

    ``folds`` says what a character is read as; it may be nothing. See Kudo, Subword Regularization
    (2018), for the model, and Viterbi for the search.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        scores: Sequence[float],
        *,
        unknown: int,
        folds: Mapping[int, str],
    ) -> None:
        self._number = {piece: at for at, piece in enumerate(pieces) if at != unknown}
        # What a longer piece begins with: where a run of characters is none of these, looking ends.
        begun = {piece[:size] for piece in self._number for size in range(1, len(piece))}
        self._number |= dict.fromkeys(begun - self._number.keys(), BEGUN)
        self._scores = scores
        self._unknown = unknown
        self._folds = folds
        self._unknown_score = min(scores) - UNKNOWN_COSTS

    def cut(self, text: str) -> list[int]:
        """The numbers of the pieces of a text."""
        folded = BLANKS.sub(" ", text.translate(self._folds))
        if not folded.startswith(" "):
            folded = f" {folded}"
        return self._likeliest(folded.replace(" ", BLANK))

    def _likeliest(self, text: str) -> list[int]:
        # For each place the best score of what lies before, and the last piece of that.
        best = [0.0] + [float("-inf")] * len(text)
        last = [(0, 0)] * (len(text) + 1)
        for start in range(len(text)):
            so_far = best[start]
            if so_far + self._unknown_score > best[start + 1]:
                best[start + 1] = so_far + self._unknown_score
                last[start + 1] = start, self._unknown
            for end in range(start + 1, len(text) + 1):
                number = self._number.get(text[start:end])
                if number is None:
                    break
                if number != BEGUN and so_far + self._scores[number] > best[end]:
                    best[end] = so_far + self._scores[number]
                    last[end] = start, number
        found: list[int] = []
        end = len(text)
        while end:
            end, number = last[end]
            found.append(number)
        return found[::-1]
