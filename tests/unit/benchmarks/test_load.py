from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from benchmarks.load import MESSAGES_A_TALK, Timings, ask_at_once, ask_in_turn, pairs
from benchmarks.talk import NotAnswered, Talk, Turn

TURN = Turn(first=0.01, whole=0.02, replies=1)


class Recorder:
    """A side that writes down what it was asked and fails on request."""

    def __init__(self, name: str, log: list[str], fails: Callable[[str], bool]) -> None:
        self.name = name
        self.log = log
        self.fails = fails
        self.opened = 0
        self.closed = 0
        self.busy = 0
        self.busiest = 0

    async def open(self) -> Talk:
        self.opened += 1
        return RecorderTalk(self)


class RecorderTalk:
    def __init__(self, side: Recorder) -> None:
        self.side = side
        self.over = False

    async def say(self, text: str) -> Turn:
        self.side.busy += 1
        self.side.busiest = max(self.side.busiest, self.side.busy)
        await asyncio.sleep(0.001)
        self.side.busy -= 1
        self.side.log.append(f"{self.side.name}{text}")
        self.over = text == "person"
        if self.side.fails(text):
            raise NotAnswered("HTTP 500")
        return TURN

    async def close(self) -> None:
        self.side.closed += 1


def never(_text: str) -> bool:
    return False


async def test_blocks_alternate_the_order_of_sides() -> None:
    log: list[str] = []
    sides = [Recorder("a", log, never), Recorder("b", log, never)]
    timings = await ask_in_turn(sides, ["1", "2", "3", "4"], block=2)
    assert log == ["a1", "a2", "b1", "b2", "b3", "b4", "a3", "a4"]
    assert [len(one.turns) for one in timings] == [4, 4]
    assert [side.opened for side in sides] == [side.closed for side in sides] == [2, 2]


async def test_a_failure_is_counted_and_does_not_shift_the_pairs() -> None:
    sides = [Recorder("a", [], lambda text: text == "2"), Recorder("b", [], never)]
    ours, peer = await ask_in_turn(sides, ["1", "2", "3"])
    assert ours.turns == [TURN, None, TURN]
    assert ours.failures == ["HTTP 500"]
    assert ours.unanswered == ["2"]
    assert pairs(ours, peer) == [(0.02, 0.02), (0.02, 0.02)]


async def test_a_new_citizen_comes_after_a_conversation_went_to_a_person() -> None:
    side = Recorder("", [], never)
    [timings] = await ask_in_turn([side], ["1", "person", "2"])
    assert timings.turns == [TURN] * 3
    assert side.opened == side.closed == 2


async def test_a_side_that_cannot_be_reached_fails_every_message() -> None:
    class Closed(Recorder):
        async def open(self) -> Talk:
            raise NotAnswered("no conversation")

    one = await ask_at_once(Closed("a", [], never), ["1", "2"], senders=1)
    assert (one.answered, one.failures) == (0, ["no conversation"] * 2)


async def test_throughput_asks_each_message_once_with_all_senders_busy() -> None:
    side = Recorder("", [], never)
    messages = [str(n) for n in range(60)]
    one = await ask_at_once(side, messages, senders=4)
    assert sorted(side.log) == sorted(messages)
    assert (one.answered, side.busiest) == (60, 4)
    assert side.opened == side.closed >= 60 / MESSAGES_A_TALK
    assert one.messages_per_second == 60 / one.seconds


async def test_throughput_starts_nothing_after_its_time() -> None:
    side = Recorder("", [], never)
    one = await ask_at_once(side, [str(n) for n in range(10_000)], senders=2, seconds=0.05)
    assert 0 < one.answered < 200
    assert one.failures == []


def test_pairs_need_the_same_messages() -> None:
    with pytest.raises(ValueError, match="zip"):
        pairs(Timings(turns=[TURN]), Timings(turns=[]))
