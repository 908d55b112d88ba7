"""How well messages are routed: accuracy, macro F1, and which intents suffer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import Invalid
from core.ports import Parser


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A message with the intent it should be routed to."""

    text: str
    intent: str


def read_examples(path: Path) -> list[Example]:
    """Lines of ``{"text", "intent"}``; raises ``Invalid`` naming the faulty line."""
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            examples.append(Example(text=str(row["text"]), intent=str(row["intent"])))
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid(f'{path}:{number}: not a line {{"text", "intent"}}') from error
    if not examples:
        raise Invalid(f"{path}: no examples")
    return examples


async def evaluate(parser: Parser, examples: Sequence[Example]) -> dict[str, Any]:  # Any: JSON
    """The report that ``eval intents --json`` prints; see the contract for its keys."""
    pairs = []
    for example in examples:
        parse = await parser.parse(example.text)
        unread = parse.parser == "rules" and parse.confidence == 0.0
        pairs.append((example, "" if unread else parse.intent))
    wrong = [(e, got) for e, got in pairs if got != e.intent]
    per_intent = score_intents((e.intent, got) for e, got in pairs)
    return {
        "n": len(pairs),
        "accuracy": round(1 - len(wrong) / len(pairs), 4),
        "macro_f1": round(sum(s["f1"] for s in per_intent.values()) / len(per_intent), 4),
        "fallback_rate": round(sum(not got for _, got in pairs) / len(pairs), 4),
        "per_intent": per_intent,
        "errors": [{"text": e.text, "intent": e.intent, "got": got or None} for e, got in wrong],
    }


def score_intents(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and support of every expected intent, from (expected, got) pairs."""
    pairs = list(pairs)
    expected = Counter(want for want, _ in pairs)
    got = Counter(have for _, have in pairs)
    right = Counter(want for want, have in pairs if want == have)
    scores = {}
    for intent, support in sorted(expected.items()):
        precision = right[intent] / got[intent] if got[intent] else 0.0
        recall = right[intent] / support
        total = precision + recall
        scores[intent] = {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(2 * precision * recall / total, 4) if total else 0.0,
            "n": support,
        }
    return scores
