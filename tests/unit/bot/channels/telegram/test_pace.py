"""The pace: a message a second to one person, thirty a second in all, nobody waits for nothing."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.pace import CHATS_REMEMBERED, Pace


class Clock:
    """Time that passes only while someone sleeps."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def paced(clock: Clock, *, overall: int = 30) -> Pace:
    return Pace(overall=overall, now=lambda: clock.now, sleep=clock.sleep)


async def moments(chats: list[int], *, overall: int = 30) -> list[tuple[int, float]]:
    clock = Clock()
    pace = paced(clock, overall=overall)
    gone = []
    for chat in chats:
        await pace.turn(chat)
        gone.append((chat, clock.now - 100))
    return gone


async def test_one_person_gets_a_message_a_second() -> None:
    assert await moments([7, 7, 7]) == [(7, 0), (7, 1), (7, 2)]


async def test_people_who_were_quiet_do_not_wait() -> None:
    assert await moments([7, 8, 9]) == [(7, 0), (8, 0), (9, 0)]


async def test_a_burst_to_many_stays_within_the_limit_of_all() -> None:
    assert [at for _, at in await moments(list(range(7)), overall=3)] == [0, 0, 0, 1, 1, 1, 2]


async def test_a_pause_is_not_paid_for_twice() -> None:
    clock = Clock()
    pace = paced(clock)
    await pace.turn(7)
    clock.now += 5

    await pace.turn(7)

    assert clock.slept == []


async def test_a_busy_person_takes_no_place_in_advance() -> None:
    """Real time: ten messages wait for one chat while another, idle, is served at once."""
    pace = Pace(per_chat=0.05, overall=3)
    busy = [asyncio.create_task(pace.turn(7)) for _ in range(10)]
    await asyncio.sleep(0)

    async with asyncio.timeout(0.04):
        await pace.turn(8)

    for task in busy:
        task.cancel()
    await asyncio.gather(*busy, return_exceptions=True)


@given(
    chats=st.lists(st.integers(1, 4), max_size=40),
    overall=st.integers(1, 5),
)
def test_no_order_of_messages_breaks_a_limit(chats: list[int], overall: int) -> None:
    gone = asyncio.run(moments(chats, overall=overall))

    for chat in set(chats):
        own = [at for c, at in gone if c == chat]
        assert [b - a for a, b in pairwise(own) if b - a < 1 - 1e-9] == []
    times = [at for _, at in gone]
    assert [b - a for a, b in zip(times, times[overall:], strict=False) if b - a < 1 - 1e-9] == []


async def test_messages_that_come_at_once_for_one_person_keep_their_distance() -> None:
    pace = Pace(per_chat=0.03)
    gone: list[float] = []

    async def message() -> None:
        await pace.turn(7)
        gone.append(time.monotonic())

    await asyncio.gather(*(message() for _ in range(4)))

    assert [b - a > 0.025 for a, b in pairwise(gone)] == [True, True, True]


def test_a_hold_ends_by_itself() -> None:
    clock = Clock()
    pace = paced(clock)
    pace.hold(7, timedelta(seconds=3))
    assert (pace.held(7), pace.held(8)) == (timedelta(seconds=3), None)

    clock.now += 3

    assert pace.held(7) is None


async def test_idle_chats_are_forgotten() -> None:
    clock = Clock()
    pace = paced(clock, overall=10_000)
    for chat in range(CHATS_REMEMBERED):
        await pace.turn(chat)
    clock.now += 2

    await pace.turn(0)

    assert len(pace._free_at) == 1
