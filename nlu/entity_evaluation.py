"""How well entities are found: precision, recall and F1 over name, place and value together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.errors import Invalid
from core.messages import Entity

Labels = frozenset[tuple[str, int, int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledMessage:
    """A message with the entities it should give, as ``(name, start, end, value)``.

    Dates are told as seen from ``on``.
    """

    text: str
    on: date
    labels: Labels


def read_labelled(path: Path) -> list[LabelledMessage]:
    """Lines of ``{"text", "entities": [{"name", "value", "text"}], "on"}``.

    Entities stand in the order of the text. Raises ``Invalid`` naming the faulty line.
    """
    messages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            labels = frozenset(_labels(row["text"], row["entities"]))
            on = date.fromisoformat(row["on"])
            messages.append(LabelledMessage(text=row["text"], on=on, labels=labels))
        except (ValueError, KeyError, TypeError) as error:
            raise Invalid(f"{path}:{number}: not a labelled message") from error
    if not messages:
        raise Invalid(f"{path}: no messages")
    return messages


def evaluate_entities(
    find: Callable[[str, date], Iterable[Entity]], messages: Sequence[LabelledMessage]
) -> dict[str, Any]:  # Any: JSON
    """Micro scores over all entities and over each name, with every difference."""
    right: Counter[str] = Counter()
    found: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    errors = []
    for message in messages:
        got = {(e.name, e.start, e.end, e.value) for e in find(message.text, message.on)}
        right.update(name for name, *_ in got & message.labels)
        found.update(name for name, *_ in got)
        wanted.update(name for name, *_ in message.labels)
        if got != message.labels:
            missed, wrong = sorted(message.labels - got), sorted(got - message.labels)
            errors.append({"text": message.text, "missed": missed, "wrong": wrong})
    names = sorted(found | wanted)
    return {
        "n": len(messages),
        **_scores(right.total(), found.total(), wanted.total()),
        "per_name": {name: _scores(right[name], found[name], wanted[name]) for name in names},
        "errors": errors,
    }


def _labels(text: str, entities: list[dict[str, str]]) -> Iterable[tuple[str, int, int, str]]:
    at = 0
    for entity in entities:
        start = text.index(entity["text"], at)
        at = start + len(entity["text"])
        yield entity["name"], start, at, entity["value"]


def _scores(right: int, found: int, wanted: int) -> dict[str, float]:
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    f1 = 2 * right / (found + wanted) if found + wanted else 0.0
    return {
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(f1, 4),
        "wanted": wanted,
    }
