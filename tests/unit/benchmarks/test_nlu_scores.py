from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.nlu_scores import Recognised, Scores, recognise, share_asked
from core.messages import Parse
from nlu.evaluation import Example, Report, Verdict, score

INTENTS = [f"legal_{n}" for n in range(9)] + ["out_of_scope"]


def report(right: float, *, fallback: float = 0.0) -> Report:
    """A hundred lines of each of ten intents, that share of each read right."""
    return score(
        [
            Verdict(
                example=Example(text=f"{n}", intent=intent),
                got=intent if n < 100 * right else INTENTS[(INTENTS.index(intent) + 1) % 10],
                confidence=right,
                fallback=n < 100 * fallback,
            )
            for intent in INTENTS
            for n in range(100)
        ]
    )


def told(reached: float, precision: float) -> dict[str, Recognised]:
    one = Recognised(
        positives=100,
        near_misses=300,
        recall=0.95,
        precision=precision,
        reached=reached,
        asked=0.1,
    )
    return {"crisis": one}


def scores() -> Scores:
    """Figures that keep every bound."""
    return Scores(
        held=report(0.96),
        hard=report(0.9),
        model=report(0.95),
        peer_accuracy=0.85,
        cascade={"without_vectors": 0.91, "with_a_vector_always": 0.96},
        vector_share=0.2,
        asked_share=0.01,
        urgent=told(1.0, 0.95),
        entities={"f1": 0.97, "errors": [{"text": "…"}]},
    )


class Alarm:
    """A parser that calls whatever holds the character an emergency."""

    def __init__(self, character: str) -> None:
        self._character = character

    async def parse(self, text: str) -> Parse:
        intent = "emergency" if self._character in text else "greet"
        suspected = ("crisis", 0.9) if "?" in text else ("crisis", 0.1)
        return Parse(text=text, intent=intent, confidence=0.9, parser="rules", suspected=suspected)


class Doubt:
    """A parser that reads all as a crisis, for which little speaks."""

    async def parse(self, text: str) -> Parse:
        return Parse(
            text=text,
            intent="crisis",
            confidence=0.6,
            parser="rasa",
            ranking=(("crisis", 0.6), ("greet", 0.4)),
            dangers=(("crisis", 0.4),),
        )


def missed(of: Scores) -> set[str]:
    return {limit.name for limit in of.limits() if not limit.met}


def test_good_figures_keep_every_bound() -> None:
    assert missed(scores()) == set()


@pytest.mark.parametrize(
    ("spoilt", "names"),
    [
        (replace(scores(), held=report(0.92)), {"held-out accuracy"}),
        (
            replace(scores(), held=report(0.84)),
            {"held-out accuracy", "held-out macro F1", "out-of-scope recall"},
        ),
        (replace(scores(), held=report(0.96, fallback=0.11)), {"fallback rate"}),
        (replace(scores(), held=replace(report(0.96), ece=0.06)), {"ECE"}),
        (replace(scores(), hard=report(0.87)), {"hard pairs accuracy"}),
        (replace(scores(), model=report(0.87)), {"points over stock DIET"}),
        (replace(scores(), peer_accuracy=0.93), {"points over stock DIET"}),
        (replace(scores(), vector_share=0.26), {"share of messages with a vector"}),
        (replace(scores(), entities={"f1": 0.94}), {"entity F1"}),
        (replace(scores(), urgent=told(0.98, 1)), {"crisis reached"}),
        (replace(scores(), asked_share=0.02), {"share of ordinary messages asked"}),
        (replace(scores(), urgent=told(1, 0.89)), {"crisis precision"}),
    ],
    ids=lambda value: "" if isinstance(value, Scores) else "+".join(sorted(value)),
)
def test_each_bound_can_be_missed(spoilt: Scores, names: set[str]) -> None:
    assert missed(spoilt) == names


def test_the_result_file_holds_figures_and_no_text() -> None:
    written = scores().as_json()

    assert written["accuracy_by_cascade"] == {
        "without_vectors": 0.91,
        "with_cascade": 0.95,
        "with_a_vector_always": 0.96,
    }
    assert written["held"] == {
        "n": 1000,
        "accuracy": 0.96,
        "macro_f1": 0.96,
        "fallback_rate": 0.0,
        "ece": 0.0,
    }
    assert written["entities"] == {"f1": 0.97}


async def test_recognition_counts_what_rang_and_what_should_have() -> None:
    rows = [
        {"text": "火", "urgent": True},
        {"text": "着火", "urgent": True},
        {"text": "救命", "urgent": True},
        {"text": "火锅", "urgent": False},
        {"text": "你好", "urgent": False},
        {"text": "想死?", "urgent": True},
        {"text": "想死你了?", "urgent": False},
    ]

    assert await recognise(Alarm("火"), "emergency", rows) == Recognised(
        positives=4, near_misses=3, recall=2 / 4, precision=2 / 3, reached=3 / 4, asked=1 / 3
    )


async def test_an_alarm_in_doubt_is_a_question() -> None:
    rows = [{"text": "累死", "urgent": False}, {"text": "不在了", "urgent": True}]

    assert await recognise(Doubt(), "crisis", rows) == Recognised(
        positives=1, near_misses=1, recall=0.0, precision=0.0, reached=1.0, asked=1.0
    )


async def test_who_never_rings_is_never_right() -> None:
    rows = [{"text": "救命", "urgent": True}]

    assert await recognise(Alarm("火"), "emergency", rows) == Recognised(
        positives=1, near_misses=0, recall=0.0, precision=0.0, reached=0.0, asked=0.0
    )


async def test_only_who_asks_for_something_ordinary_counts_as_asked_for_nothing() -> None:
    held = [
        Example(text="有人吗?", intent="greet"),
        Example(text="你好", intent="greet"),
        Example(text="想死?", intent="crisis"),
    ]

    assert await share_asked(Alarm("火"), held) == 0.5
