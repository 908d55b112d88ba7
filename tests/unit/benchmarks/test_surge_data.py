"""A simulated year has its season, its outages and its planted surges, and is the same again."""

from __future__ import annotations

import numpy as np

from benchmarks.surge_data import AREAS, EXTRA, HOURS, SURGES_OF_A_SIZE, TYPES, year

AFTER = 1344


def test_a_year_is_as_large_as_asked_and_the_same_again() -> None:
    one, other = (year(5, an_hour=40, after=AFTER) for _ in range(2))

    assert one.counts.shape == (HOURS, TYPES, len(AREAS))
    assert np.array_equal(one.counts, other.counts)
    assert 35 <= one.counts.sum() / HOURS <= 60


def test_nights_are_quiet_weekends_quieter_and_outages_empty() -> None:
    told = year(6, an_hour=40, after=AFTER, surges=False)
    by_slot = np.bincount(told.slots, weights=told.counts.sum(axis=(1, 2)), minlength=168)
    hours = np.bincount(told.slots, minlength=168)
    mean = (by_slot / hours).reshape(7, 24)

    assert mean[:, 3].mean() < 0.2 * mean[:, 10].mean()
    assert mean[5:].mean() < 0.95 * mean[:5].mean()
    assert (told.counts.sum(axis=(1, 2)) == 0).sum() >= 16
    assert told.planted == ()


def test_surges_of_every_size_are_planted_by_day_after_the_learning() -> None:
    told = year(7, an_hour=10, after=AFTER)

    assert len(told.planted) == len(EXTRA) * SURGES_OF_A_SIZE
    assert all(one.start >= AFTER and 8 <= one.start % 24 < 20 for one in told.planted)
    largest = [one for one in told.planted if one.extra == EXTRA[-1]]
    lifted = [told.counts[p.start : p.start + p.hours, p.kind, p.area].mean() for p in largest]
    assert np.mean(lifted) > 0.8 * EXTRA[-1]
