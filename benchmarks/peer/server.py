"""The stock assistant running: one action server, one Rasa, both on loopback."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from benchmarks.peer.assistant import PYTHON, environment
from benchmarks.peer.rest import RestChannel
from benchmarks.servers import Server, ServerNotReady, log_file
from benchmarks.talk import HOST, NotAnswered
from nlu.server.process import free_port

START_SECONDS = 180.0


class PeerServer:
    """Rasa and its action server for an assistant's folder."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        action_port, port = free_port(), free_port()
        self.url = f"http://{HOST}:{port}"
        self._action_url = f"http://{HOST}:{action_port}"
        endpoints = scratch / "endpoints.yml"
        endpoints.write_text(f"action_endpoint:\n  url: {self._action_url}/webhook\n")
        rasa = (str(PYTHON), "-m", "rasa", "run")
        log = log_file("peer")
        self._actions = Server(
            (*rasa, "actions", "--port", str(action_port), "--actions", "actions"),
            cwd=folder,
            env=environment(),
            log=log,
        )
        self._rasa = Server(
            (
                *rasa,
                *("--interface", HOST, "--port", str(port)),
                *("--model", "models/peer.tar.gz", "--credentials", "credentials.yml"),
                *("--endpoints", str(endpoints)),
            ),
            cwd=folder,
            env=environment(),
            log=log,
        )

    async def start(self, greeting: str) -> float:
        """Start both and wait for a first answer; seconds taken; raises ``ServerNotReady``."""
        begun = time.perf_counter()
        await self._actions.start()
        await self._rasa.start()
        await self._actions.ready(f"{self._action_url}/health", seconds=START_SECONDS)
        await self._rasa.ready(self.url, seconds=START_SECONDS)
        talk = await RestChannel(self.url).open()
        try:
            await talk.say(greeting)
        except NotAnswered as error:
            raise ServerNotReady(f"the peer came up but does not answer: {error}") from error
        finally:
            await talk.close()
        return time.perf_counter() - begun

    async def stop(self) -> None:
        await asyncio.gather(self._rasa.stop(), self._actions.stop())
