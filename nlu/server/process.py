"""A Rasa server of our own on loopback: started, watched, restarted, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from http import HTTPStatus
from pathlib import Path

import aiohttp

from core.errors import Unavailable
from nlu.server.environment import rasa_command, rasa_environment
from nlu.training import ROOT

HOST = "127.0.0.1"
START_SECONDS = 120.0
STOP_SECONDS = 3.0
RESTART_PAUSE = 2.0


class RasaNotStarted(Unavailable):
    """Rasa did not come up; its last words are in the log file named."""


class RasaProcess:
    """One Rasa server for one model; its address is written to ``state`` for other commands."""

    def __init__(self, model: Path, *, log: Path, state: Path | None = None) -> None:
        self._model = model
        self._log = log
        self._state = state
        self._process: asyncio.subprocess.Process | None = None
        self._port = free_port()

    @property
    def url(self) -> str:
        """Where it answers, on loopback only."""
        return f"http://{HOST}:{self._port}"

    async def start(self) -> None:
        """Start it and wait until its model answers; raises ``RasaNotStarted``."""
        await self._spawn()
        try:
            async with asyncio.timeout(START_SECONDS):
                while not await answers(self.url):
                    if self._process is None or self._process.returncode is not None:
                        raise RasaNotStarted(f"Rasa stopped while starting; see {self._log}")
                    await asyncio.sleep(0.25)
        except TimeoutError:
            await self.stop()
            raise RasaNotStarted(f"Rasa took too long to start; see {self._log}") from None
        if self._state is not None:
            self._state.write_text(json.dumps({"url": self.url, "pid": os.getpid()}))

    async def watch(self) -> None:
        """Start it again whenever it dies, until cancelled."""
        while True:
            if self._process is not None:
                await self._process.wait()
            await asyncio.sleep(RESTART_PAUSE)
            await self._spawn()

    async def stop(self) -> None:
        """End it: asked first, forced after ``STOP_SECONDS``."""
        if self._state is not None:
            self._state.unlink(missing_ok=True)
        process = self._process
        if process is None or process.returncode is not None:
            return
        _signal(process, signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            _signal(process, signal.SIGKILL)
            await process.wait()

    async def _spawn(self) -> None:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *rasa_command(),
                *("run", "--enable-api", "--model", str(self._model)),
                *("--interface", HOST, "--port", str(self._port)),
                cwd=ROOT,
                env=rasa_environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                # A group of its own: a terminal's Ctrl-C reaches us first, and we stop it.
                start_new_session=True,
            )


async def answers(url: str) -> bool:
    """Whether a Rasa with a loaded model answers there."""
    timeout = aiohttp.ClientTimeout(total=2)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{url}/status") as answer,
        ):
            return answer.status == HTTPStatus.OK
    except (aiohttp.ClientError, TimeoutError):
        return False


def running_url(state: Path) -> str | None:
    """The address that another process of ours wrote, if that process still lives."""
    try:
        known = json.loads(state.read_text())
        os.kill(known["pid"], 0)
    except (OSError, ValueError, KeyError):
        return None
    return str(known["url"])


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def _signal(process: asyncio.subprocess.Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)
