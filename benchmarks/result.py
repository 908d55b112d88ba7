"""A benchmark's result: its figures, the bounds they must keep, the machine they came from."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from nlu.training import ROOT

RESULTS = Path(__file__).parent / "results"
GIB = 1024**3


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bound that a figure must keep: at most (``<=``) or at least (``>=``)."""

    name: str
    value: float
    bound: float
    at_least: bool = False

    @property
    def met(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound

    def line(self) -> str:
        """The bound in one line for people."""
        sign = "≥" if self.at_least else "≤"
        verdict = "kept" if self.met else "MISSED"
        return f"{self.name} {self.value:g} ({sign} {self.bound:g}: {verdict})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one benchmark found; shapes inside the dicts are JSON and stated by the benchmark."""

    configuration: dict[str, object]
    figures: dict[str, object]
    peer: dict[str, object] = field(default_factory=dict)
    ratios: dict[str, object] = field(default_factory=dict)
    limits: list[Limit] = field(default_factory=list)
    headline: str


class Skipped(Exception):
    """The benchmark cannot run here; the reason is its message."""


def write(
    name: str, result: Result, *, machine: dict[str, object], folder: Path = RESULTS
) -> Path:
    """Store the result as ``<name>.json`` in the folder and return its path.

    ``machine`` is what ``machine_facts`` said before the measurement loaded the machine.
    """
    document: dict[str, object] = {
        "benchmark": name,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": f"python -m benchmarks {name}",
        "code": code_version(),
        "machine": machine,
        "configuration": result.configuration,
        "figures": result.figures,
        "peer": result.peer,
        "ratios": result.ratios,
        "limits": [
            {
                "name": limit.name,
                "value": limit.value,
                "at_least" if limit.at_least else "at_most": limit.bound,
                "met": limit.met,
            }
            for limit in result.limits
        ],
        "headline": result.headline,
    }
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.json"
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    # Whole or not at all: an interrupted run must not leave half a file.
    new = path.with_suffix(".new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)
    return path


def machine_facts() -> dict[str, object]:
    """What the figures depend on, and nothing that names the machine."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / GIB
    return {
        "cores": len(os.sched_getaffinity(0)),
        "cpu": cpu_model(_cpuinfo()),
        "memory_gib": round(memory, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2),
    }


def cpu_model(cpuinfo: str) -> str:
    """The processor's name from the text of ``/proc/cpuinfo``, else its architecture."""
    for line in cpuinfo.splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "model name":
            return value.strip()
    return platform.machine()


def code_version() -> dict[str, object]:
    """The commit that was measured and whether files differed from it."""
    return {"commit": _git("rev-parse", "HEAD") or None, "changed": bool(_git("status", "-s"))}


def _cpuinfo() -> str:
    path = Path("/proc/cpuinfo")
    return path.read_text() if path.exists() else ""


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()
