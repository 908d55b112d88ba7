"""Training happens when something that shapes the model changed, and only then."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml

from nlu import training
from nlu.evaluation import Example
from nlu.training import (
    SOURCE_LOCK,
    SOURCES,
    fingerprint,
    intents,
    newest,
    train,
    training_examples,
)

EXTRA = [Example(text="工资[怎么](x)要", intent="legal_labour")]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of one file for each kind of source."""
    for pattern in (*SOURCES, SOURCE_LOCK):
        path = tmp_path / pattern.replace("*", "a")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pattern, encoding="utf-8")
    monkeypatch.setattr(training, "ROOT", tmp_path)
    return tmp_path


def test_the_same_sources_have_the_same_fingerprint(project: Path) -> None:
    assert fingerprint(EXTRA) == fingerprint(EXTRA)
    assert len(fingerprint([])) == 16


@pytest.mark.parametrize("source", [*SOURCES, SOURCE_LOCK])
def test_every_source_counts(project: Path, source: str) -> None:
    before = fingerprint([])

    (project / source.replace("*", "a")).write_text("changed", encoding="utf-8")

    assert fingerprint([]) != before


def test_names_and_questions_count_too(project: Path) -> None:
    before = fingerprint([])
    file = project / "nlu" / "data" / "a.yml"

    assert fingerprint(EXTRA) != before
    file.rename(file.with_name("b.yml"))
    assert fingerprint([]) != before


async def test_a_model_of_this_fingerprint_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / f"nlu-{fingerprint(EXTRA)}.tar.gz"
    path.write_bytes(b"model")

    model = await train(tmp_path, extra=EXTRA, say=pytest.fail)

    assert (model.path, model.fresh) == (path, False)


def test_only_the_newest_models_are_kept(tmp_path: Path) -> None:
    for age in range(6):
        path = tmp_path / f"nlu-{age}.tar.gz"
        path.write_bytes(b"")
        os.utime(path, (1000 - age, 1000 - age))
    mine = tmp_path / "nlu-5.tar.gz"

    training._prune(tmp_path, keep=mine)

    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "nlu-0.tar.gz",
        "nlu-1.tar.gz",
        "nlu-5.tar.gz",
    ]


def test_the_model_trained_last_is_the_newest(tmp_path: Path) -> None:
    assert newest(tmp_path) is None

    for age in (2, 1, 3):
        path = tmp_path / f"nlu-{age}.tar.gz"
        path.write_bytes(b"")
        os.utime(path, (1000 - age, 1000 - age))

    assert newest(tmp_path) == tmp_path / "nlu-1.tar.gz"


def test_questions_of_the_knowledge_base_join_the_data(tmp_path: Path) -> None:
    folder = training.gather(tmp_path / "data", EXTRA)

    document = yaml.safe_load((folder / "faq.yml").read_text(encoding="utf-8"))
    assert document["nlu"] == [{"intent": "legal_labour", "examples": "- 工资 怎么  x 要\n"}]
    assert (folder / "urgent.yml").exists()


def test_examples_carry_no_annotations() -> None:
    examples = training_examples()

    assert [e.text for e in examples if "](" in e.text] == []
    assert {e.intent for e in examples} == intents()
    assert "crisis" in intents()
