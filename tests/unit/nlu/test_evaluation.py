"""Routing measured: the file's lines, the scores, and what counts as no answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from core.confidence import WEAK
from core.errors import Invalid
from core.messages import Parse
from nlu.evaluation import (
    Example,
    Score,
    Verdict,
    evaluate,
    judge,
    read_examples,
    score,
    score_intents,
)


class Echo:
    """Reads a text as the intent written in it; ``?`` as nothing."""

    async def parse(self, text: str) -> Parse:
        if text == "?":
            return Parse(text=text, intent="out_of_scope", confidence=0, parser="rules")
        return Parse(text=text, intent=text, confidence=0.3, parser="rasa")


EXAMPLES = [
    Example(text="a", intent="a"),
    Example(text="a", intent="b"),
    Example(text="b", intent="b"),
    Example(text="?", intent="a"),
]


async def test_the_report_counts_right_wrong_and_unread() -> None:
    report = (await evaluate(Echo(), EXAMPLES)).as_json()

    assert (report["n"], report["accuracy"], report["fallback_rate"]) == (4, 0.5, 0.25)
    assert report["per_intent"]["a"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2}
    assert report["per_intent"]["b"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "n": 2}
    assert report["macro_f1"] == 0.5833
    # Three said 0.3, two of them rightly; one said nothing.
    assert report["ece"] == 0.275
    assert report["confusions"] == [
        {"intent": "a", "got": None, "n": 1},
        {"intent": "b", "got": "a", "n": 1},
    ]
    assert report["errors"] == [
        {"text": "a", "intent": "b", "got": "a"},
        {"text": "?", "intent": "a", "got": None},
    ]


async def test_the_keys_are_the_contracts() -> None:
    report = await evaluate(Echo(), EXAMPLES)

    assert set(report.as_json()) == {
        *("n", "accuracy", "macro_f1", "fallback_rate", "per_intent", "errors"),
        *("ece", "confusions"),
    }


def test_a_reading_too_weak_to_act_on_is_a_fallback_with_its_best_intent() -> None:
    """The dialogue asks back then, and what it offers first is scored."""
    example = Example(text="x", intent="a")
    ranking = (("a", WEAK - 0.01), ("b", WEAK - 0.02))
    parse = Parse(text="x", intent="a", confidence=WEAK - 0.01, parser="rasa", ranking=ranking)

    verdict = judge(example, parse)

    assert (verdict.got, verdict.right, verdict.fallback) == ("a", True, True)
    assert not judge(example, replace(parse, confidence=WEAK)).fallback


def test_the_most_frequent_confusions_come_first() -> None:
    def read(want: str, got: str | None) -> Verdict:
        example = Example(text="x", intent=want)
        return Verdict(example=example, got=got, confidence=0.5, fallback=False)

    report = score([read("b", "c"), read("a", None), read("b", "c"), read("a", "c")])

    assert [(c.intent, c.got, c.n) for c in report.confusions] == [
        ("b", "c", 2),
        ("a", None, 1),
        ("a", "c", 1),
    ]


async def test_the_worst_intents_are_those_with_faults() -> None:
    report = await evaluate(Echo(), [*EXAMPLES, Example(text="c", intent="c")])

    assert [intent for intent, _ in report.worst(5)] == ["a", "b"]
    assert [intent for intent, _ in report.worst(1)] == ["a"]


def test_an_intent_never_read_scores_nothing() -> None:
    assert score_intents([("a", "b")]) == {"a": Score(precision=0.0, recall=0.0, f1=0.0, n=1)}


def test_lines_are_read_and_blank_ones_passed_over(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text('{"text": "工资", "intent": "legal_labour"}\n\n', encoding="utf-8")

    assert read_examples(file) == [Example(text="工资", intent="legal_labour")]


@pytest.mark.parametrize("line", ["{", '{"text": "a"}', "[1]", ""])
def test_a_faulty_file_is_refused(tmp_path: Path, line: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(line, encoding="utf-8")

    with pytest.raises(Invalid, match=r"x\.jsonl"):
        read_examples(file)
