"""From a fresh clone to the first answer, cold and with a warm download cache; then once more.

Cold means that no downloaded package is at hand: uv's and pip's caches are empty folders. A
Python 3.10 for Rasa is expected on the machine, else its download is part of the time.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.messages import unseen_messages
from benchmarks.our_server import EMBEDDED, degraded, first_answer, whole
from benchmarks.result import Limit, Result
from benchmarks.servers import Server, log_file
from benchmarks.talk import HOST
from nlu.server.process import free_port
from nlu.training import ROOT

INSTALL_SECONDS = 1800.0
STOP_MOST = 5.0
# A fresh clone must not see this run's environment: make would take its Python for its own.
OWN = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "DATA_DIR")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """One ``make run``: seconds from the command to each step, and how it ended."""

    ready_s: float
    degraded_at_ready: list[str]
    first_answer_s: float
    whole_s: float | None
    stop_s: float
    left_over: int


async def measure(say: Say) -> Result:
    """A cold clone started twice, then a warm clone started once."""
    text = unseen_messages()[0]
    say("cold: clone, install without any cache, train, start")
    with tempfile.TemporaryDirectory() as scratch:
        caches = empty_caches(Path(scratch))
        cold_clone = await clone(ROOT, Path(scratch) / "clone")
        cold = await run_once(Path(scratch) / "clone", text, extra=caches, to_the_end=True)
        say("the same clone again")
        again = await run_once(Path(scratch) / "clone", text, extra=caches, to_the_end=True)
    say("warm: another clone, packages from the download cache")
    with tempfile.TemporaryDirectory() as scratch:
        warm_clone = await clone(ROOT, Path(scratch) / "clone")
        # Stopped in the midst of what a first start still makes in the background.
        warm = await run_once(Path(scratch) / "clone", text, extra={}, to_the_end=False)
    return compose({"cold": cold_clone, "warm": warm_clone}, cold, again, warm)


def compose(clones: Mapping[str, float], cold: Start, again: Start, warm: Start) -> Result:
    """The result from the clones' seconds and the three starts."""
    starts = (cold, again, warm)
    to_answer = {
        "cold": round(clones["cold"] + cold.first_answer_s, 1),
        "warm": round(clones["warm"] + warm.first_answer_s, 1),
    }
    stop = max(start.stop_s for start in starts)
    return Result(
        configuration={"caches": {"cold": "empty", "warm": "as on this machine"}, "demo": True},
        figures={
            "clone_s": {name: round(seconds, 2) for name, seconds in clones.items()},
            "clone_to_first_answer_s": to_answer,
            "cold": asdict(cold),
            "next": asdict(again),
            "warm": asdict(warm),
        },
        limits=[
            Limit(name="seconds to stop", value=stop, bound=STOP_MOST),
            Limit(name="processes left over", value=sum(one.left_over for one in starts), bound=0),
        ],
        headline=(
            f"clone to first answer {to_answer['cold']:.0f} s cold, {to_answer['warm']:.0f} s "
            f"with cached packages; next start {again.first_answer_s:.1f} s; stop {stop:.1f} s"
        ),
    )


async def run_once(
    folder: Path, text: str, *, extra: Mapping[str, str], to_the_end: bool
) -> Start:
    """``make run`` until it answered ``text``, or until nothing is missing; then SIGTERM."""
    port = free_port()
    url = f"http://{HOST}:{port}"
    server = Server(
        ("make", "run"),
        cwd=folder,
        env=environment(port) | dict(extra),
        log=log_file("start"),
    )
    begun = time.perf_counter()
    try:
        await server.start()
        await server.ready(f"{url}/readyz", seconds=INSTALL_SECONDS)
        ready = time.perf_counter() - begun
        missing = await degraded(url)
        await first_answer(url, text)
        answered = time.perf_counter() - begun
        if to_the_end:
            await whole(url)
        complete = time.perf_counter() - begun
    finally:
        stopped = await server.stop()
    return Start(
        ready_s=round(ready, 2),
        degraded_at_ready=missing,
        first_answer_s=round(answered, 2),
        whole_s=round(complete, 2) if to_the_end else None,
        stop_s=round(stopped.seconds, 2),
        left_over=stopped.left_over,
    )


async def clone(source: Path, target: Path) -> float:
    """Clone the committed project as from afar; seconds taken."""
    begun = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *("git", "clone", "--quiet", "--no-local", "--depth", "1", source.as_uri(), str(target))
    )
    if await process.wait() != 0:
        raise RuntimeError("git clone failed")
    return time.perf_counter() - begun


def environment(port: int) -> dict[str, str]:
    """This process's variables without its Python environment, embedded settings, the port."""
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return {**kept, **dict.fromkeys(EMBEDDED, ""), "PORT": str(port)}


def empty_caches(scratch: Path) -> dict[str, str]:
    """Variables that give uv and pip empty caches under ``scratch``."""
    return {"UV_CACHE_DIR": str(scratch / "uv"), "PIP_NO_CACHE_DIR": "1"}
