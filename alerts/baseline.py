"""What an ordinary hour brings: a count expected for each type and area at each hour of the week.

Pure functions of arrays. Counts have the axes hour, type, area; a slot is an hour of the week, 0 to
167. A thin cell borrows: its hours from its type, its type's hours from all types, its share from its area.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from timekeeping.workdays import is_workday

Counts = NDArray[np.float64]
Slots = NDArray[np.int64]
SLOTS = 168
DAY = 24
# How many hours of its own weigh as much as what is borrowed.
BORROWED_HOURS = 10.0
CELL_HOURS = 40.0
# How many sightings of its own a type needs to outweigh the shares that its areas have of everything.
BORROWED_SIGHTINGS = 20.0
# An hour in which nothing came though so many were expected: the service was down, not the fraud.
OUTAGE = 8.0
# Beyond so many deviations a past count is a surge of its own and is cut down to them.
CUT = 3.0
# Deviations still taken for ordinary scatter.
SCATTER = 5.0
ROUNDS = 4
# The scatter of all types counts with a type as if so much were expected of it.
BORROWED_SCATTER = 200.0
LEAST = 1e-4
MONDAY, SUNDAY = 0, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """``expected`` has the axes slot, type, area; ``dispersion`` is a type's, nil for a Poisson."""

    expected: Counts
    dispersion: Counts


def slot_of(day: date, hour: int) -> int:
    """Which hour of the week it is; a holiday is like a Sunday, a weekend day made up like a Monday."""
    like = day.weekday()
    if is_workday(day) != (like < SUNDAY - 1):
        like = SUNDAY if like < SUNDAY - 1 else MONDAY
    return DAY * like + hour


def fit(counts: Counts, slots: Slots) -> Baseline:
    """Learn from past hours, ``slots`` telling of each which hour of the week it was.

    Past surges are cut down before they are learned from, and outages left out.
    """
    told, heard = counts, np.ones(len(counts), dtype=bool)
    expected, dispersion = _means(told, slots), np.zeros(counts.shape[1])
    for _ in range(ROUNDS):
        usual = expected[slots]
        heard = (counts.sum(axis=(1, 2)) > 0) | (usual.sum(axis=(1, 2)) < OUTAGE)
        dispersion = _dispersion(counts[heard], usual[heard])
        told = np.minimum(counts, usual + CUT * _deviation(usual, dispersion) + 1.0)
        expected = _means(told[heard], slots[heard])
    return Baseline(expected=expected, dispersion=dispersion)


def _means(counts: Counts, slots: Slots) -> Counts:
    """Mean counts by slot, type and area, each level borrowing from the one above."""
    hours = np.bincount(slots, minlength=SLOTS).astype(float)
    by_slot = np.zeros((SLOTS, *counts.shape[1:]))
    np.add.at(by_slot, slots, counts)
    rhythm = _rhythm(by_slot.sum(axis=(1, 2)), hours)
    total = max(float(hours.sum()), 1.0)
    by_type = by_slot.sum(axis=2)
    level = by_type.sum(axis=0) / total
    profile = _drawn(by_type, hours[:, None], BORROWED_HOURS, rhythm[:, None] * level)
    cell = profile[:, :, None] * _shares(by_slot.sum(axis=0))
    mean = _drawn(by_slot, hours[:, None, None], CELL_HOURS, cell)
    return np.maximum(mean, LEAST)


def _rhythm(sums: Counts, hours: Counts) -> Counts:
    """The week of all types together, 1 on average, drawn towards hour of the day × day of the week."""
    mean = max(float(sums.sum()) / max(float(hours.sum()), 1.0), LEAST)
    grid, spent = sums.reshape(-1, DAY), hours.reshape(-1, DAY)
    daily = grid.sum(axis=0) / np.maximum(spent.sum(axis=0), 1.0) / mean
    weekly = grid.sum(axis=1) / np.maximum(spent.sum(axis=1), 1.0) / mean
    product = (weekly[:, None] * daily[None, :]).reshape(-1)
    return _drawn(sums / mean, hours, BORROWED_HOURS, product)


def _shares(sums: Counts) -> Counts:
    """Of each type, the share of each area, drawn towards the share it has of everything."""
    overall = sums.sum(axis=0) + 1.0
    overall = overall / overall.sum()
    shares: Counts = (sums + BORROWED_SIGHTINGS * overall) / (
        sums.sum(axis=1, keepdims=True) + BORROWED_SIGHTINGS
    )
    return shares


def _drawn(sums: Counts, hours: Counts, weight: float, towards: Counts) -> Counts:
    mean: Counts = (sums + weight * towards) / (hours + weight)
    return mean


def _dispersion(counts: Counts, expected: Counts) -> Counts:
    """By moments: what the squares exceed a Poisson's by, in terms of the squared mean."""
    ordinary = np.minimum(counts, expected + SCATTER * np.sqrt(expected) + 1.0)
    excess = ((ordinary - expected) ** 2 - expected).sum(axis=(0, 2))
    squares = (expected**2).sum(axis=(0, 2))
    overall = excess.sum() / max(float(squares.sum()), LEAST)
    drawn = (excess + BORROWED_SCATTER * overall) / (squares + BORROWED_SCATTER)
    found: Counts = np.maximum(drawn, 0.0)
    return found


def _deviation(expected: Counts, dispersion: Counts) -> Counts:
    deviation: Counts = np.sqrt(expected + dispersion[None, :, None] * expected**2)
    return deviation
