"""What is asked: real, distinct sentences that no model was trained on, each asked once.

The rule: all texts of ``nlu/gate.jsonl`` and, where it is at hand, of the held questions
about statutes; trimmed; those that stand among the training examples left out; duplicates left
out; sorted, then shuffled with ``SEED``. The first go to warming up, the next to latency, the
rest to the throughput rounds in equal parts.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from nlu.training import ROOT, training_examples

SEED = 20261122
INTENT_LINES = ROOT / "nlu" / "gate.jsonl"
STATUTE_LINES = ROOT.parent / "shared" / "data" / "statute_queries_dev.jsonl"
WARM_UP = 10
LATENCY_SHARE = 0.25
LATENCY_MOST = 200
ROUND_MOST = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which message is asked where; none stands twice."""

    warm_up: list[str]
    latency: list[str]
    rounds: list[list[str]]


def load_texts() -> list[str]:
    """Every candidate text, in file order; the statute questions only where they are at hand."""
    found = _read(INTENT_LINES, "text")
    if STATUTE_LINES.exists():
        found += _read(STATUTE_LINES, "query")
    return found


def select(texts: Iterable[str], seen: Iterable[str]) -> list[str]:
    """The texts that are not among ``seen``, each once, in the committed random order."""
    trained = {text.strip() for text in seen}
    chosen = sorted({text.strip() for text in texts} - trained - {""})
    random.Random(SEED).shuffle(chosen)
    return chosen


def split(messages: Sequence[str], *, rounds: int) -> Plan:
    """The messages shared out to warming up, latency and ``rounds`` equal throughput rounds.

    Raises ``ValueError`` when there are too few to give each part one.
    """
    warm, rest = list(messages[:WARM_UP]), list(messages[WARM_UP:])
    n_latency = min(LATENCY_MOST, int(len(rest) * LATENCY_SHARE))
    latency, rest = rest[:n_latency], rest[n_latency:]
    size = min(ROUND_MOST, len(rest) // rounds)
    if not latency or not size:
        raise ValueError(f"{len(messages)} messages are too few for {rounds} rounds")
    parts = [rest[start : start + size] for start in range(0, size * rounds, size)]
    return Plan(warm_up=warm, latency=latency, rounds=parts)


def unseen_messages() -> list[str]:
    """The committed selection over the project's own files."""
    return select(load_texts(), (example.text for example in training_examples()))


def _read(path: Path, field: str) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)[field] for line in lines if line.strip()]
