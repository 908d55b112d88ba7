"""Which counts of the last hours are a surge: pure functions of arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from alerts.baseline import Counts
from alerts.tails import believed, upper_tail

WINDOWS = (1, 2, 3)
# Fewer never warn anybody: two or three people may have talked about the same message.
LEAST_SIGHTINGS = 5
# Of the surges that one hour's look finds, the share that may be false.
FALSE_RATE = 0.005
# When everything is asked about more than usual, that many expected sightings hold against it.
STEADY = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Surge:
    """More than chance brings: ``count`` in the last ``hours`` where ``expected`` were.

    ``kind`` and ``area`` are places on the axes of the counts; ``chance`` is corrected for the
    windows that were looked at.
    """

    kind: int
    area: int
    hours: int
    count: int
    expected: float
    chance: float


def surges(
    recent: Counts, expected: Counts, dispersion: Counts, *, rate: float = FALSE_RATE
) -> list[Surge]:
    """The surges at the end of ``recent``, the last hours with axes hour, type, area.

    Each cell is looked at over one, two and three hours, so that a steep surge is found at once and
    a lasting one soon; all cells of the hour are judged together, by the false discovery rate.
    """
    looked = [_look(recent[-hours:], expected[-hours:], dispersion) for hours in WINDOWS]
    best = [min(cells, key=lambda surge: surge.chance) for cells in zip(*looked, strict=True)]
    return [best[place] for place in believed([surge.chance for surge in best], rate)]


def _look(recent: Counts, expected: Counts, dispersion: Counts) -> list[Surge]:
    counts, usual = recent.sum(axis=0), expected.sum(axis=0)
    return list(_cells(counts, usual * _busy(counts, usual)[:, None], dispersion, len(recent)))


def _cells(counts: Counts, usual: Counts, dispersion: Counts, hours: int) -> Iterator[Surge]:
    for kind, row in enumerate(counts):
        for area, count in enumerate(row):
            mean = float(usual[kind, area])
            yield Surge(
                kind=kind,
                area=area,
                hours=hours,
                count=int(count),
                expected=mean,
                chance=_chance(int(count), mean, float(dispersion[kind])),
            )


def _chance(count: int, mean: float, dispersion: float) -> float:
    """Taking 1 for what is never a surge makes the test stricter, not looser."""
    if count < LEAST_SIGHTINGS or count <= mean:
        return 1.0
    return min(1.0, len(WINDOWS) * upper_tail(count, mean, dispersion))


def _busy(counts: Counts, usual: Counts) -> Counts:
    """For each type, how many times more than usual all other types are asked about; at least 1.

    After a report on television everybody has everything checked; that is no surge of one type.
    """
    others = counts.sum() - counts.sum(axis=1)
    awaited = usual.sum() - usual.sum(axis=1)
    busy: Counts = ((others + STEADY) / (awaited + STEADY)).clip(1.0, None)
    return busy
