"""How unlikely a count is, and which of many unlikely ones to believe: pure functions of numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence

# Below this a negative binomial cannot be told from a Poisson in double precision.
EVEN = 1e-6
# A tail ends where a further term changes nothing.
NEGLIGIBLE = 1e-17


def upper_tail(count: int, mean: float, dispersion: float = 0.0) -> float:
    """P(X ≥ ``count``) where X has ``mean`` and the variance mean + dispersion · mean².

    A negative binomial; a Poisson where the dispersion is nil. Accurate in the far tail, where one
    minus the rest would be nothing but rounding.
    """
    if count <= 0:
        return 1.0
    if mean <= 0:
        return 0.0
    if count <= mean:
        return 1.0 - math.fsum(_falling(count - 1, mean, dispersion))
    return min(1.0, math.fsum(_rising(count, mean, dispersion)))


def believed(chances: Sequence[float], rate: float) -> list[int]:
    """The places of those to believe, so that at most ``rate`` of them are false on average.

    Benjamini and Hochberg's step-up: the largest k of which the k-th smallest chance is at most
    rate · k / n, and all that are no greater.
    """
    ranked = sorted(range(len(chances)), key=lambda place: chances[place])
    last = 0
    for rank, place in enumerate(ranked, 1):
        if chances[place] <= rate * rank / len(ranked):
            last = rank
    return sorted(ranked[:last])


def _rising(count: int, mean: float, dispersion: float) -> list[float]:
    """The probabilities of ``count`` and what is above, which from the mean on become ever less."""
    term = math.exp(_log_chance(count, mean, dispersion))
    terms, enough = [], NEGLIGIBLE * term
    while term > enough:
        terms.append(term)
        term *= _ratio(count, mean, dispersion)
        count += 1
    return terms


def _falling(count: int, mean: float, dispersion: float) -> list[float]:
    """The probabilities of ``count`` and what is below."""
    return [math.exp(_log_chance(k, mean, dispersion)) for k in range(count, -1, -1)]


def _log_chance(count: int, mean: float, dispersion: float) -> float:
    if dispersion < EVEN:
        return count * math.log(mean) - mean - math.lgamma(count + 1)
    size = 1.0 / dispersion
    return (
        math.lgamma(count + size)
        - math.lgamma(size)
        - math.lgamma(count + 1)
        - size * math.log1p(mean * dispersion)
        - count * math.log1p(size / mean)
    )


def _ratio(count: int, mean: float, dispersion: float) -> float:
    """What the probability of one more is, in terms of that of ``count``."""
    if dispersion < EVEN:
        return mean / (count + 1)
    size = 1.0 / dispersion
    return (count + size) / (count + 1) * mean / (mean + size)
