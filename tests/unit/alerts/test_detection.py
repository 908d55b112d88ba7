"""Steep and lasting surges are found, chance and a busy day are not."""

from __future__ import annotations

import numpy as np

from alerts.detection import LEAST_SIGHTINGS, surges

USUAL = np.full((3, 4, 5), 0.5)
SCATTER = np.full(4, 0.2)


def ordinary(seed: int = 1) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.random.default_rng(seed).poisson(USUAL).astype(float)


def test_a_steep_surge_is_found_in_its_first_hour() -> None:
    counts = ordinary()
    counts[-1, 2, 3] = 12.0

    [found] = surges(counts, USUAL, SCATTER)

    assert (found.kind, found.area, found.hours, found.count) == (2, 3, 1, 12)
    assert found.chance < 1e-4


def test_a_lasting_one_by_its_three_hours() -> None:
    counts = ordinary(2)
    counts[:, 1, 0] = 4.0

    [found] = surges(counts, USUAL, SCATTER)

    assert (found.kind, found.area, found.hours, found.count) == (1, 0, 3, 12)


def test_few_are_never_a_surge() -> None:
    counts = np.zeros_like(USUAL)
    counts[-1, 0, 0] = LEAST_SIGHTINGS - 1

    assert surges(counts, USUAL * 1e-4, SCATTER) == []


def test_a_day_on_which_everything_is_checked_is_no_surge_of_one_type() -> None:
    usual = USUAL * 8
    counts = usual * 3.0

    assert surges(counts, usual, SCATTER) == []


def test_ordinary_hours_rarely_alarm() -> None:
    alarms = sum(bool(surges(ordinary(seed), USUAL, SCATTER * 0)) for seed in range(500))

    assert alarms <= 5
