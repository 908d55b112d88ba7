"""Fits the classifier: ``python -m bot fraud fit``.

Logistic regression with a ridge, solved to the end by Newton's method over the examples' likeness
(there are fewer examples than features), so the same examples give the same weights. Where the
verdicts begin and how log-odds become probabilities is chosen from judgements of examples whose
scenario was left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import numpy as np
import yaml
from numpy.typing import NDArray

from antifraud.classifier import LIMITS, WEIGHTS, Classifier, Limits
from antifraud.evidence import Collector
from antifraud.features import named, pieces
from antifraud.normal import normalise
from antifraud.samples import Sample

Array = NDArray[np.float64]
Places = NDArray[np.int64]
RIDGES = (0.1, 0.3)
FOLDS, ROUNDS = 5, 8
# A feature that one example alone has cannot say anything of others.
LEAST_SEEN = 2
# Of what is called suspicious or worse, and of what is called a scam, so much must be one.
PRECISE, VERY_PRECISE = 0.92, 0.98
_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Examples × features, with what each example is; ``kinds`` are "" for normal ones.

    ``blank`` knows the features and has no weights yet.
    """

    blank: Classifier
    values: NDArray[np.float32]
    scam: NDArray[np.bool_]
    kinds: NDArray[np.str_]
    folds: Places


def tabulate(samples: Sequence[Sample], collector: Collector) -> Table:
    """The examples as the classifier will see them, each in the fold of its scenario."""
    seen = [collector.collect(normalise(s.text).passages()[0]) for s in samples]
    counts = Counter(piece for evidence in seen for piece in pieces(evidence))
    names = Counter(name for evidence in seen for name in named(evidence))
    known = [piece for piece in sorted(counts) if counts[piece] >= LEAST_SEEN]
    rarity = [math.log(len(samples) / counts[piece]) for piece in known]
    told = [name for name in sorted(names) if names[name] >= LEAST_SEEN]
    empty = Classifier(
        features=[*known, *told],
        rarity=np.array([*rarity, *[0.0] * len(told)], dtype=np.float16).astype(np.float32),
        kinds=(),
        weights=np.zeros((0, 0), dtype=np.float32),
        limits=Limits(scam_from=1, suspicious_from=1, slope=1, shift=0, ridge=RIDGES[0]),
    )
    values = np.zeros((len(samples), len(empty.features)), dtype=np.float32)
    for row, evidence in enumerate(seen):
        places, worth = empty.row(evidence)
        values[row, places] = worth
    return Table(
        blank=empty,
        values=values,
        scam=np.array([s.is_scam for s in samples]),
        kinds=np.array([s.type or "" for s in samples]),
        folds=folds_of(samples),
    )


def folds_of(samples: Sequence[Sample], folds: int = FOLDS) -> Places:
    """A fold for each example: scenarios stay whole and are dealt out kind by kind."""
    names = [s.scenario or s.text for s in samples]
    scenarios = sorted(set(names), key=lambda name: (_spread(name), name))
    by_topic: dict[str, int] = {}
    fold: dict[str, int] = {}
    for name in scenarios:
        topic = name.split("/")[0]
        number = by_topic.setdefault(topic, sum(map(ord, topic)) % folds)
        fold[name] = number % folds
        by_topic[topic] = number + 1
    return np.array([fold[name] for name in names])


def fit(samples: Sequence[Sample], collector: Collector) -> Classifier:
    """The classifier that these examples teach; the samples are not changed."""
    table = tabulate(samples, collector)
    likeness = (table.values @ table.values.T).astype(np.float64)
    left_out = {ridge: _left_out(likeness, table, ridge) for ridge in RIDGES}
    ridge = min(RIDGES, key=lambda r: _log_loss(left_out[r], table.scam))
    slope, shift = _calibrate(left_out[ridge], table.scam)
    scores = 1 / (1 + np.exp(-(slope * left_out[ridge] + shift)))
    suspicious = threshold(scores, table.scam, PRECISE)
    limits = Limits(
        scam_from=max(suspicious, threshold(scores, table.scam, VERY_PRECISE)),
        suspicious_from=suspicious,
        slope=round(slope, _DECIMALS),
        shift=round(shift, _DECIMALS),
        ridge=ridge,
    )
    kinds = sorted(set(table.kinds[table.scam]))
    columns = list(_columns(likeness, table, kinds, ridge))
    weights = (table.values.T.astype(np.float64) @ np.stack(columns, axis=1)).astype(np.float16)
    return replace(table.blank, kinds=kinds, weights=weights.astype(np.float32), limits=limits)


