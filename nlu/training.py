"""Training: done when the data, the pipeline or its code changed, and only then."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.errors import Unavailable
from nlu.evaluation import Example
from nlu.server.environment import rasa_command, rasa_environment

ROOT = Path(__file__).parent.parent
CONFIG = ROOT / "config.yml"
DATA = ROOT / "nlu" / "data"
# What a trained model depends on; Rasa's own cache does not look into component modules.
SOURCES = ("config.yml", "nlu/data/*.yml", "nlu/components/*.py", "nlu/text/*.py")
SOURCE_LOCK = "nlu/server/requirements.txt"
KEPT_MODELS = 3
ANNOTATION = re.compile(r"\[([^\]]+)\]\(\w+\)")


class TrainingFailed(Unavailable):
    """Rasa could not train the model; its last words are in the log file named."""


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
    """Every intent that has training examples."""
    return {e.intent for e in training_examples()}


def training_examples() -> list[Example]:
    """The examples under ``nlu/data/``, entity annotations removed."""
    found: list[Example] = []
    for path in sorted(DATA.glob("*.yml")):
        document: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))  # Any: YAML
        for item in document["nlu"]:
            if "intent" in item:
                lines = (line.strip()[2:] for line in item["examples"].strip().splitlines())
                found.extend(
                    Example(text=ANNOTATION.sub(r"\1", text), intent=item["intent"])
                    for text in lines
                )
    return found


async def train(models: Path, *, extra: Sequence[Example], say: Callable[[str], None]) -> Model:
    """The model for today's data: the one kept under its fingerprint, else a new one.

    ``extra`` examples (the questions of published FAQ entries) join those under ``nlu/data/``.
    Raises ``TrainingFailed``.
    """
    name = f"nlu-{fingerprint(extra)}"
    path = models / f"{name}.tar.gz"
    if path.exists():
        return Model(path=path, fresh=False)
    models.mkdir(parents=True, exist_ok=True)
    say("training")
    await _run_rasa(models, name, _gather(models / "data", extra))
    _prune(models, keep=path)
    return Model(path=path, fresh=True)


def _gather(folder: Path, extra: Sequence[Example]) -> Path:
    """Everything to train on in one folder, the only thing Rasa's command takes."""
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


async def _run_rasa(models: Path, name: str, data: Path) -> None:
    log = models / "training.log"
    # A half-written archive must never pass for a model: train beside it, then move it.
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *rasa_command(),
            *("train", "nlu", "--config", str(CONFIG), "--nlu", str(data)),
            *("--out", str(models / "new"), "--fixed-model-name", name),
            cwd=ROOT,
            env=rasa_environment(),
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
        code = await process.wait()
    made = models / "new" / f"{name}.tar.gz"
    if code != 0 or not made.exists():
        raise TrainingFailed(f"Rasa ended with code {code}; see {log}")
    made.replace(models / made.name)


def _prune(models: Path, *, keep: Path) -> None:
    kept = sorted(models.glob("nlu-*.tar.gz"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in [path for path in kept if path != keep][KEPT_MODELS - 1 :]:
        old.unlink()
