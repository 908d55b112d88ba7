"""Two ways of asking: one message after the other on both sides in turn, or many senders at once."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.talk import NotAnswered, Side, Talk, Turn

BLOCK = 10
# So many that both sides are at their limit, although each sender pauses between its turns.
SENDERS = 32
MESSAGES_A_TALK = 10
ROUND_SECONDS = 60.0


@dataclass(slots=True, kw_only=True)
class Timings:
    """A side's turns, message by message; ``None`` where no answer came, and why it did not."""

    turns: list[Turn | None] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def answered(self) -> list[Turn]:
        return [turn for turn in self.turns if turn is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One throughput round of one side: seconds include opening the conversations."""

    answered: int
    seconds: float
    turns: list[Turn]
    failures: list[str]
    unanswered: list[str]

    @property
    def messages_per_second(self) -> float:
        return self.answered / self.seconds


async def ask_in_turn(
    sides: Sequence[Side], messages: Sequence[str], *, block: int = BLOCK
) -> list[Timings]:
    """Each message once to each side, one at a time, in blocks whose order of sides alternates.

    A block is one conversation. Slow drift of the machine falls on all sides alike.
    """
    timings = [Timings() for _ in sides]
    order = list(range(len(sides)))
    for start in range(0, len(messages), block):
        for index in order:
            await _converse(sides[index], messages[start : start + block], timings[index])
        order.reverse()
    return timings


async def ask_at_once(
    side: Side,
    messages: Sequence[str],
    *,
    senders: int = SENDERS,
    seconds: float = ROUND_SECONDS,
) -> Round:
    """All messages through ``senders`` citizens at once, each sending its next when answered.

    No message starts after ``seconds``; a citizen leaves after ``MESSAGES_A_TALK`` messages and
    another comes.
    """
    waiting = deque(messages)
    timings = Timings()
    begun = time.perf_counter()

    def take() -> Iterator[str]:
        for _ in range(MESSAGES_A_TALK):
            if not waiting or time.perf_counter() - begun > seconds:
                return
            yield waiting.popleft()

    async def serve() -> None:
        while waiting and time.perf_counter() - begun < seconds:
            await _converse(side, take(), timings)

    await asyncio.gather(*(serve() for _ in range(senders)))
    return Round(
        answered=len(timings.answered),
        seconds=time.perf_counter() - begun,
        turns=timings.answered,
        failures=timings.failures,
        unanswered=timings.unanswered,
    )


def pairs(ours: Timings, peer: Timings) -> list[tuple[float, float]]:
    """Whole-turn seconds of both sides for each message that both answered."""
    return [
        (a.whole, b.whole)
        for a, b in zip(ours.turns, peer.turns, strict=True)
        if a is not None and b is not None
    ]


async def _converse(side: Side, messages: Iterable[str], timings: Timings) -> None:
    talk: Talk | None = None
    try:
        for message in messages:
            try:
                # Opened again after a failure: what was lost must not fail the next message.
                talk = talk or await side.open()
                timings.turns.append(await talk.say(message))
            except NotAnswered as failure:
                timings.turns.append(None)
                timings.failures.append(str(failure))
                timings.unanswered.append(message)
                if talk is not None:
                    await talk.close()
                    talk = None
                continue
            if talk.over:
                await talk.close()
                talk = None
    finally:
        if talk is not None:
            await talk.close()
