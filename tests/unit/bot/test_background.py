"""A task lives as long as its context."""

from __future__ import annotations

import asyncio

import pytest

from bot.background import background


async def test_cancelled_and_awaited_at_the_end() -> None:
    steps: list[str] = []

    async def work() -> None:
        steps.append("started")
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            steps.append("ended")

    async with background(work()):
        await asyncio.sleep(0)
        assert steps == ["started"]

    assert steps == ["started", "ended"]


async def test_work_that_ended_by_itself_is_fine() -> None:
    async with background(asyncio.sleep(0)):
        await asyncio.sleep(0.01)


async def test_work_that_failed_is_told_at_the_end() -> None:
    async def fail() -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        async with background(fail()):
            await asyncio.sleep(0)
