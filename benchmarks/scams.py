"""How well scams are told from what looks like them, on scenarios not learned from, and how fast.

The messages are the project's own (``antifraud/samples/``). The rules and word classes were written by
whoever wrote the messages, so figures of messages in the wild will be lower.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import Any

from antifraud.checker import Checker
from antifraud.evidence import Collector
from antifraud.samples import Sample, development_set
from antifraud.validation import cross_validated, figures
from benchmarks.quality import brief
from benchmarks.result import Limit, Result

Say = Callable[[str], None]


async def measure(say: Say) -> Result:
    """Five folds, each learned anew; then every message once through the packaged check."""
    samples = development_set()
    say(f"{len(samples)} messages, five folds")
    judged = await asyncio.to_thread(lambda: list(cross_validated(samples, Collector.load())))
    say("one at a time")
    return compose(figures(judged), timed(samples))


def timed(samples: Sequence[Sample]) -> Sequence[float]:
    """Milliseconds a check."""
    checker = Checker.load()
    taken: list[float] = []
    for sample in samples:
        before = time.perf_counter()
        checker.check(sample.text)
        taken.append((time.perf_counter() - before) * 1000)
    return taken


def compose(found: Mapping[str, Any], taken: Sequence[float]) -> Result:  # Any: JSON
    """The result with its bounds."""
    ordered = sorted(taken)
    times = {"p50": median(ordered), "p95": ordered[int(len(ordered) * 0.95)]}
    adverts, macro = found["advertising"], found["macro_f1_types"]
    return Result(
        configuration={"samples": "antifraud/samples", "folds": "by scenario"},
        figures={
            **brief(found),
            "check_ms": {name: round(value, 2) for name, value in times.items()},
        },
        limits=[
            Limit(name="scam f1", value=found["f1"], bound=0.95, at_least=True),
            Limit(name="precision", value=found["precision"], bound=0.97, at_least=True),
            Limit(name="macro f1 of kinds", value=macro, bound=0.85, at_least=True),
            Limit(name="advertising called scam", value=adverts["called_scam"], bound=0.02),
            Limit(name="one check p50, ms", value=times["p50"], bound=10),
        ],
        headline=(
            f"f1 {found['f1']:.3f}, precision {found['precision']:.3f}, kinds {macro:.3f};"
            f" advertising called scam {adverts['called_scam']:.3f}; p50 {times['p50']:.1f} ms"
        ),
    )
