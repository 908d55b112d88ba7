"""The bounds of the scam check's figures."""

from __future__ import annotations

from typing import Any

from antifraud.samples import Sample
from benchmarks.scams import compose, timed

GOOD: dict[str, Any] = {  # Any: JSON
    "f1": 0.96,
    "precision": 0.98,
    "macro_f1_types": 0.9,
    "advertising": {"n": 100, "called_scam": 0.01, "called_suspicious": 0.1},
    "errors": [{}, {}],
}


def test_what_is_good_enough_is_kept() -> None:
    result = compose(GOOD, [1.0, 2.0, 30.0])

    assert all(limit.met for limit in result.limits)
    assert result.figures["check_ms"] == {"p50": 2.0, "p95": 30.0}
    assert result.figures["errors"] == {"count": 2}


def test_each_bound_can_be_missed() -> None:
    bad = GOOD | {
        "f1": 0.94,
        "precision": 0.96,
        "macro_f1_types": 0.8,
        "advertising": {"called_scam": 0.03},
    }

    assert [limit.met for limit in compose(bad, [11.0]).limits] == [False] * 5


def test_every_message_is_timed() -> None:
    samples = [Sample(text="转到安全账户", label="scam"), Sample(text="你好", label="normal")]

    assert len(timed(samples)) == 2
