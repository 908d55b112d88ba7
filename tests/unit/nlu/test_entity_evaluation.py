"""Entities measured: the labelled messages of citizens, and how the figures are made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import Invalid
from core.messages import Entity
from nlu.entities import find_entities
from nlu.entity_evaluation import LabelledMessage, evaluate_entities, read_labelled
from nlu.text.extraction import NAMES
from nlu.training import ROOT

FOLDER = ROOT / "tests" / "nlu"
LEAST = 0.95
DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("file", "at_least", "with_none"),
    [("entities.jsonl", 330, 40), ("entities_held.jsonl", 400, 90)],
)
def test_entities_are_found_as_labelled(file: str, at_least: int, with_none: int) -> None:
    messages = read_labelled(FOLDER / file)

    report = evaluate_entities(find_entities, messages)

    assert len(messages) >= at_least
    assert sum(not m.labels for m in messages) >= with_none
    assert set(report["per_name"]) == NAMES
    assert report["f1"] >= LEAST, report["errors"]
    assert {n: s for n, s in report["per_name"].items() if s["f1"] < LEAST} == {}


def test_a_label_counts_with_name_place_and_value() -> None:
    message = LabelledMessage(
        text="三万和五万",
        on=DAY,
        labels=frozenset({("amount", 0, 2, "30000"), ("amount", 3, 5, "50000")}),
    )

    def find(text: str, day: date) -> list[Entity]:
        return [
            Entity(name="amount", value="30000", start=0, end=2),
            Entity(name="amount", value="5", start=3, end=5),
            Entity(name="date", value=day.isoformat(), start=2, end=3),
        ]

    report = evaluate_entities(find, [message])

    assert {k: report[k] for k in ("n", "precision", "recall", "f1", "wanted")} == {
        "n": 1,
        "precision": 0.3333,
        "recall": 0.5,
        "f1": 0.4,
        "wanted": 2,
    }
    assert report["per_name"]["date"]["f1"] == 0.0
    assert report["errors"] == [
        {
            "text": "三万和五万",
            "missed": [("amount", 3, 5, "50000")],
            "wrong": [("amount", 3, 5, "5"), ("date", 2, 3, "2026-11-23")],
        }
    ]


def test_labels_are_placed_in_the_order_of_the_text(tmp_path: Path) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(
        '{"text": "三万又三万", "on": "2026-11-23", "entities": ['
        '{"name": "amount", "value": "30000", "text": "三万"},'
        '{"name": "amount", "value": "30000", "text": "三万"}]}\n',
        encoding="utf-8",
    )

    [message] = read_labelled(file)

    assert message.on == DAY
    assert message.labels == {("amount", 0, 2, "30000"), ("amount", 3, 5, "30000")}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"text": "a", "entities": []}',
        '{"text": "a", "on": "1", "entities": []}',
        '{"text": "a", "on": "2026-11-23", "entities": [{"name": "x", "value": "b", "text": "b"}]}',
    ],
)
def test_a_faulty_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "x.jsonl"
    file.write_text(content, encoding="utf-8")

    with pytest.raises(Invalid, match=r"x\.jsonl"):
        read_labelled(file)
