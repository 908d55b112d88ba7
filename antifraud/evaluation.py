"""Measures a checker on labelled texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from antifraud.checker import Checker
from antifraud.errors import BadSample
from core.knowledge import ScamCheck, ScamVerdict

SCAM, NORMAL = "scam", "normal"
_FLAGGED = frozenset({ScamVerdict.SCAM, ScamVerdict.SUSPICIOUS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A sample with what the checker said of it; ``family`` is the common kind it named."""

    text: str
    label: str
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
    judged = [_judge(row, checker) for row in _samples(lines)]
    hit = sum(j.flagged and j.label == SCAM for j in judged)
    flagged = sum(j.flagged for j in judged)
    scams = sum(j.label == SCAM for j in judged)
    precision, recall = _share(hit, flagged), _share(hit, scams)
    result: dict[str, Any] = {  # Any: JSON
        "n": len(judged),
        "precision": precision,
        "recall": recall,
        "f1": _share(2 * precision * recall, precision + recall),
    }
    typed = [j for j in judged if j.label == SCAM and j.type is not None]
    if typed:
        result["macro_f1_types"] = _macro_f1(typed)
    result["errors"] = [_error(j) for j in judged if j.flagged != (j.label == SCAM)]
    return result


def _samples(lines: Iterable[str]) -> Iterable[Mapping[str, Any]]:  # Any: JSON
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadSample(f"line {number}: not JSON") from error
        if not _is_sample(row):
            raise BadSample(f'line {number}: needs "text" and "label" (scam or normal)')
        yield row


def _is_sample(row: object) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("text"), str)
        and row.get("label") in (SCAM, NORMAL)
        and isinstance(row.get("type"), str | None)
    )


def _judge(row: Mapping[str, Any], checker: Checker) -> Judged:  # Any: JSON
    check = checker.check(row["text"])
    wanted = row.get("type")
    return Judged(
        text=row["text"],
        label=row["label"],
        type=checker.family(wanted) if wanted else None,
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
        "text": judged.text,
        "label": judged.label,
        "verdict": judged.check.verdict.value,
        "score": round(judged.check.score, 3),
    }
