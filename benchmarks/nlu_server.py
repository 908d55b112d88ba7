"""Two Rasa servers that only parse: ours and the stock pipeline's, timed through one client."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp

from benchmarks.servers import Server, log_file, marked
from benchmarks.talk import HOST, REPLY_SECONDS, NotAnswered, Turn, connector
from nlu.server.process import free_port
from nlu.training import ROOT

START_SECONDS = 180.0
MIB = 1024


class ParsingServer:
    """``rasa run --enable-api`` with one model."""

    def __init__(self, name: str, python: str, model: Path, env: Mapping[str, str]) -> None:
        self.name = name
        port = free_port()
        self.url = f"http://{HOST}:{port}"
        self._server = Server(
            (
                *(python, "-m", "rasa", "run", "--enable-api", "--model", str(model)),
                *("--interface", HOST, "--port", str(port)),
            ),
            cwd=ROOT,
            env=env,
            log=log_file(f"nlu-{name}"),
        )

    async def start(self) -> float:
        """Start it and wait until its model answers; seconds taken."""
        begun = time.perf_counter()
        await self._server.start()
        await self._server.ready(f"{self.url}/status", seconds=START_SECONDS)
        return time.perf_counter() - begun

    async def stop(self) -> None:
        """End it."""
        await self._server.stop()

    def resident_mib(self) -> float:
        """Memory of all its processes now, in MiB."""
        return sum(_resident(pid) for pid in marked(self._server.mark))


class ParseSide:
    """Implements ``talk.Side``: a message is a parse, and nobody waits in between."""

    def __init__(self, server: ParsingServer) -> None:
        self.name = server.name
        self._url = server.url

    async def open(self) -> ParseTalk:
        """A connection."""
        return ParseTalk(self._url)


class ParseTalk:
    """One connection that parses texts one after the other."""

    over = False

    def __init__(self, url: str) -> None:
        self._session = aiohttp.ClientSession(
            base_url=url,
            connector=connector(),
            timeout=aiohttp.ClientTimeout(total=REPLY_SECONDS),
        )

    async def say(self, text: str) -> Turn:
        """Parse a text; raises ``NotAnswered``."""
        begun = time.perf_counter()
        await self.parse(text)
        took = time.perf_counter() - begun
        return Turn(first=took, whole=took, replies=1)

    async def parse(self, text: str) -> dict[str, Any]:  # Any: Rasa's JSON
        """What the server answers to a text; raises ``NotAnswered``."""
        try:
            async with self._session.post("/model/parse", json={"text": text}) as answer:
                if not answer.ok:
                    raise NotAnswered(f"HTTP {answer.status}")
                body: dict[str, Any] = await answer.json()
                return body
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotAnswered(f"no reply: {error!r}") from error

    async def close(self) -> None:
        """Leave."""
        await self._session.close()


def _resident(pid: int) -> float:
    # A process may end between the listing and the reading.
    with contextlib.suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        kib = next(line for line in lines if line.startswith("VmRSS:")).split()[1]
        return int(kib) / MIB
    return 0.0
