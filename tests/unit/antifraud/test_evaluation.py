"""The measure itself, and the quality it measures on our own samples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from antifraud.checker import Checker
from antifraud.errors import BadSample
from antifraud.evaluation import evaluate

HERE = Path(__file__).parent
SCAM = "我是公安局民警，你涉嫌洗钱，不要告诉家人，马上把钱转入安全账户"
FINE = "明天下午三点开家长会，请准时参加"


def line(text: str, label: str, kind: str | None = None) -> str:
    return json.dumps({"text": text, "label": label} | ({"type": kind} if kind else {}))


def test_counts_hits_misses_and_false_alarms(checker: Checker) -> None:
    lines = [line(SCAM, "scam"), line(FINE, "scam"), line(SCAM, "normal"), line(FINE, "normal")]
    result = evaluate(lines, checker=checker)

    assert {k: result[k] for k in ("n", "precision", "recall", "f1")} == {
        "n": 4,
        "precision": 0.5,
        "recall": 0.5,
        "f1": 0.5,
    }
    assert [(e["text"], e["label"]) for e in result["errors"]] == [
        (FINE, "scam"),
        (SCAM, "normal"),
    ]
    assert "macro_f1_types" not in result


def test_kinds_are_scored_where_given(checker: Checker) -> None:
    lines = [line(SCAM, "scam", "gov"), line(SCAM, "scam", "cs"), "", line(FINE, "normal")]
    result = evaluate(lines, checker=checker)

    # gov: one right, said twice, true once: 2/3. cs: never said: 0.
    assert result["macro_f1_types"] == pytest.approx(1 / 3)


def test_nothing_to_measure(checker: Checker) -> None:
    assert evaluate([], checker=checker) == {
        "n": 0,
        "precision": 0.0,
        "recall": 0.0,
        "f1": 0.0,
        "errors": [],
    }


@pytest.mark.parametrize(
    "bad", ["{", "[]", '{"text": 1, "label": "scam"}', '{"text": "a", "label": "x"}']
)
def test_a_bad_line_is_named(checker: Checker, bad: str) -> None:
    with pytest.raises(BadSample, match="line 2"):
        evaluate([line(FINE, "normal"), bad], checker=checker)


@pytest.mark.parametrize(("name", "least"), [("scams.jsonl", 0.95), ("scams_held.jsonl", 0.9)])
def test_quality(checker: Checker, name: str, least: float) -> None:
    result = evaluate((HERE / name).read_text(encoding="utf-8").splitlines(), checker=checker)

    assert result["precision"] >= least, result["errors"]
    assert result["recall"] >= least, result["errors"]
    assert result["macro_f1_types"] >= 0.8


def test_english_is_judged_too(checker: Checker) -> None:
    lines = (HERE / "scams_english.jsonl").read_text(encoding="utf-8").splitlines()
    result = evaluate(lines, checker=checker)

    assert (result["precision"], result["recall"]) == (1.0, 1.0), result["errors"]
