"""One browser for all page tests; every test gets its own server and its own clean visit."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # playwright ships no types that mypy follows here

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.background import background
from bot.bootstrap import open_service, open_store
from bot.channels.web import WebChannel
from bot.preparation import migrate
from bot.server import health
from bot.web.app import Serving, build
from tests.conftest import installation
from tests.e2e.chat_server import ChatServer

CHROMIUM = Path("/usr/bin/chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NEUTRAL = "https://www.baidu.com/**"


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Any]:
    if not CHROMIUM.exists():
        reason = f"no browser: {CHROMIUM} is missing (apt-get install chromium)"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.async_api import async_playwright

    async with async_playwright() as driver:
        chromium = await driver.chromium.launch(executable_path=str(CHROMIUM), args=QUIET)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[ChatServer]:
    chat = ChatServer()
    runner = web.AppRunner(chat.app(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    chat.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield chat
    chat.hang_up()
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Any) -> AsyncIterator[Any]:
    """A phone-sized browser context; the neutral page of the quick exit is answered locally."""
    context = await browser.new_context(viewport={"width": 390, "height": 800}, locale="zh-CN")
    context.set_default_timeout(10_000)
    await context.route(NEUTRAL, _neutral_page)
    yield context
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(visit: Any, server: ChatServer) -> AsyncIterator[Any]:
    """The chat page, opened and ready; an error in its scripts fails the test."""
    errors: list[str] = []
    opened = await visit.new_page()
    opened.on("pageerror", lambda error: errors.append(str(error)))
    await opened.goto(server.url)
    await opened.wait_for_selector("sufatong-chat[data-ready]")
    yield opened
    assert errors == []


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def address(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The whole service without Rasa: what these messages want is told by rules."""
    settings = installation(tmp_path_factory.mktemp("installation"))
    db = open_store(settings)
    await migrate(db)
    await db.close()
    async with (
        open_service(
            settings, rasa_urls=[], channels=lambda bus, db: [WebChannel(bus)]
        ) as service,
        background(service.relay.run()),
    ):
        app = build(
            Serving(
                db=service.db,
                inbox=service.inbox,
                bus=service.bus,
                clock=service.clock,
                library=service.library.current,
                uploads=service.uploads,
                health=health(service, {}),
            )
        )
        server = TestServer(app)
        await server.start_server(shutdown_timeout=0.5)
        yield str(server.make_url("/"))
        await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def chat(visit: Any, address: str) -> AsyncIterator[Any]:
    """The chat page on a phone; an error in its scripts fails the test."""
    errors: list[str] = []
    page = await visit.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(address)
    await page.wait_for_selector("sufatong-chat[data-ready]")
    yield page
    assert errors == []


async def _neutral_page(route: Any) -> None:
    await route.fulfill(body="<title>neutral</title>", content_type="text/html; charset=utf-8")
