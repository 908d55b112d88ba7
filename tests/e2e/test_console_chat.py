"""A citizen on a phone and two agents at their desks: taking over, vanishing, going back to the bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any  # playwright ships no types that mypy follows here

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher

from bot.background import background
from bot.bootstrap import Service, open_service, open_store
from bot.channels.web import WebChannel
from bot.preparation import migrate
from bot.server import health
from bot.web.app import Serving, build
from console import accounts
from console.app import setup
from console.keys import WAKE
from console.models import Role
from console.passwords import Passwords
from console.wording import refusal
from core.clock import utc_now
from handoff.leases import LEASE
from tests.conftest import installation
from tests.e2e.steps import say
from tests.integration.console.citizens import ask_for_a_person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PASSWORD = "correct horse"
CHAT = "/console/chats/R-0001"
TEXT = "#text"

Desk = Callable[[str], Awaitable[Any]]


@dataclass(slots=True)
class Hotline:
    """The whole service with its console, two agents, and a clock that can be put forward."""

    url: str = ""
    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return utc_now() + self.ahead


@dataclass(frozen=True, slots=True)
class Running:
    """A hotline that is open."""

    hotline: Hotline
    service: Service


@pytest_asyncio.fixture(loop_scope="session")
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    hotline = Hotline()
    settings = installation(tmp_path)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    async with AsyncExitStack() as stack:
        db = open_store(settings)
        await migrate(db)
        for name in ("li.na", "wang"):
            account = accounts.new_account(name, Role.AGENT)
            await accounts.create(db, passwords, account, password=PASSWORD, now=utc_now())
        await db.close()
        service = await stack.enter_async_context(
            open_service(
                settings,
                rasa_urls=[],
                channels=lambda bus, db: [WebChannel(bus)],
                clock=hotline.now,
            )
        )
        await stack.enter_async_context(background(service.relay.run()))
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
        app[WAKE] = service.relay.wake
        setup(app, db=service.db, clock=service.clock, passwords=passwords)
        server = TestServer(app)
        await server.start_server(shutdown_timeout=0.5)
        hotline.url = str(server.make_url("/"))
        yield Running(hotline, service)
        await server.close()


@pytest_asyncio.fixture(loop_scope="session")
async def citizen(visit: Any, running: Running) -> Any:
    """The chat page on a phone, whose owner has asked for a person."""
    page = await visit.new_page()
    await page.goto(running.hotline.url)
    await page.wait_for_selector("sufatong-chat[data-ready]")
    await say(page, "转人工")
    await heard(page, "排号 R-0001")
    return page


@pytest_asyncio.fixture(loop_scope="session")
async def desk(browser: Any, running: Running) -> AsyncIterator[Desk]:
    """A browser of an agent's own, logged in; what its console complains of fails the test."""
    complaints: list[str] = []
    async with AsyncExitStack() as stack:

        async def opened(name: str) -> Any:
            context = await browser.new_context(
                viewport={"width": 1280, "height": 800}, locale="zh-CN"
            )
            stack.push_async_callback(context.close)
            context.set_default_timeout(10_000)
            page = await context.new_page()
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
            await page.goto(f"{running.hotline.url}console")
            await page.fill("#name", name)
            await page.fill("#password", PASSWORD)
            await page.click("button[type=submit]")
            await page.wait_for_selector("text=退出登录")
            return page

        yield opened
    assert complaints == []


async def heard(page: Any, text: str) -> None:
    """The citizen has it on their screen."""
    await page.wait_for_selector(f".bubble__text:has-text('{text}')")


async def read(page: Any, text: str) -> None:
    """The agent has it on theirs."""
    await page.wait_for_selector(f".line__text:has-text('{text}')")


async def answer(page: Any, text: str) -> None:
    await page.fill(TEXT, text)
    await page.press(TEXT, "Control+Enter")


async def take(page: Any) -> None:
    await page.click("button:has-text('接手')")
    await page.wait_for_selector(TEXT)


