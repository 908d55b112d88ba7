"""The stock Rasa assistant that stands beside us: its environment, its files, its model."""

from __future__ import annotations

import asyncio
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from core.errors import Unavailable
from nlu.evaluation import Example
from nlu.text.extraction import NAMES
from nlu.training import DATA, ROOT, gather, training_examples

HERE = Path(__file__).parent
HOME = ROOT / "var" / "peer"
ENVIRONMENT = HOME / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = HERE / "requirements.txt"
RASA_PYTHON = ROOT / "nlu" / "server" / ".venv" / "bin" / "python"
UV = Path(sys.prefix) / "bin" / "uv"
MODEL = "models/peer.tar.gz"
ACTION = "action_answer"
FALLBACK = "nlu_fallback"
EPOCHS = re.compile(r"^    epochs: (\d+)$", re.MULTILINE)


class PeerNotBuilt(Unavailable):
    """A step of building the peer failed; its last words are in the log file named."""


def domain(intents: Iterable[str], entities: Iterable[str]) -> dict[str, Any]:  # Any: YAML
    """Rasa's domain: every intent, every entity, one custom action."""
    return {
        "version": "3.1",
        "intents": sorted(intents),
        "entities": sorted(entities),
        "actions": [ACTION],
    }


def rules(intents: Iterable[str]) -> dict[str, Any]:  # Any: YAML
    """One rule an intent, the fallback included, each leading to the one action."""
    return {
        "version": "3.1",
        "rules": [
            {"rule": f"answer {intent}", "steps": [{"intent": intent}, {"action": ACTION}]}
            for intent in sorted({*intents, FALLBACK})
        ],
    }


def fingerprint(extra: Sequence[Example]) -> str:
    """A digest over all that shapes the peer's model: 16 hexadecimal characters."""
    digest = hashlib.sha256(config().encode())
    for path in (LOCK, *sorted(DATA.glob("*.yml"))):
        digest.update(f"{path.name}\0".encode() + path.read_bytes() + b"\0")
    for document in _documents().values():
        digest.update(yaml.safe_dump(document, allow_unicode=True).encode())
    for example in extra:
        digest.update(f"{example.intent}\0{example.text}\0".encode())
    return digest.hexdigest()[:16]


def epochs() -> int:
    """How often the peer's classifier sees every example."""
    return int(EPOCHS.search(config())[1])  # type: ignore[index]  # a test finds it there


def config() -> str:
    """The peer's pipeline."""
    return (HERE / "config.yml").read_text(encoding="utf-8")


def environment() -> dict[str, str]:
    """This process's variables, telemetry off, the action server on loopback; the rest stock."""
    return {
        **{k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}},
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "PYTHONWARNINGS": "ignore",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SANIC_HOST": "127.0.0.1",
    }


def installed() -> Path:
    """The file that is there once the environment holds what the lock names."""
    return ENVIRONMENT / f".{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"


async def build(
    say: Callable[[str], None], *, extra: Sequence[Example], again: bool = False
) -> Path:
    """The folder of the peer's assistant with its model trained, made once and kept.

    ``extra`` examples are learned as ours learns them; ``again`` trains even where a model is kept.
    Raises ``PeerNotBuilt``.
    """
    await _install(say)
    folder = HOME / fingerprint(extra)
    if again or not (folder / MODEL).exists():
        _write_files(folder, extra)
        await _train(folder, say)
    # No part of the model: always today's.
    shutil.copy(HERE / "actions.py", folder)
    return folder


async def _train(folder: Path, say: Callable[[str], None]) -> None:
    say("peer: training its model (once, some minutes)")
    await _run(
        str(PYTHON),
        *("-m", "rasa", "train", "--fixed-model-name", "peer-new", "--out", "models"),
        folder=folder,
    )
    # Rasa may be interrupted while it writes: only a whole archive gets the final name.
    (folder / "models" / "peer-new.tar.gz").replace(folder / MODEL)


async def _install(say: Callable[[str], None]) -> None:
    mark = installed()
    if mark.exists():
        return
    say("peer: installing its environment (once)")
    HOME.mkdir(parents=True, exist_ok=True)
    venv = ("venv", "--quiet", "--allow-existing", "--python", str(RASA_PYTHON))
    await _run(str(UV), *venv, str(ENVIRONMENT), folder=HOME)
    install = ("pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps")
    await _run(str(UV), *install, "--require-hashes", "-r", str(LOCK), folder=HOME)
    mark.touch()


def _write_files(folder: Path, extra: Sequence[Example]) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    (folder / "config.yml").write_text(config(), encoding="utf-8")
    gather(folder / "data", extra)
    for name, document in _documents().items():
        text = yaml.safe_dump(document, allow_unicode=True)
        (folder / name).write_text(text, encoding="utf-8")


def _documents() -> dict[str, dict[str, Any]]:  # Any: YAML
    intents = {example.intent for example in training_examples()}
    return {
        "domain.yml": domain(intents, NAMES),
        "data/rules.yml": rules(intents),
        "credentials.yml": {"rest": None},
    }


async def _run(*command: str, folder: Path) -> None:
    log = HOME / "build.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env=environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
        code = await process.wait()
    if code != 0:
        raise PeerNotBuilt(f"{command[0]} ended with code {code}; see {log}")
