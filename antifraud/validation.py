"""How well the check does on messages of scenarios that it has not learned from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from antifraud.checker import Checker
from antifraud.evaluation import Judged, judge, measure
from antifraud.evidence import Collector
from antifraud.fitting import fit, folds_of
from antifraud.samples import Sample
from antifraud.typology import load_typology
from core.knowledge import ScamVerdict

# Normal messages of these topics come from real operators' and shops' advertising offices.
ADVERTISING = frozenset({"operator_ad", "shop_ad"})
_BINS = 10


def cross_validated(samples: Sequence[Sample], collector: Collector) -> Iterator[Judged]:
    """Each sample as judged by a check that has learned, thresholds too, without its fold."""
    typology, folds = load_typology(), folds_of(samples)
    for number in sorted(set(folds.tolist())):
        learned = [s for s, fold in zip(samples, folds, strict=True) if fold != number]
        checker = Checker(
            collector=collector, classifier=fit(learned, collector), typology=typology
        )
        for sample, fold in zip(samples, folds, strict=True):
            if fold == number:
                yield judge(sample, checker)


def figures(judged: Sequence[Judged]) -> dict[str, Any]:  # Any: JSON
    """What ``measure`` counts, with the verdicts apart, advertising, and how true the score is.

    ``called_scam`` counts only the gravest verdict; the other figures count “suspicious” as well.
    """
    called = [j for j in judged if j.check.verdict is ScamVerdict.SCAM]
    right = sum(j.sample.is_scam for j in called)
    scams = sum(j.sample.is_scam for j in judged)
    adverts = [j for j in judged if j.sample.topic in ADVERTISING]
    return measure(judged) | {
        "scams": scams,
        "scenarios": len({j.sample.scenario for j in judged}),
        "called_scam": {
            "precision": right / max(len(called), 1),
            "recall": right / max(scams, 1),
        },
        "advertising": {
            "n": len(adverts),
            "called_scam": _share(adverts, {ScamVerdict.SCAM}),
            "called_suspicious": _share(adverts, {ScamVerdict.SUSPICIOUS}),
        },
        "calibration_error": calibration_error(judged),
    }


def calibration_error(judged: Sequence[Judged]) -> float:
    """By how much, on average, scores differ from how often it was a scam, in ten steps."""
    bins: dict[int, list[Judged]] = {}
    for one in judged:
        bins.setdefault(min(int(one.check.score * _BINS), _BINS - 1), []).append(one)
    gaps = (
        abs(sum(j.check.score for j in group) - sum(j.sample.is_scam for j in group))
        for group in bins.values()
    )
    return sum(gaps) / max(len(judged), 1)


def _share(judged: Sequence[Judged], verdicts: set[ScamVerdict]) -> float:
    return sum(j.check.verdict in verdicts for j in judged) / max(len(judged), 1)
