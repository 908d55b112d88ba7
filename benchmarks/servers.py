"""Servers that a benchmark starts: followed by a mark in their environment, ended by their id.

Linux only: processes are found under ``/proc``.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from core.errors import Unavailable
from nlu.training import ROOT

MARK = "BENCHMARK_RUN"
STOP_SECONDS = 15.0
POLL = 0.05
KEPT = ROOT / "var" / "bench"


class ServerNotReady(Unavailable):
    """The server ended or took too long to answer; its last words are in the log file named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """How a server ended: seconds until every process was gone, and those that had to be killed."""

    seconds: float
    left_over: int


class Server:
    """One command and whatever it starts, however deep."""

    def __init__(
        self, command: Sequence[str], *, cwd: Path, env: Mapping[str, str], log: Path
    ) -> None:
        self._command = command
        self._cwd = cwd
        self._mark = uuid.uuid4().hex
        self._env = {**env, MARK: self._mark}
        self._log = log
        self._process: asyncio.subprocess.Process | None = None

    @property
    def mark(self) -> str:
        """What ``marked`` finds its processes by."""
        return self._mark

    async def start(self) -> None:
        """Start the command; its words go to the log."""
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=self._cwd,
                env=self._env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )

    async def ready(self, url: str, *, seconds: float) -> None:
        """Wait until ``url`` answers 200; raises ``ServerNotReady``."""
        deadline = time.perf_counter() + seconds
        while not await answers(url):
            assert self._process is not None
            if self._process.returncode is not None or time.perf_counter() > deadline:
                raise ServerNotReady(f"no answer from {url}; see {self._log}")
            await asyncio.sleep(POLL)

    async def stop(self) -> Stopped:
        """Ask the command to end (SIGTERM), wait for all it started, kill what stays."""
        begun = time.perf_counter()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
        left = marked(self._mark)
        while left and time.perf_counter() - begun < STOP_SECONDS:
            await asyncio.sleep(POLL)
            left = marked(self._mark)
        seconds = time.perf_counter() - begun
        for pid in left:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()
        return Stopped(seconds=seconds, left_over=len(left))


def log_file(name: str) -> Path:
    """An empty log under ``var/bench/``, kept after the run for whoever asks what went wrong."""
    KEPT.mkdir(parents=True, exist_ok=True)
    path = KEPT / f"{name}.log"
    path.write_bytes(b"")
    return path


async def answers(url: str) -> bool:
    """Whether a server answers there with 200."""
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            return answer.status == 200
    except (aiohttp.ClientError, OSError, TimeoutError):
        return False


def marked(mark: str) -> list[int]:
    """The ids of living processes that carry the mark, whoever their parent is by now."""
    wanted = f"{MARK}={mark}".encode()
    found: list[int] = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        # A process may end between the listing and the reading; a zombie's environment is empty.
        with contextlib.suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found