def save(classifier: Classifier, weights: Path = WEIGHTS, limits: Path = LIMITS) -> None:
    """Write both files; the same classifier gives the same bytes."""
    arrays: dict[str, NDArray[np.generic]] = {
        "features": np.frombuffer("\0".join(classifier.features).encode(), dtype=np.uint8),
        "rarity": classifier.rarity.astype(np.float16),
        "kinds": np.frombuffer("\0".join(classifier.kinds).encode(), dtype=np.uint8),
        "weights": classifier.weights.astype(np.float16),
    }
    with ZipFile(weights, "w", ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            # A fixed day, where savez would write today's.
            with archive.open(ZipInfo(f"{name}.npy"), "w") as file:
                np.lib.format.write_array(file, array)
    head = [line for line in _lines(limits) if line.startswith("#")]
    body = yaml.safe_dump(classifier.limits.model_dump(), sort_keys=False)
    limits.write_text("\n".join([*head, body]), encoding="utf-8")


def threshold(scores: Array, scam: NDArray[np.bool_], precise: float) -> float:
    """The lowest probability from which at least that share are scams, however high one looks."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(scam[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(right >= precise)
    last = int(enough[-1]) if len(enough) else 0
    below = scores[order[last + 1]] if last + 1 < len(order) else 0.0
    return round(float((scores[order[last]] + below) / 2), _DECIMALS)


def _columns(likeness: Array, table: Table, kinds: Sequence[str], ridge: float) -> Iterator[Array]:
    """What each example adds to the weights: of “scam”, then of each kind, learned from scams."""
    everything = np.arange(len(table.scam))
    yield solve(likeness, table.scam, everything, ridge)
    scams = np.flatnonzero(table.scam)
    for kind in kinds:
        yield solve(likeness, table.kinds == kind, scams, ridge)


def solve(likeness: Array, truth: NDArray[np.bool_], rows: Places, ridge: float) -> Array:
    """How much each example counts, nought where it is not among the rows learned from."""
    near = likeness[np.ix_(rows, rows)]
    answers = truth[rows].astype(np.float64)
    counts: Array = np.zeros(len(rows))
    for _ in range(ROUNDS):
        odds = near @ counts
        share = 1 / (1 + np.exp(-odds))
        slack = np.maximum(share * (1 - share), 1e-6)
        wanted = odds + (answers - share) / slack
        counts[:] = np.linalg.solve(near + np.diag(ridge / slack), wanted)
    whole = np.zeros(len(likeness))
    whole[rows] = counts
    return whole


def _left_out(likeness: Array, table: Table, ridge: float) -> Array:
    """Log-odds of each example, learned without its fold."""
    odds = np.zeros(len(table.scam))
    for fold in np.unique(table.folds):
        held = table.folds == fold
        counts = solve(likeness, table.scam, np.flatnonzero(~held), ridge)
        odds[held] = likeness[held] @ counts
    return odds


def _calibrate(odds: Array, scam: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that make the log-odds say how often it was a scam."""
    inputs = np.stack((odds, np.ones_like(odds)), axis=1)
    line: Array = np.array([1.0, 0.0])
    for _ in range(ROUNDS):
        share = 1 / (1 + np.exp(-(inputs @ line)))
        slack = np.maximum(share * (1 - share), 1e-6)
        line += np.linalg.solve(
            (inputs * slack[:, None]).T @ inputs + 1e-6 * np.eye(2), inputs.T @ (scam - share)
        )
    return float(line[0]), float(line[1])


def _log_loss(odds: Array, scam: NDArray[np.bool_]) -> float:
    return float(np.logaddexp(0, np.where(scam, -odds, odds)).mean())


def _spread(name: str) -> int:
    """A number that mixes scenarios of a topic, the same on every machine."""
    return sum(ord(char) * (place + 7) for place, char in enumerate(name)) * 2654435761 % 2**32


def _lines(file: Path) -> Sequence[str]:
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else ()
