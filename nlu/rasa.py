"""Rasa as a parser: over HTTP, with a deadline and a circuit breaker."""

from __future__ import annotations

import base64
import itertools
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import aiohttp

from core.clock import Clock, utc_now
from core.errors import Unavailable
from core.messages import Entity, Parse
from nlu.entities import entities_today

# As long as a citizen's channel waits for a reply (WeChat: five seconds): on a machine that is
# overloaded a good answer late is worth more than the rules' answer soon.
DEADLINE_SECONDS = 4.0


class RasaUnavailable(Unavailable):
    """No Rasa server answered in time."""


@dataclass(slots=True, kw_only=True)
class Breaker:
    """Stops asking a server that keeps failing, and tries it again after a while.

    ``now`` gives seconds of a monotonic clock.
    """

    now: Callable[[], float]
    threshold: int = 3
    rest_seconds: float = 5.0
    failures: int = 0
    open_until: float = 0.0

    @property
    def closed(self) -> bool:
        """Whether the server may be asked."""
        return self.now() >= self.open_until

    def succeeded(self) -> None:
        """It answered: forget its failures."""
        self.failures = 0

    def failed(self) -> None:
        """It did not: at the threshold, leave it alone for ``rest_seconds``."""
        self.failures += 1
        if self.failures >= self.threshold:
            self.open_until = self.now() + self.rest_seconds


class RasaParser:
    """Asks the given servers in turn; raises ``RasaUnavailable`` when none can answer."""

    def __init__(
        self,
        urls: Sequence[str],
        session: aiohttp.ClientSession,
        *,
        now: Callable[[], float],
        deadline_seconds: float = DEADLINE_SECONDS,
        clock: Clock = utc_now,
    ) -> None:
        self._session = session
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(total=deadline_seconds)
        self._servers = [(f"{url.rstrip('/')}/model/parse", Breaker(now=now)) for url in urls]
        self._turn = itertools.cycle(range(max(len(urls), 1)))

    async def alive(self) -> bool:
        """Whether some server answers now."""
        for url, _ in self._servers:
            status = url.removesuffix("/model/parse") + "/status"
            try:
                async with self._session.get(status, timeout=self._timeout) as answer:
                    if answer.status == HTTPStatus.OK:
                        return True
            except (aiohttp.ClientError, TimeoutError):
                continue
        return False

    async def parse(self, text: str) -> Parse:
        """The intent of a text by Rasa, its entities by our own rules."""
        first = next(self._turn)
        for url, breaker in [*self._servers[first:], *self._servers[:first]]:
            if not breaker.closed:
                continue
            try:
                answer = await self._ask(url, text)
            except (aiohttp.ClientError, TimeoutError, ValueError):
                breaker.failed()
            else:
                breaker.succeeded()
                return read_parse(text, answer, entities_today(text, self._clock))
        raise RasaUnavailable

    async def _ask(self, url: str, text: str) -> dict[str, Any]:  # Any: Rasa's JSON
        async with self._session.post(url, json={"text": text}, timeout=self._timeout) as answer:
            answer.raise_for_status()
            body: dict[str, Any] = await answer.json()
            if not (body.get("intent") or {}).get("name"):
                raise ValueError("an answer without an intent")
            return body


def read_parse(
    text: str,
    body: dict[str, Any],  # Any: Rasa's JSON
    entities: tuple[Entity, ...] = (),
) -> Parse:
    """Rasa's answer as our value, with the entities found here; see ``nlu.entities``."""
    return Parse(
        text=text,
        intent=body["intent"]["name"],
        confidence=body["intent"]["confidence"],
        parser="rasa",
        ranking=tuple((r["name"], r["confidence"]) for r in body.get("intent_ranking", ())),
        entities=entities,
        vector=_vector(body.get("vector")),
        suspected=_suspected(body.get("suspected")),
        dangers=tuple((body.get("suspected") or {}).get("each", {}).items()),
    )


def _suspected(put_out: dict[str, Any] | None) -> tuple[str, float] | None:  # Any: Rasa's JSON
    """What ``UrgentNeighbours`` put out."""
    return None if put_out is None else (put_out["name"], put_out["confidence"])


def _vector(packed: str | None) -> tuple[float, ...] | None:
    """What ``SentenceVectors`` put out: base64 of little-endian float16."""
    if packed is None:
        return None
    raw = base64.b64decode(packed)
    return struct.unpack(f"<{len(raw) // 2}e", raw)
