"""Training: done when the data, the pipeline or its code changed, and only then.

Faulty data are not trained on, and a model that reads the development set too badly is not kept:
either way the model before stays.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.clock import utc_now
from core.errors import Unavailable
from nlu.checks import FaultyTraining, check
from nlu.evaluation import Example, read_examples
from nlu.gate import GATE_FILE, ModelBelowGate, measure, missed
from nlu.intents import meanings
from nlu.report import render
from nlu.server.environment import rasa_environment, rasa_python
from nlu.training_files import read_folder

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config.yml"
DATA = ROOT / "nlu" / "data"
# What a trained model depends on; Rasa's own cache does not look into component modules.
SOURCES = (
    "config.yml",
    "nlu/data/*.yml",
    "nlu/components/*.*",
    "nlu/spelling.py",
    "nlu/text/*.*",
    "nlu/vectors.*",
    "encoder/*.py",
)
SOURCE_LOCK = "nlu/server/requirements.txt"
TRAINER = "nlu.components.trainer"
# A minute is usual. One that hangs writes where it stands into its log, and ends.
LONGEST_TRAINING = 900
MODELS = "nlu-*.tar.gz"
KEPT_MODELS = 3


class TrainingFailed(Unavailable):
    """Rasa could not train the model; its last words are in the log file named."""


# Why there may be no new model, though Rasa is there; whoever has one from before may go on with it.
REFUSED = (FaultyTraining, TrainingFailed, ModelBelowGate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A trained model file and whether this call made it."""

    path: Path
    fresh: bool


def fingerprint(extra: Sequence[Example]) -> str:
    """A digest over all that shapes the model: 16 hexadecimal characters."""
    digest = hashlib.sha256()
    for pattern in (*SOURCES, SOURCE_LOCK):
        for path in sorted(ROOT.glob(pattern)):
            digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    for example in extra:
        digest.update(f"{example.intent}\0{example.text}\0".encode())
    return digest.hexdigest()[:16]


def intents() -> set[str]:
    """Every intent there may be: the names in ``nlu/intents.yml``."""
    return set(meanings())


def training_examples() -> list[Example]:
    """The examples under ``nlu/data/``, entity annotations removed."""
    lines, _ = read_folder(DATA)
    return [Example(text=line.text, intent=line.name) for line in lines if line.kind == "intent"]


def newest(models: Path) -> Path | None:
    """The kept model that was trained last, if there is one."""
    return max(models.glob(MODELS), key=_age, default=None)


async def train(models: Path, *, extra: Sequence[Example], say: Callable[[str], None]) -> Model:
    """The model for today's data: the one kept under its fingerprint, else a new one.

    ``extra`` examples (the questions of published FAQ entries) join those under ``nlu/data/``.
    Raises one of ``REFUSED``.
    """
    name = f"nlu-{fingerprint(extra)}"
    path = models / f"{name}.tar.gz"
    if path.exists():
        return Model(path=path, fresh=False)
    check(DATA, known=intents(), extra=extra)
    models.mkdir(parents=True, exist_ok=True)
    say("training")
    data = gather(models / "data", extra)
    # A half-written archive must never pass for a model: train beside it, then move it.
    out = models / "new"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir()
    texts = [example.text for example in read_examples(GATE_FILE)]
    (out / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    await _run_rasa(models / "training.log", data, out, name)
    _pass_gate(json.loads((out / "answers.json").read_text(encoding="utf-8")), models)
    (out / path.name).replace(path)
    _prune(models, keep=path)
    return Model(path=path, fresh=True)


def gather(folder: Path, extra: Sequence[Example]) -> Path:
    """Everything to train on in one folder, the only thing Rasa takes."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(DATA, folder)
    by_intent: dict[str, list[str]] = {}
    for example in extra:
        # Brackets would be read as entity annotations.
        text = re.sub(r"[\[\]()\n]", " ", example.text).strip()
        by_intent.setdefault(example.intent, []).append(f"- {text}")
    items = [{"intent": i, "examples": "\n".join(lines) + "\n"} for i, lines in by_intent.items()]
    document = yaml.safe_dump({"version": "3.1", "nlu": items}, allow_unicode=True)
    (folder / "faq.yml").write_text(document, encoding="utf-8")
    return folder


async def _run_rasa(log: Path, data: Path, out: Path, name: str) -> None:
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(rasa_python(), "-m", TRAINER),
            *(str(CONFIG), str(data), str(out), name, str(LONGEST_TRAINING)),
            cwd=ROOT,
            env=rasa_environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            code = await process.wait()
        finally:
            # Whoever stops waiting, because the index failed or Ctrl-C came, leaves no process.
            if process.returncode is None:
                process.kill()
                await process.wait()
    if code != 0:
        raise TrainingFailed(f"Rasa ended with code {code}; see {log}")


def _pass_gate(answers: Sequence[dict[str, Any]], models: Path) -> None:  # Any: Rasa's JSON
    """Leave a report of how the new model reads; raises ``ModelBelowGate``."""
    report, written = measure(answers), models / "gate.html"
    page = render(report, source=GATE_FILE.name, at=utc_now())
    written.write_text(page, encoding="utf-8")
    if below := missed(report):
        raise ModelBelowGate(report, below, written=written)


def _prune(models: Path, *, keep: Path) -> None:
    kept = sorted(models.glob(MODELS), key=_age, reverse=True)
    for old in [path for path in kept if path != keep][KEPT_MODELS - 1 :]:
        old.unlink()


def _age(path: Path) -> float:
    return path.stat().st_mtime
