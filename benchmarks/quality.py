"""How well the bot reads intents, finds answers and tells scams, as its own commands score it.

Statutes have a benchmark of their own: the questions at hand are those the search learned from.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks.result import Result, Skipped
from benchmarks.servers import log_file
from nlu.training import ROOT

# Path → arguments after ``bot eval``; a path outside the project may be absent.
FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "intents": ("nlu/gate.jsonl", ()),
    "answers": ("tests/integration/knowledge_base/faq_held.jsonl", ()),
    "scams": ("tests/unit/antifraud/scams_held.jsonl", ()),
}
HEADS = {"intents": "accuracy", "answers": "hit@3", "scams": "f1"}
Say = Callable[[str], None]


class EvaluationFailed(Exception):
    """A ``bot eval`` command ended badly; its last words are in the message."""


async def measure(say: Say) -> Result:
    """Each evaluation whose file is at hand; raises ``Skipped`` when none is."""
    figures: dict[str, object] = {}
    heads: list[str] = []
    for kind, (file, options) in FILES.items():
        if not (ROOT / file).exists():
            figures[kind] = {"skipped": f"{Path(file).name} is not at hand"}
            continue
        say(f"eval {kind}")
        scored = await evaluate(kind, file, options)
        figures[kind] = scored
        heads.append(f"{kind} {HEADS[kind]} {scored[HEADS[kind]]:.3f}")
    if not heads:
        raise Skipped("no evaluation file is at hand")
    configuration: dict[str, object] = {kind: file for kind, (file, _) in FILES.items()}
    return Result(
        configuration=configuration,
        figures=figures,
        headline=", ".join(heads),
    )


async def evaluate(kind: str, file: str, options: Sequence[str]) -> dict[str, object]:
    """The figures that ``bot eval`` prints; raises ``EvaluationFailed``."""
    with log_file(f"eval-{kind}").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "eval", kind, file, *options, "--json"),
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        output, _ = await process.communicate()
    if process.returncode != 0:
        raise EvaluationFailed(f"eval {kind} ended with {process.returncode}; see {log.name}")
    return brief(json.loads(output))


def brief(scored: Mapping[str, object]) -> dict[str, object]:
    """The figures with every list replaced by its length: errors are for reading, not storing."""
    return {
        name: {"count": len(value)} if isinstance(value, list) else value
        for name, value in scored.items()
    }
