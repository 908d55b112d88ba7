"""How much a text shares with groups of texts in pieces of one to three characters.

Colloquial Chinese is cut into words badly and misspells many; its short runs of characters stay.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt

from knowledge_base.columns import Scores, columns_of
from knowledge_base.tokens import RUN, normalise

LONGEST = 3


class Grams:
    """The cosine of a text with the middle of each group, every piece weighted by its rarity."""

    def __init__(self, groups: Sequence[Sequence[str]]) -> None:
        counts = [[Counter(pieces(text)) for text in group] for group in groups]
        held = Counter(piece for group in counts for text in group for piece in text)
        texts = sum(len(group) for group in counts)
        self._rarity = {p: log((1 + texts) / (1 + n)) + 1 for p, n in held.items()}
        weights: dict[str, dict[int, float]] = {piece: {} for piece in held}
        for number, group in enumerate(counts):
            for piece, weight in self._middle(group).items():
                weights[piece][number] = weight
        self._columns = columns_of(list(weights.values()), size=len(groups))
        self._number = {piece: number for number, piece in enumerate(weights)}

    def of(self, text: str) -> Scores:
        """One number a group, 0 to 1. Pieces that no group holds are passed over."""
        known = self._unit(Counter(pieces(text)))
        return self._columns.sums([self._number[piece] for piece in known], list(known.values()))

    def _middle(self, group: Sequence[Mapping[str, int]]) -> Mapping[str, float]:
        total: dict[str, float] = defaultdict(float)
        for text in group:
            for piece, weight in self._unit(text).items():
                total[piece] += weight
        return _scaled(total)

    def _unit(self, counts: Mapping[str, int]) -> Mapping[str, float]:
        known = ((p, n) for p, n in counts.items() if p in self._rarity)
        return _scaled({p: (1 + log(n)) * self._rarity[p] for p, n in known})


def pieces(text: str) -> Iterator[str]:
    """Runs of one to three Chinese characters, and whole words in Latin letters or digits."""
    for run in RUN.findall(normalise(text)):
        if run.isascii():
            yield run
        else:
            for size in range(1, LONGEST + 1):
                yield from (run[i : i + size] for i in range(len(run) - size + 1))


def _scaled(weights: Mapping[str, float]) -> Mapping[str, float]:
    length = sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {piece: weight / length for piece, weight in weights.items()}
