"""The peer's side: Rasa's REST channel, which answers a message with all of its replies."""

from __future__ import annotations

import time
import uuid

import aiohttp

from benchmarks.talk import REPLY_SECONDS, NotAnswered, Turn, connector, pause


class RestChannel:
    """The REST channel at one address."""

    name = "stock Rasa"

    def __init__(self, url: str) -> None:
        self._url = url

    async def open(self) -> RestTalk:
        """A sender id that Rasa has not seen."""
        return RestTalk(self._url)


class RestTalk:
    """One sender on a connection of its own."""

    over = False

    def __init__(self, url: str) -> None:
        self._session = aiohttp.ClientSession(
            base_url=url,
            connector=connector(),
            timeout=aiohttp.ClientTimeout(total=REPLY_SECONDS),
        )
        self._sender = uuid.uuid4().hex

    async def say(self, text: str) -> Turn:
        message = {"sender": self._sender, "message": text}
        begun = time.perf_counter()
        try:
            async with self._session.post("/webhooks/rest/webhook", json=message) as answer:
                if not answer.ok:
                    raise NotAnswered(f"HTTP {answer.status}")
                replies = await answer.json()
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise NotAnswered(f"no reply: {error!r}") from error
        took = time.perf_counter() - begun
        if not replies:
            raise NotAnswered("an empty answer")
        await pause()
        return Turn(first=took, whole=took, replies=len(replies))

    async def close(self) -> None:
        await self._session.close()
