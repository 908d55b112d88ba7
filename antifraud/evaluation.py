"""Measures a checker on labelled texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from antifraud.checker import Checker
from antifraud.samples import Sample, read_samples
from core.knowledge import ScamCheck, ScamVerdict

_FLAGGED = frozenset({ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sample with what the checker said of it.

    ``type`` is the common kind it is of, ``family`` the one that the checker named.
    """

    sample: Sample
    type: str | None
    check: ScamCheck
    family: str | None

    @property
    def flagged(self) -> bool:
        """Whether the checker warned; suspicious counts as a scam."""
        return self.check.verdict in _FLAGGED


def evaluate(lines: Iterable[str], *, checker: Checker) -> dict[str, Any]:  # Any: JSON
    """Score JSON lines of ``{"text", "label": "scam"|"normal", "type"?}``.

    Gives n, precision, recall, f1, errors, and macro_f1_types where samples name a type: the mean
    F1 over the types that occur, on scams only. Raises ``BadSample`` naming the line at fault.
    """
    return measure([judge(sample, checker) for sample in read_samples(lines)])


def measure(judged: Sequence[Judged]) -> dict[str, Any]:  # Any: JSON
    """The figures of ``evaluate``."""
    hit = sum(j.flagged and j.sample.is_scam for j in judged)
    flagged = sum(j.flagged for j in judged)
    scams = sum(j.sample.is_scam for j in judged)
    precision, recall = _share(hit, flagged), _share(hit, scams)
    result: dict[str, Any] = {  # Any: JSON
        "n": len(judged),
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
    }
    typed = [j for j in judged if j.sample.is_scam and j.type is not None]
    if typed:
        result["macro_f1_types"] = _macro_f1(typed)
    result["errors"] = [_error(j) for j in judged if j.flagged != j.sample.is_scam]
    return result


def judge(sample: Sample, checker: Checker) -> Judged:
    """What the checker says of a sample."""
    check = checker.check(sample.text)
    return Judged(
        sample=sample,
        type=checker.family(sample.type) if sample.type else None,
        check=check,
        family=checker.family(check.type.key) if check.type else None,
    )


def _macro_f1(typed: Sequence[Judged]) -> float:
    kinds = sorted({j.type for j in typed if j.type})
    return _share(sum(_f1(typed, kind) for kind in kinds), len(kinds))


def _f1(typed: Sequence[Judged], kind: str) -> float:
    right = sum(j.type == kind == j.family for j in typed)
    said = sum(j.family == kind for j in typed)
    truly = sum(j.type == kind for j in typed)
    return _share(2 * right, said + truly)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _error(judged: Judged) -> dict[str, Any]:  # Any: JSON
    return {
        "text": judged.sample.text,
        "label": judged.sample.label,
        "verdict": judged.check.verdict.value,
        "score": round(judged.check.score, 3),
    }
