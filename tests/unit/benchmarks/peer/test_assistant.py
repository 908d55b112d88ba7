from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from benchmarks.peer import assistant
from benchmarks.peer.assistant import (
    ACTION,
    HERE,
    MODEL,
    PeerNotBuilt,
    build,
    domain,
    environment,
    fingerprint,
    rules,
)
from nlu.evaluation import Example
from nlu.training import intents

EXTRA = [Example(text="工资什么时候发", intent="legal_labour")]
# Trains as Rasa would: writes the model it was told to, and how often it was asked.
STAND_IN = """#!{python}
import pathlib, sys
name, out = sys.argv[sys.argv.index("--fixed-model-name") + 1], pathlib.Path(sys.argv[-1])
if not pathlib.Path("data", "faq.yml").exists():
    sys.exit("nothing to learn")
out.mkdir()
(out / (name + ".tar.gz")).write_text("model")
with open("../trained", "a") as count:
    count.write("x")
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for the peer whose environment is installed already."""
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(assistant, "HOME", tmp_path)
    monkeypatch.setattr(assistant, "ENVIRONMENT", tmp_path)
    monkeypatch.setattr(assistant, "PYTHON", python)
    assistant.installed().touch()
    return tmp_path


def quiet(line: str) -> None:
    assert line.startswith("peer: ")


def times_trained(home: Path) -> int:
    return len((home / "trained").read_text())


def test_domain_has_one_action_and_all_names_in_order() -> None:
    assert domain({"b", "a"}, {"date"}) == {
        "version": "3.1",
        "intents": ["a", "b"],
        "entities": ["date"],
        "actions": [ACTION],
    }


def test_every_intent_and_the_fallback_has_its_rule() -> None:
    found = rules({"greet"})["rules"]
    assert [rule["steps"] for rule in found] == [
        [{"intent": "greet"}, {"action": ACTION}],
        [{"intent": "nlu_fallback"}, {"action": ACTION}],
    ]


def test_the_peer_is_stock() -> None:
    config = yaml.safe_load((HERE / "config.yml").read_text("utf-8"))
    names = [component["name"] for component in config["pipeline"]]
    assert "DIETClassifier" in names
    assert not [name for name in names if name.startswith("nlu.")]


def test_environment_keeps_the_peer_on_loopback_and_silent() -> None:
    found = environment()
    assert (found["SANIC_HOST"], found["RASA_TELEMETRY_ENABLED"]) == ("127.0.0.1", "false")


def test_all_that_is_learned_counts() -> None:
    assert fingerprint(EXTRA) == fingerprint(EXTRA)
    assert fingerprint(EXTRA) != fingerprint([])


async def test_the_peer_learns_what_we_learn(home: Path) -> None:
    folder = await build(quiet, extra=EXTRA)

    assert (folder / MODEL).read_text() == "model"
    learned = yaml.safe_load((folder / "data" / "faq.yml").read_text("utf-8"))["nlu"]
    assert learned == [{"intent": "legal_labour", "examples": "- 工资什么时候发\n"}]
    assert (folder / "data" / "urgent.yml").exists()
    assert yaml.safe_load((folder / "domain.yml").read_text("utf-8"))["intents"] == sorted(
        intents()
    )
    assert (folder / "actions.py").exists()


async def test_the_peer_is_trained_once_unless_told_again(home: Path) -> None:
    first = await build(quiet, extra=EXTRA)
    assert await build(quiet, extra=EXTRA) == first
    assert times_trained(home) == 1

    assert await build(quiet, extra=EXTRA, again=True) == first
    assert times_trained(home) == 2
    assert await build(quiet, extra=[]) != first


async def test_a_peer_that_cannot_be_trained_is_told(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assistant, "gather", lambda folder, extra: folder.mkdir())

    with pytest.raises(PeerNotBuilt, match=r"build\.log"):
        await build(quiet, extra=EXTRA)
    assert "nothing to learn" in (home / "build.log").read_text()
