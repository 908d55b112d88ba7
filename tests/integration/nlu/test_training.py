"""A new model is put into service only when its data are well and it passes the gate."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

import pytest

from nlu import gate, training
from nlu.checks import FaultyTraining
from nlu.gate import ModelBelowGate
from nlu.server import environment
from nlu.training import TrainingFailed, fingerprint, train

LINES = [
    ("我不想活了", "crisis"),
    ("房子着火了", "emergency"),
    ("刚给骗子转了钱", "fraud_emergency"),
]
# What stands in for Rasa's Python: it writes the files that the trainer writes, each answer being
# the intent that was written beside it.
STAND_IN = """#!{python}
import json, os, pathlib, sys, time
module, config, data, out, name, seconds = sys.argv[2:]
if {intents} is None:
    sys.exit("out of memory")
if {intents} == "hangs":
    pathlib.Path(out, "process").write_text(str(os.getpid()))
    time.sleep(60)
texts = json.loads(pathlib.Path(out, "texts.json").read_text(encoding="utf-8"))
ranking = [[dict(name=intent, confidence=0.9)] for intent in {intents}]
answers = [dict(intent=r[0], intent_ranking=r, entities=[]) for r in ranking]
pathlib.Path(out, "answers.json").write_text(json.dumps(answers), encoding="utf-8")
pathlib.Path(out, name + ".tar.gz").write_bytes(b"new model")
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Training files with three intents, a gate of three lines, and a model from before."""
    data, asked, models = tmp_path / "data", tmp_path / "gate.jsonl", tmp_path / "models"
    for folder in (data, models):
        folder.mkdir()
    examples = {i: "".join(f"    - {t}{end}\n" for end in "呀啊呢吧嘛哦") for t, i in LINES}
    blocks = [f"- intent: {i}\n  examples: |\n{lines}" for i, lines in examples.items()]
    (data / "a.yml").write_text('version: "3.1"\nnlu:\n' + "".join(blocks), encoding="utf-8")
    rows = [json.dumps({"text": t, "intent": i}, ensure_ascii=False) for t, i in LINES]
    asked.write_text("\n".join(rows), encoding="utf-8")
    (models / "nlu-before.tar.gz").write_bytes(b"old model")
    monkeypatch.setattr(training, "DATA", data)
    monkeypatch.setattr(training, "GATE_FILE", asked)
    monkeypatch.setattr(gate, "GATE_FILE", asked)
    return tmp_path


def stand_in(home: Path, monkeypatch: pytest.MonkeyPatch, intents: list[str] | str | None) -> None:
    python = home / "environment" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(
        STAND_IN.format(python=sys.executable, intents=repr(intents)), encoding="utf-8"
    )
    python.chmod(0o755)
    monkeypatch.setattr(environment, "ENVIRONMENT", home / "environment")


def quiet(step: str) -> None:
    assert step == "training"


def in_service(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "models").glob("*.tar.gz"))


async def test_a_model_that_passes_is_put_beside_the_one_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(home, monkeypatch, [intent for _, intent in LINES])
    said: list[str] = []

    model = await train(home / "models", extra=[], say=said.append)

    assert model.fresh
    assert said == ["training"]
    assert model.path.read_bytes() == b"new model"
    assert in_service(home) == sorted(["nlu-before.tar.gz", f"nlu-{fingerprint([])}.tar.gz"])


async def test_a_model_below_the_gate_is_not_put_into_service(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(home, monkeypatch, ["crisis", "crisis", "fraud_emergency"])

    with pytest.raises(ModelBelowGate, match="emergency"):
        await train(home / "models", extra=[], say=quiet)

    assert in_service(home) == ["nlu-before.tar.gz"]
    assert "房子着火了" in (home / "models" / "gate.html").read_text(encoding="utf-8")


async def test_a_training_that_dies_leaves_the_model_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(home, monkeypatch, None)

    with pytest.raises(TrainingFailed, match=r"training\.log"):
        await train(home / "models", extra=[], say=quiet)

    assert in_service(home) == ["nlu-before.tar.gz"]
    assert "out of memory" in (home / "models" / "training.log").read_text(encoding="utf-8")


async def test_a_training_nobody_waits_for_leaves_no_process(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(home, monkeypatch, "hangs")
    begun = home / "models" / "new" / "process"
    task = asyncio.create_task(train(home / "models", extra=[], say=quiet))
    while not (begun.exists() and begun.read_text()):  # noqa: ASYNC110 - no bell
        await asyncio.sleep(0.01)

    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert not Path("/proc", begun.read_text()).exists()
    assert in_service(home) == ["nlu-before.tar.gz"]


@pytest.mark.rasa
async def test_a_training_that_hangs_says_where_and_ends(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "LONGEST_TRAINING", 0.1)

    with pytest.raises(TrainingFailed, match=r"training\.log"):
        await train(home / "models", extra=[], say=quiet)

    log = (home / "models" / "training.log").read_text(encoding="utf-8")
    assert "Timeout (0:00:00.1" in log
    assert "trainer.py" in log


async def test_faulty_data_are_not_trained_on(home: Path) -> None:
    (home / "data" / "b.yml").write_text("nlu:\n- intent: gret\n  examples: |\n    - 嗨\n")

    with pytest.raises(FaultyTraining, match=r"b\.yml:4: .*gret"):
        await train(home / "models", extra=[], say=pytest.fail)

    assert sorted(p.name for p in (home / "models").iterdir()) == ["nlu-before.tar.gz"]


@pytest.mark.rasa
async def test_rasa_itself_trains_and_is_measured(home: Path) -> None:
    """The three lines are so like the examples that even a few of those teach them."""
    model = await train(home / "models", extra=[], say=quiet)

    assert model.path.name in in_service(home)
    answers = json.loads((home / "models" / "new" / "answers.json").read_text(encoding="utf-8"))
    assert [answer["intent"]["name"] for answer in answers] == [intent for _, intent in LINES]
