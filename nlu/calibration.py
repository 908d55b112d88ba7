"""Whether a confidence means what it says: of readings given 0.8, eight in ten should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Readings whose confidence is at least ``low`` and less than a tenth above it.

    ``confidence`` is their mean, ``accuracy`` the share that is right; both 0 when ``n`` is 0.
    """

    low: float
    n: int
    confidence: float
    accuracy: float


def calibrate(readings: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """Readings as (confidence, right) sorted into ten bins of equal width; 1.0 is in the last."""
    boxes: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for confidence, right in readings:
        boxes[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    return tuple(
        Bin(
            low=number / BINS,
            n=len(box),
            confidence=sum(c for c, _ in box) / len(box) if box else 0.0,
            accuracy=sum(right for _, right in box) / len(box) if box else 0.0,
        )
        for number, box in enumerate(boxes)
    )


def expected_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error (ECE): the bins' gaps, weighted by how many are in each.

    0 is perfect; 0.1 means that confidences are a tenth off on average. After Guo et al., “On
    Calibration of Modern Neural Networks” (2017).
    """
    total = sum(b.n for b in bins)
    return sum(b.n * abs(b.accuracy - b.confidence) for b in bins) / total if total else 0.0
