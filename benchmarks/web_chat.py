"""Our side: the citizen's web chat, spoken exactly as the page in the browser speaks it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
import uuid
from collections.abc import AsyncIterable, AsyncIterator

import aiohttp

from benchmarks.talk import PAUSE, REPLY_SECONDS, NotAnswered, Turn, connector

# The stream is answered before the server has subscribed it; unmeasured.
SETTLE = 0.05
BOT = "bot"


class WebChat:
    """The web chat at one address."""

    name = "ours"

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> WebChatTalk:
        """A new citizen: their cookie from the page, their event stream opened."""
        talk = WebChatTalk(self._url)
        try:
            await talk.enter()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            await talk.close()
            raise NotAnswered(f"no conversation: {error!r}") from error
        return talk


class WebChatTalk:
    """One citizen: a cookie, a stream of events, messages posted one after the other."""

    def __init__(self, url: str) -> None:
        self._session = aiohttp.ClientSession(
            base_url=url,
            connector=connector(),
            # A host given as an IP address keeps no cookies otherwise.
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            headers={"Origin": url, "Sec-Fetch-Site": "same-origin"},
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=REPLY_SECONDS),
        )
        # When an outgoing message came, and its number in the conversation.
        self._arrivals: asyncio.Queue[tuple[float, int]] = asyncio.Queue()
        self._stream: aiohttp.ClientResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._status = BOT

    @property
    def over(self) -> bool:
        return self._status != BOT

    async def enter(self) -> None:
        """Fetch the page for its cookie, then listen."""
        async with self._session.get("/") as page:
            page.raise_for_status()
            await page.read()
        self._stream = await self._session.get(
            "/api/chat/events", headers={"Accept": "text/event-stream"}
        )
        self._stream.raise_for_status()
        self._reader = asyncio.create_task(self._read(self._stream))
        await asyncio.sleep(SETTLE)

    async def say(self, text: str) -> Turn:
        message = {"client_id": str(uuid.uuid4()), "text": text, "attachments": []}
        begun = time.perf_counter()
        try:
            async with asyncio.timeout(REPLY_SECONDS):
                async with self._session.post("/api/chat/messages", json=message) as answer:
                    if not answer.ok:
                        raise NotAnswered(f"HTTP {answer.status}")
                    posted: int = (await answer.json())["seq"]
                first = await self._reply_after(posted)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotAnswered(f"no reply: {error!r}") from error
        last, replies = first, 1
        with contextlib.suppress(TimeoutError):
            while True:
                last = await asyncio.wait_for(self._reply_after(posted), PAUSE)
                replies += 1
        return Turn(first=first - begun, whole=last - begun, replies=replies)

    async def close(self) -> None:
        if self._reader is not None:
            self._reader.cancel()
            await asyncio.gather(self._reader, return_exceptions=True)
        if self._stream is not None:
            self._stream.close()
        await self._session.close()

    async def _read(self, stream: aiohttp.ClientResponse) -> None:
        async for kind, data in events(stream.content):
            if kind == "message" and (seq := outgoing_seq(data)) is not None:
                self._arrivals.put_nowait((time.perf_counter(), seq))
            elif kind == "status":
                self._status = json.loads(data)["status"]

    async def _reply_after(self, posted: int) -> float:
        """When the next reply to what was posted came; one that belongs to earlier is passed."""
        while True:
            arrived, seq = await self._arrivals.get()
            if seq > posted:
                return arrived


async def events(lines: AsyncIterable[bytes]) -> AsyncIterator[tuple[str, str]]:
    """Server-sent events as pairs of name and data, comments and ids left out."""
    kind, data = "message", list[str]()
    async for raw in lines:
        line = raw.decode().rstrip("\r\n")
        name, _, value = line.partition(":")
        if not line:
            if data:
                yield kind, "\n".join(data)
            kind, data = "message", []
        elif name == "event":
            kind = value.strip()
        elif name == "data":
            data.append(value.removeprefix(" "))


def outgoing_seq(data: str) -> int | None:
    """The number of a message from the assistant to the citizen; none for any other message."""
    message = json.loads(data)
    return message["seq"] if message["direction"] == "outgoing" else None
