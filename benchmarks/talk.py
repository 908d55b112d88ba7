"""How a benchmark talks to an assistant: one shape for both sides, so that both are timed alike.

A turn runs from the moment before the message is posted to the arrival of the turn's last
reply. The stock Rasa answers a turn in one piece; we push each reply to the citizen's event
stream, so a turn of ours counts as whole when no further reply came for ``PAUSE`` seconds. The
pause itself is not timed, and both sides get it before a sender's next message.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

import aiohttp

PAUSE = 0.1
REPLY_SECONDS = 15.0
HOST = "127.0.0.1"


class NotAnswered(Exception):
    """The side refused the message, failed, or gave no reply in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """Seconds from posting a message to the first and to the last reply, and how many came."""

    first: float
    whole: float
    replies: int


class Talk(Protocol):
    """One citizen's conversation."""

    @property
    def over(self) -> bool:
        """Whether a person has it now, so that the assistant rightly keeps silent."""

    async def say(self, text: str) -> Turn:
        """Send a message and wait for its replies; raises ``NotAnswered``."""

    async def close(self) -> None:
        """Leave."""


class Side(Protocol):
    """An assistant under measurement."""

    @property
    def name(self) -> str:
        """How the result file calls it."""

    async def open(self) -> Talk:
        """A conversation with a citizen the side has not seen before."""


def connector() -> aiohttp.TCPConnector:
    """Connections kept open between messages, as many as there are senders."""
    return aiohttp.TCPConnector(limit=0)


async def pause() -> None:
    """What a sender waits between an answer and its next message."""
    await asyncio.sleep(PAUSE)
