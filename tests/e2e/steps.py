"""What page tests do again and again: open, say, wait, read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any  # playwright ships no types that mypy follows here

from tests.e2e.chat_server import ChatServer

FIELD = "#field"
BUBBLES = ".bubble__text"


async def open_chat(visit: Any, server: ChatServer) -> Any:
    page = await visit.new_page()
    await page.goto(server.url)
    await page.wait_for_selector("sufatong-chat[data-ready]")
    return page


async def say(page: Any, text: str) -> None:
    await page.fill(FIELD, text)
    await page.press(FIELD, "Enter")


async def texts(page: Any) -> list[str]:
    found: list[str] = await page.locator(BUBBLES).all_text_contents()
    return found


async def until(page: Any, turns: int) -> None:
    await page.wait_for_function(
        "turns => document.querySelectorAll('.turn[data-seq]').length === turns", arg=turns
    )


async def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - the server is a plain object without events
            await asyncio.sleep(0.02)