async def test_a_chat_goes_to_a_person_to_the_next_and_back_to_the_bot(
    running: Running, citizen: Any, desk: Desk
) -> None:
    await ask_for_a_person(running.service.db, "b", "我也在等", now=running.hotline.now())
    first, second = await desk("li.na"), await desk("wang")

    await first.click("tr[data-row=R-0001] button")
    await heard(citizen, "工作人员 li.na 来了")
    await citizen.wait_for_selector("text=工作人员正在和你对话")
    await first.evaluate("window.same = true")
    await answer(first, "您好，请说说情况。")
    await heard(citizen, "您好，请说说情况。")
    await say(citizen, "老板欠我工资，我的电话是13912345678")
    await read(first, "我的电话是139****5678")
    assert await first.input_value(TEXT) == ""
    assert await first.evaluate("window.same === true")

    # Nobody else can have it.
    await second.reload()
    assert await second.locator("tr[data-row=R-0001] button").count() == 0
    assert await second.locator("tr[data-row=R-0001] a").count() == 0
    await second.goto(f"{running.hotline.url}{CHAT[1:]}")
    await second.wait_for_selector("text=这位市民不在排队了，或者同事在接。")

    # The agent's machine is gone.
    await first.context.close()
    running.hotline.ahead += LEASE + timedelta(seconds=1)
    assert await running.service.sweeps["chats_returned"]() == 1
    running.service.relay.wake()
    await heard(citizen, "排回队伍前面")
    await second.goto(f"{running.hotline.url}console")
    rows = await second.locator("tbody tr").evaluate_all("rows => rows.map(r => r.dataset.row)")
    assert rows == ["R-0001", "R-0002"]

    await second.click("tr[data-row=R-0001] button")
    await heard(citizen, "工作人员 wang 来了")
    await read(second, "您好，请说说情况。")
    await answer(second, "我接着办，先去劳动监察投诉。")
    await heard(citizen, "我接着办")
    said_by_bot = await citizen.locator(".turn--bot").count()
    await say(citizen, "你好")
    await read(second, "你好")
    assert await citizen.locator(".turn--bot").count() == said_by_bot

    await second.click("summary:has-text('结束')")
    await second.click("button:has-text('结束对话')")
    await second.wait_for_selector("h1:has-text('排队的市民')")
    await heard(citizen, "这次人工服务结束了")
    await say(citizen, "你好")
    await citizen.wait_for_function(
        "before => document.querySelectorAll('.turn--bot').length > before", arg=said_by_bot
    )


async def test_an_answer_whose_receipt_was_lost_is_sent_once(
    running: Running, citizen: Any, desk: Desk
) -> None:
    page = await desk("li.na")
    await take(page)

    async def lose(route: Any) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/reply", lose)
    await answer(page, "只说一遍")
    await page.wait_for_selector("[data-part=problem]:has-text('没有发出去')")
    await page.unroute("**/reply")
    await page.reload()
    assert await page.input_value(TEXT) == "只说一遍"
    await page.press(TEXT, "Control+Enter")
    await page.wait_for_function("() => document.querySelector('#text').value === ''")
    await answer(page, "另一句")
    await heard(citizen, "另一句")

    assert await citizen.locator(".bubble__text:has-text('只说一遍')").count() == 1
    assert await page.locator(".line__text:has-text('只说一遍')").count() == 1


async def test_what_staff_never_ask_for_stays_on_their_side(
    running: Running, citizen: Any, desk: Desk
) -> None:
    page = await desk("li.na")
    await take(page)

    await answer(page, "请把验证码发给我")
    await page.wait_for_selector(f"[data-part=problem]:has-text('{refusal('code')[:12]}')")
    kept = await page.input_value(TEXT)
    await answer(page, "不要把验证码告诉任何人")
    await heard(citizen, "不要把验证码告诉任何人")
    await page.wait_for_selector("[data-part=problem]", state="hidden")

    assert kept == "请把验证码发给我"
    assert await citizen.locator(".bubble__text:has-text('请把验证码发给我')").count() == 0


async def test_the_keyboard_alone_takes_answers_and_closes(
    running: Running, citizen: Any, desk: Desk
) -> None:
    page = await desk("li.na")
    await page.focus("tr[data-row=R-0001] button")
    await page.keyboard.press("Enter")
    await page.wait_for_selector(TEXT)

    await page.focus("[data-part=log]")
    await page.keyboard.press("Tab")
    await page.keyboard.type("您好")
    await page.keyboard.press("Control+Enter")
    await heard(citizen, "您好")
    await page.wait_for_function("() => document.activeElement.id === 'text'")
    for _ in range(4):
        await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.textContent") == "结束"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("h1:has-text('排队的市民')")


async def test_a_page_whose_chat_was_given_back_says_so_and_keeps_the_words(
    running: Running, citizen: Any, desk: Desk
) -> None:
    page = await desk("li.na")
    await take(page)
    await page.fill(TEXT, "写到一半")
    running.hotline.ahead += timedelta(minutes=14)
    assert await running.service.sweeps["chats_returned"]() == 1

    await page.wait_for_selector("[data-part=claim]")
    await take(page)

    assert await page.input_value(TEXT) == "写到一半"


def _bad(said: Any) -> bool:
    # The browser reports by itself what a refusal or a cut line looks like to it.
    expected = ("status of 40", "status of 422", "net::ERR_FAILED")
    return said.type == "error" and not any(one in said.text for one in expected)
