"""A year of counts by hour, type and area as a town might have them, and surges planted into it.

Invented throughout: no count of any town went into it. Rates, days and hours are drawn from a seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np
from numpy.random import Generator

from alerts.baseline import Counts, Slots, slot_of
from core.clock import SUZHOU
from timekeeping.workdays import is_workday

BEGIN = datetime(2025, 10, 1, tzinfo=SUZHOU)
HOURS = 365 * 24
TYPES = 12
# Ten districts, and the city for whoever does not say where; that one is by far the largest.
AREAS = np.array([1.4, 1.3, 1.0, 0.9, 1.0, 1.0, 1.1, 0.8, 0.7, 0.6, 6.0])
MIX = np.array([3.5, 1.6, 1.3, 1.2, 1.0, 0.8, 0.6, 0.5, 0.3, 0.25, 0.2, 0.2])
# Midnight to eleven at night.
DAILY = np.array([
    0.35, 0.2, 0.12, 0.08, 0.07, 0.1, 0.25, 0.5, 0.9, 1.4, 1.6, 1.4,
    1.2, 1.3, 1.5, 1.6, 1.5, 1.3, 1.2, 1.4, 1.6, 1.5, 1.1, 0.7,
])  # fmt: skip
EVENING = np.roll(DAILY, 3)
# Types whose hours are the evening's, and those that fall off at weekends.
EVENING_TYPES, OFFICE_TYPES = (0, 8, 9), (4, 6, 7)
REST_DAY, HOLIDAY = 0.8, 0.6
SCATTER, DAY_SCATTER = 0.2, 0.12
GROWTH, SWING = 0.4, 0.15
OUTAGES, NEWS, FAIRS = 8, 6, 2
EXTRA = (4.0, 6.0, 8.0, 12.0)
SURGES_OF_A_SIZE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A surge: ``extra`` sightings an hour on top of what would have come."""

    kind: int
    area: int
    start: int
    hours: int
    extra: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Counts with axes hour, type, area; the slot of each hour; what was planted."""

    counts: Counts
    slots: Slots
    planted: tuple[Planted, ...]


def year(seed: int, *, an_hour: float, after: int, surges: bool = True) -> Year:
    """A year with ``an_hour`` sightings on average; nothing is planted before the hour ``after``."""
    chance = np.random.default_rng(seed)
    rates = _rates(chance, an_hour)
    planted = _planted(chance, after) if surges else ()
    for one in planted:
        rates[one.start : one.start + one.hours, one.kind, one.area] += one.extra
    scattered = chance.gamma(1 / SCATTER, SCATTER, rates.shape) * rates
    counts = chance.poisson(scattered).astype(float)
    for start, hours in _spells(chance, OUTAGES, 2, 10):
        counts[start : start + hours] = 0.0
    days = [(BEGIN + timedelta(hours=hour)).date() for hour in range(HOURS)]
    return Year(counts=counts, slots=_slots(days), planted=planted)


def _rates(chance: Generator, an_hour: float) -> Counts:
    hours = np.arange(HOURS)
    days = [(BEGIN + timedelta(days=number)).date() for number in range(HOURS // 24)]
    daily = np.stack([EVENING if k in EVENING_TYPES else DAILY for k in range(TYPES)])
    shape = np.stack([daily * _level(day)[:, None] for day in days])
    shape *= chance.lognormal(0.0, DAY_SCATTER, (len(days), TYPES, 1))
    rates: Counts = shape.transpose(0, 2, 1).reshape(HOURS, TYPES, 1) * (
        MIX[:, None] / MIX.sum() * AREAS[None, :] / AREAS.sum() * an_hour
    )
    slow = 1 + GROWTH * hours / HOURS + SWING * np.sin(2 * np.pi * hours / HOURS)
    rates *= slow[:, None, None] * chance.uniform(0.7, 1.3, (TYPES, len(AREAS)))
    for start, spell in _spells(chance, NEWS, 4, 8):
        rates[start : start + spell] *= 2.0
    for start, spell in _spells(chance, FAIRS, 72, 96):
        # Days of great sales: parcels and shops are asked about half as much again.
        rates[start : start + spell, [1, 5]] *= 1.5
    return rates


def _level(day: date) -> Counts:
    level = np.ones(TYPES)
    if is_workday(day):
        return level
    level[:] = REST_DAY if day.weekday() >= 5 else HOLIDAY
    level[list(OFFICE_TYPES)] *= 0.6
    return level


def _planted(chance: Generator, after: int) -> tuple[Planted, ...]:
    """Surges by day, of every size alike, never two of one cell within three days."""
    taken: dict[tuple[int, int], list[int]] = {}
    planted: list[Planted] = []
    for extra in EXTRA * SURGES_OF_A_SIZE:
        while True:
            cell = (int(chance.integers(TYPES)), int(chance.integers(len(AREAS))))
            day = int(chance.integers(after // 24 + 1, HOURS // 24 - 2))
            if all(abs(day - other) > 3 for other in taken.get(cell, [])):
                break
        taken.setdefault(cell, []).append(day)
        start, hours = 24 * day + int(chance.integers(8, 20)), int(chance.integers(5, 13))
        planted.append(Planted(kind=cell[0], area=cell[1], start=start, hours=hours, extra=extra))
    return tuple(planted)


def _spells(chance: Generator, count: int, least: int, most: int) -> list[tuple[int, int]]:
    return [
        (int(chance.integers(HOURS - most)), int(chance.integers(least, most + 1)))
        for _ in range(count)
    ]


def _slots(days: list[date]) -> Slots:
    return np.array([slot_of(day, hour % 24) for hour, day in enumerate(days)])
