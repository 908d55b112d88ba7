"""Tails agree with reference values and with themselves; the false discovery rate is kept."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alerts.tails import believed, upper_tail

MEANS = st.floats(0.01, 200)
DISPERSIONS = st.sampled_from([0.0, 0.05, 0.3, 1.5])


# From scipy.stats: poisson.sf(count - 1, mean); nbinom.sf(count - 1, 1 / d, 1 / (1 + d * mean)).
@pytest.mark.parametrize(
    ("count", "mean", "dispersion", "chance"),
    [
        (10, 3.0, 0.0, 0.0011024881301154815),
        (50, 1.0, 0.0, 1.2337508979097585e-65),
        (10, 3.0, 0.5, 0.03023308799999999),
        (2, 3.0, 0.5, 0.6479999999999999),
        (200, 100.0, 0.1, 0.006722564773739373),
        (7, 0.35, 1.4, 0.00020314416221751722),
        (40, 12.5, 0.03, 4.7502440678249525e-07),
    ],
)
def test_reference_values(count: int, mean: float, dispersion: float, chance: float) -> None:
    assert upper_tail(count, mean, dispersion) == pytest.approx(chance, rel=1e-9)


def test_the_ends() -> None:
    assert upper_tail(0, 3.0) == 1.0
    assert upper_tail(1, 0.0, 0.2) == 0.0


@given(mean=MEANS, dispersion=DISPERSIONS, count=st.integers(0, 400))
def test_a_tail_is_a_probability_that_falls_with_the_count_and_rises_with_the_mean(
    mean: float, dispersion: float, count: int
) -> None:
    tail = upper_tail(count, mean, dispersion)

    assert 0.0 <= tail <= 1.0
    assert upper_tail(count + 1, mean, dispersion) <= tail + 1e-12
    assert upper_tail(count, mean * 1.1, dispersion) >= tail - 1e-12


@settings(max_examples=30)
@given(mean=st.floats(0.01, 5), dispersion=DISPERSIONS)
def test_tails_sum_to_the_mean(mean: float, dispersion: float) -> None:
    # E X = Σ P(X ≥ k) over k ≥ 1, whatever the law.
    total = math.fsum(upper_tail(k, mean, dispersion) for k in range(1, 400))

    assert total == pytest.approx(mean, rel=1e-6)


def test_believed_is_benjamini_and_hochbergs_own_example() -> None:
    # The fifteen chances of their paper of 1995; at 0.05 the first four are believed.
    chances = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240,
        0.4262, 0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip

    assert believed(chances, 0.05) == [0, 1, 2, 3]
    assert believed([], 0.05) == []
    assert believed([0.9, 0.04], 0.05) == []


@given(chances=st.lists(st.floats(0, 1), max_size=40), rate=st.floats(0.001, 0.2))
def test_who_is_believed_is_less_likely_than_who_is_not(chances: list[float], rate: float) -> None:
    chosen = set(believed(chances, rate))
    others = [chances[place] for place in range(len(chances)) if place not in chosen]

    assert all(chances[place] <= rate for place in chosen)
    assert all(chances[place] <= other for place in chosen for other in others)
    assert {
        place for place in range(len(chances)) if chances[place] <= rate / len(chances)
    } <= chosen


def test_where_nothing_happens_false_discoveries_are_as_rare_as_the_rate_says() -> None:
    chance = np.random.default_rng(7)
    mean, dispersion, rounds = 4.0, 0.3, 400
    drawn = chance.poisson(chance.gamma(1 / dispersion, dispersion, (rounds, 60)) * mean)
    tails = {k: upper_tail(k, mean, dispersion) for k in range(drawn.max() + 1)}

    alarms = sum(bool(believed([tails[int(k)] for k in row], 0.05)) for row in drawn)

    assert alarms / rounds <= 0.08
