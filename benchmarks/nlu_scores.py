"""What the parsers got right on texts that nothing was learned from or tuned on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cascade import read_with_margin
from benchmarks.nlu_server import ParseTalk
from benchmarks.result import Limit
from bot.bootstrap import open_reader
from core.confidence import doubtful, worth_asking
from core.messages import URGENT as URGENT_INTENTS
from core.ports import Parser
from nlu.entities import find_entities
from nlu.entity_evaluation import evaluate_entities, read_labelled
from nlu.evaluation import Example, Report, evaluate, judge, read_examples, score
from nlu.rasa import read_parse
from nlu.training import ROOT

FOLDER = ROOT / "tests" / "nlu"
URGENT = {"crisis": "crisis", "emergency": "emergency", "fraud_emergency": "fraud"}
NEVER, ALWAYS = 0.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """How an urgent intent was told from near misses: ``recall`` and ``precision`` of its card.

    ``reached`` is the share that got the card or was asked “are you safe?” with the numbers to
    call; ``asked`` the share of near misses that were asked.
    """

    positives: int
    near_misses: int
    recall: float
    precision: float
    reached: float
    asked: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """``held`` and ``hard`` are read by the whole reader, model and rules, as in service.

    ``asked_share`` is that of the held-out lines about nothing urgent that are asked “are you safe?”.

    ``model`` is the model alone; ``cascade`` its accuracy with no vector and with one always.
    """

    held: Report
    hard: Report
    model: Report
    peer_accuracy: float
    cascade: dict[str, float]
    vector_share: float
    asked_share: float
    urgent: dict[str, Recognised]
    entities: dict[str, Any]  # Any: JSON

    @property
    def accuracy(self) -> float:
        """Of the model alone on the held-out set, to stand beside the peer's."""
        return self.model.accuracy

    def limits(self) -> list[Limit]:
        """The bounds on what is understood."""
        oos = self.held.per_intent["out_of_scope"].recall
        least = [
            ("held-out accuracy", self.held.accuracy, 0.93),
            ("held-out macro F1", self.held.macro_f1, 0.92),
            ("hard pairs accuracy", self.hard.accuracy, 0.88),
            ("out-of-scope recall", oos, 0.85),
            ("points over stock DIET", 100 * (self.accuracy - self.peer_accuracy), 3.0),
            ("entity F1", self.entities["f1"], 0.95),
            *((f"{name} reached", one.reached, 0.99) for name, one in self.urgent.items()),
            *((f"{name} precision", one.precision, 0.9) for name, one in self.urgent.items()),
        ]
        most = [
            ("fallback rate", self.held.fallback_rate, 0.10),
            ("ECE", self.held.ece, 0.05),
            ("share of messages with a vector", self.vector_share, 0.25),
            ("share of ordinary messages asked", self.asked_share, 0.015),
        ]
        return [
            *(Limit(name=n, value=round(v, 4), bound=b, at_least=True) for n, v, b in least),
            *(Limit(name=n, value=round(v, 4), bound=b) for n, v, b in most),
        ]

    def as_json(self) -> dict[str, object]:
        """For the result file."""
        return {
            "held": _brief(self.held),
            "held_by_the_model_alone": _brief(self.model),
            "hard": _brief(self.hard),
            "accuracy_by_cascade": self.cascade | {"with_cascade": round(self.accuracy, 4)},
            "vector_share": round(self.vector_share, 4),
            "asked_share": round(self.asked_share, 4),
            "urgent": {name: _rounded(one) for name, one in self.urgent.items()},
            "entities": {k: v for k, v in self.entities.items() if k != "errors"},
        }


async def score_all(url: str, peer_url: str, model: Path) -> Scores:
    """Ask the servers everything; the cascade's variants are read beside them."""
    held = read_examples(FOLDER / "held.jsonl")
    answers = await _answers(url, held)
    peer = await _answers(peer_url, held)
    async with open_reader([url]) as (reader, _):
        return Scores(
            held=await evaluate(reader, held),
            hard=await evaluate(reader, read_examples(FOLDER / "hard.jsonl")),
            model=_report(held, answers),
            peer_accuracy=round(_report(held, peer).accuracy, 4),
            cascade={
                "without_vectors": await _variant(model, held, NEVER),
                "with_a_vector_always": await _variant(model, held, ALWAYS),
            },
            vector_share=sum("vector" in answer for answer in answers) / len(answers),
            asked_share=await share_asked(reader, held),
            urgent={name: await recognise(reader, name, _rows(name)) for name in URGENT},
            entities=evaluate_entities(
                find_entities, read_labelled(FOLDER / "entities_held.jsonl")
            ),
        )


async def recognise(
    parser: Parser, intent: str, rows: list[dict[str, Any]]
) -> Recognised:  # Any: JSON
    """How a parser tells an intent from near misses; rows hold ``text`` and ``urgent``."""
    parses = [await parser.parse(row["text"]) for row in rows]
    called = [parse.intent == intent and not doubtful(parse) for parse in parses]
    asked = [worth_asking(parse) is not None for parse in parses]
    right = sum(hit and row["urgent"] for hit, row in zip(called, rows, strict=True))
    reached = sum(
        (hit or ask) and row["urgent"] for hit, ask, row in zip(called, asked, rows, strict=True)
    )
    positives = sum(row["urgent"] for row in rows)
    near_misses = len(rows) - positives
    asked_near = sum(ask and not row["urgent"] for ask, row in zip(asked, rows, strict=True))
    return Recognised(
        positives=positives,
        near_misses=near_misses,
        recall=right / positives,
        precision=right / max(1, sum(called)),
        reached=reached / positives,
        asked=asked_near / max(1, near_misses),
    )


async def share_asked(parser: Parser, examples: list[Example]) -> float:
    """The share of messages about nothing urgent whose senders are asked if they are safe."""
    ordinary = [e for e in examples if e.intent not in URGENT_INTENTS]
    asked = [worth_asking(await parser.parse(e.text)) is not None for e in ordinary]
    return sum(asked) / max(1, len(ordinary))


async def _answers(url: str, examples: list[Example]) -> list[dict[str, Any]]:  # Any: JSON
    talk = ParseTalk(url)
    try:
        return [await talk.parse(example.text) for example in examples]
    finally:
        await talk.close()


async def _variant(model: Path, held: list[Example], margin: float) -> float:
    answers = await read_with_margin(model, [example.text for example in held], margin)
    return round(_report(held, answers).accuracy, 4)


def _rows(intent: str) -> list[dict[str, Any]]:  # Any: JSON
    lines = (FOLDER / f"urgent_{URGENT[intent]}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def _report(examples: list[Example], answers: list[dict[str, Any]]) -> Report:  # Any: JSON
    return score([judge(e, read_parse(e.text, a)) for e, a in zip(examples, answers, strict=True)])


def _brief(report: Report) -> dict[str, object]:
    whole = report.as_json()
    return {k: whole[k] for k in ("n", "accuracy", "macro_f1", "fallback_rate", "ece")}


def _rounded(one: Recognised) -> dict[str, float]:
    return {
        "positives": one.positives,
        "near_misses": one.near_misses,
        "recall": round(one.recall, 4),
        "precision": round(one.precision, 4),
        "reached": round(one.reached, 4),
        "near_misses_asked": round(one.asked, 4),
    }
