"""Our bot running as anyone would run it, with a port and a data folder of its own."""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
import time
from pathlib import Path

import aiohttp

from benchmarks.servers import KEPT, Server, ServerNotReady, Stopped, log_file
from benchmarks.talk import HOST, NotAnswered
from benchmarks.web_chat import WebChat
from nlu.server.process import free_port
from nlu.training import ROOT

START_SECONDS = 600.0
WHOLE_SECONDS = 900.0
# Set, not merely unset: the bot also reads a developer's .env file.
EMBEDDED = ("DATABASE_URL", "REDIS_URL", "NLU_URLS", "TELEGRAM_TOKEN", "PUBLIC_URL")


class OurServer:
    """``python -m bot run`` and whatever it starts, embedded: SQLite, its own Rasa."""

    def __init__(self, scratch: Path) -> None:
        port = free_port()
        self.url = f"http://{HOST}:{port}"
        data = scratch / "data"
        data.mkdir()
        for name in ("models", "cache"):
            (data / name).symlink_to(kept(name), target_is_directory=True)
        self._server = Server(
            (sys.executable, "-m", "bot", "run"),
            cwd=ROOT,
            env=environment(port=port, data=data),
            log=log_file("ours"),
        )

    async def start(self, greeting: str) -> float:
        """Start it and wait for a first answer with nothing missing; seconds taken.

        Raises ``ServerNotReady``.
        """
        begun = time.perf_counter()
        await self._server.start()
        await self._server.ready(f"{self.url}/readyz", seconds=START_SECONDS)
        await whole(self.url)
        try:
            await first_answer(self.url, greeting)
        except NotAnswered as error:
            raise ServerNotReady(f"we came up but do not answer: {error}") from error
        return time.perf_counter() - begun

    async def stop(self) -> Stopped:
        return await self._server.stop()


def kept(name: str) -> Path:
    """A folder of derived files that outlives the run, begun with what ``make run`` made.

    Training and embedding are measured by ``start``; here they would only cost minutes.
    """
    folder, made = KEPT / name, ROOT / "var" / name
    folder.mkdir(parents=True, exist_ok=True)
    if made.exists():
        shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def environment(*, port: int, data: Path) -> dict[str, str]:
    """This process's variables, the port and the data folder given, everything else embedded."""
    return {
        **os.environ,
        **dict.fromkeys(EMBEDDED, ""),
        "PORT": str(port),
        "DATA_DIR": str(data),
        "DEMO": "0",
    }


async def first_answer(url: str, text: str) -> None:
    """Ask once as a new citizen; raises ``NotAnswered``."""
    talk = await WebChat(url).open()
    try:
        await talk.say(text)
    finally:
        await talk.close()


async def whole(url: str) -> None:
    """Wait until ``/readyz`` names nothing as missing; raises ``ServerNotReady``.

    Without this, rules would be measured for Rasa, and vectors still being made for a first
    start would take the processor from the turns.
    """
    deadline = time.perf_counter() + WHOLE_SECONDS
    while missing := await degraded(url):
        if time.perf_counter() > deadline:
            raise ServerNotReady(f"still missing after {WHOLE_SECONDS:.0f} s: {missing}")
        await asyncio.sleep(0.2)


async def degraded(url: str) -> list[str]:
    """What ``/readyz`` says is missing."""
    async with aiohttp.ClientSession() as session, session.get(f"{url}/readyz") as answer:
        state: dict[str, list[str]] = await answer.json()
    return state.get("degraded", [])
