"""The arithmetic of the benchmarks: percentiles, summaries, ratios with their uncertainty."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

RESAMPLES = 1000
SEED = 20261122


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """The middle 95 % of a resampled figure."""

    low: float
    high: float


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0–1) of the values lie, interpolated between neighbours.

    Raises ``ValueError`` without values or for a share outside 0–1.
    """
    if not values or not 0 <= share <= 1:
        raise ValueError(f"no percentile {share} of {len(values)} values")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def summary_ms(seconds: Sequence[float]) -> dict[str, float]:
    """Count, p50, p95, mean and maximum of durations given in seconds, in milliseconds."""
    ms = [value * 1000 for value in seconds]
    return {
        "n": len(ms),
        "p50_ms": round(percentile(ms, 0.5), 2),
        "p95_ms": round(percentile(ms, 0.95), 2),
        "mean_ms": round(sum(ms) / len(ms), 2),
        "max_ms": round(max(ms), 2),
    }


def ratio_of_medians(ours: Sequence[float], peer: Sequence[float]) -> float:
    """How our median stands to the peer's: 0.5 is half of it."""
    return percentile(ours, 0.5) / percentile(peer, 0.5)


def ratio_interval(pairs: Sequence[tuple[float, float]]) -> Interval:
    """The bootstrap interval of the ratio of medians, pairs resampled as pairs."""
    chance = random.Random(SEED)
    drawn: list[float] = []
    for _ in range(RESAMPLES):
        sample = chance.choices(pairs, k=len(pairs))
        drawn.append(ratio_of_medians([a for a, _ in sample], [b for _, b in sample]))
    return Interval(low=percentile(drawn, 0.025), high=percentile(drawn, 0.975))
