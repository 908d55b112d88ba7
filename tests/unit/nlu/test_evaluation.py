"""Routing measured: the file's lines, the scores, and what counts as no answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import Invalid
from core.messages import Parse
from nlu.evaluation import Example, evaluate, read_examples, score_intents


class Echo:
    """Reads a text as the intent written in it; ``?`` as nothing."""

    async def parse(self, text: str) -> Parse:
        if text == "?":
            return Parse(text=text, intent="out_of_scope", confidence=0, parser="rules")
        return Parse(text=text, intent=text, confidence=0.1, parser="rasa")


async def test_the_report_counts_right_wrong_and_unread() -> None:
    examples = [
        Example(text="a", intent="a"),
        Example(text="a", intent="b"),
        Example(text="b", intent="b"),
        Example(text="?", intent="a"),
    ]

    report = await evaluate(Echo(), examples)

    assert (report["n"], report["accuracy"], report["fallback_rate"]) == (4, 0.5, 0.25)
    assert report["per_intent"]["a"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2}
    assert report["per_intent"]["b"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "n": 2}
    assert report["macro_f1"] == 0.5834
    assert report["errors"] == [
        {"text": "a", "intent": "b", "got": "a"},
        {"text": "?", "intent": "a", "got": None},
    ]


def test_an_intent_never_read_scores_nothing() -> None:
    assert score_intents([("a", "b")]) == {
        "a": {"precision": 0.0, "recall": 0.0, "f1": 0.0, "n": 1}
    }


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
