"""The gate: which figures are too low, and that the error says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from core.messages import URGENT
from nlu.evaluation import Example, Report, Verdict, read_examples, score
from nlu.gate import GATE_FILE, ModelBelowGate, measure, missed
from nlu.wording import words

ORDINARY = ("greet", "legal_labour", "legal_rental")


def report(wrong: dict[str, int]) -> Report:
    """Ten lines of each intent, of which the given number is read as goodbye."""
    return score(
        [
            Verdict(
                example=Example(text=f"{intent} {i}", intent=intent),
                got="goodbye" if i < wrong.get(intent, 0) else intent,
                confidence=0.5,
                fallback=False,
            )
            for intent in (*ORDINARY, *sorted(URGENT))
            for i in range(10)
        ]
    )


def test_a_good_model_passes() -> None:
    assert missed(report({"greet": 5})) == []


def test_too_many_errors_are_too_many() -> None:
    assert missed(report({"greet": 4, "legal_labour": 4})) == [
        words("missed_accuracy", got="0.867", least="0.90")
    ]


def test_intents_given_up_are_seen_by_the_mean_over_intents() -> None:
    """Few lines, but all of one intent: accuracy alone would let it pass."""
    lines = [("greet", "goodbye")] + [("legal_labour", "legal_labour")] * 40
    lines += [(intent, intent) for intent in sorted(URGENT)]
    verdicts = [
        Verdict(example=Example(text="x", intent=want), got=got, confidence=0.5, fallback=False)
        for want, got in lines
    ]

    assert missed(score(verdicts)) == [words("missed_macro_f1", got="0.800", least="0.88")]


@pytest.mark.parametrize("intent", sorted(URGENT))
def test_three_urgent_messages_in_ten_lost_are_too_many(intent: str) -> None:
    """Two may be: rules catch most of what the model loses, and the gate has few such lines."""
    assert missed(report({intent: 2})) == []
    assert missed(report({intent: 3})) == [
        words("missed_urgent", name=intent, got="0.700", least="0.80")
    ]


def test_an_urgent_intent_that_is_not_measured_is_not_trusted() -> None:
    verdict = Verdict(
        example=Example(text="你好", intent="greet"), got="greet", confidence=1.0, fallback=False
    )

    assert len(missed(score([verdict]))) == len(URGENT)


def test_the_error_names_figures_the_worst_and_the_report() -> None:
    spoilt = report({"greet": 10, "legal_rental": 9})
    error = ModelBelowGate(spoilt, missed(spoilt), written=Path("gate.html"))

    assert error.report is spoilt
    for told in ("0.683", "greet 0.00、legal_rental 0.18", "gate.html"):
        assert told in str(error)


def test_answers_are_scored_against_the_lines_of_the_gate() -> None:
    def answer(intent: str) -> dict[str, Any]:  # Any: Rasa's JSON
        ranking = [{"name": intent, "confidence": 0.9}]
        return {"intent": ranking[0], "intent_ranking": ranking, "entities": []}

    lines = read_examples(GATE_FILE)

    assert measure([answer(line.intent) for line in lines]).accuracy == 1.0
    assert measure([answer("greet") for _ in lines]).accuracy < 0.1
    with pytest.raises(ValueError, match="argument"):
        measure([answer("greet")])
