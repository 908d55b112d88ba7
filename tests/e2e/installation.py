"""A real installation: `python -m bot run` in a process of its own, on a folder of its own."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import sys
from pathlib import Path

import aiohttp

from nlu.server.process import free_port
from nlu.training import ROOT

# Where nothing is indexed yet, that comes first.
START_SECONDS = 240


class Installation:
    """Starts, stops and kills one server; its data folder outlives it."""

    def __init__(self, folder: Path, rasa_url: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "NLU_URLS": rasa_url,
        }
        self._log = folder / "run.log"
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Return when `/readyz` answers 200."""
        with self._log.open("ab") as output:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run"),
                cwd=ROOT,
                env=self._environment,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
            )
        async with aiohttp.ClientSession() as session, asyncio.timeout(START_SECONDS):
            while not await self._ready(session):
                assert self.process.returncode is None, self._log.read_text()
                await asyncio.sleep(0.1)

    async def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Signal it and give its exit code."""
        assert self.process is not None
        if self.process.returncode is None:
            self.process.send_signal(number)
        return await self.process.wait()

    def log(self) -> str:
        """All it has printed."""
        return self._log.read_text()

    async def _ready(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.url}/readyz") as answer:
                return answer.status == 200
        except aiohttp.ClientError:
            return False


class Visitor:
    """A citizen without a browser: posts messages, reads the history."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self._count = 0

    async def post(self, **body: object) -> int:
        """Post a message under a new client id; gives the status."""
        self._count += 1
        body = {"client_id": f"client-{self._count:06}", **body}
        # As a stream: so long a body, sent whole, would draw a warning from the client.
        data = io.BytesIO(json.dumps(body, ensure_ascii=False).encode())
        async with self._session.post(f"{self._url}/api/chat/messages", data=data) as answer:
            return answer.status

    async def history(self) -> list[dict[str, object]]:
        """Everything said so far."""
        async with self._session.get(f"{self._url}/api/chat/history") as answer:
            body = await answer.json()
        messages: list[dict[str, object]] = body["messages"]
        return messages

    async def replies(self, *, at_least: int, seconds: float = 20) -> list[str]:
        """The texts of the bot's messages, once there are that many."""
        async with asyncio.timeout(seconds):
            while True:
                said = [m for m in await self.history() if m["direction"] == "outgoing"]
                if len(said) >= at_least:
                    return [str(m["text"]) for m in said]
                await asyncio.sleep(0.05)
