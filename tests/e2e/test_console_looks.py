"""The console in a browser: what its pages look like to axe, keyboard and a narrow screen."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any  # playwright ships no types that mypy follows here

import pytest
import pytest_asyncio
from aiohttp import web
from argon2 import PasswordHasher

from bot.preparation import migrate
from bot.web import middleware
from console import accounts
from console.app import setup
from console.models import Role
from console.passwords import Passwords
from core.clock import utc_now
from db.encryption import Vault
from db.engine import Database, open_database
from tests.integration.console.citizens import ask_for_a_person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PASSWORD = "correct horse"
SIZES = [(1280, 800), (768, 1024), (390, 800)]
PICTURES = os.environ.get("KEEP_PAGES", "")
SERIOUS = {"serious", "critical"}


@dataclass(frozen=True, slots=True)
class Console:
    """A console on loopback with two agents, li.na and wang, and a supervisor, chen."""

    url: str
    db: Database


@pytest_asyncio.fixture(loop_scope="session")
async def console(tmp_path: Path) -> AsyncIterator[Console]:
    vault = Vault({"k1": b"\x01" * 32}, current="k1")
    db = open_database(f"sqlite+aiosqlite:///{tmp_path / 'console.db'}", vault)
    await migrate(db)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    staff = {"li.na": Role.AGENT, "wang": Role.AGENT, "chen": Role.SUPERVISOR}
    for name, role in staff.items():
        account = accounts.new_account(name, role)
        await accounts.create(db, passwords, account, password=PASSWORD, now=utc_now())
    app = web.Application(middlewares=[middleware.errors, middleware.same_origin])
    app.on_response_prepare.append(middleware.add_headers)
    app.router.add_static("/static", Path(middleware.__file__).parent / "static")
    setup(app, db=db, clock=utc_now, passwords=passwords)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Console(f"http://127.0.0.1:{runner.addresses[0][1]}/console", db)
    await runner.cleanup()
    await db.close()


@pytest_asyncio.fixture(loop_scope="session")
async def staff_page(browser: Any, console: Console) -> AsyncIterator[Any]:
    """The login page; anything its console complains of, such as a blocked style, fails the test."""
    context = await browser.new_context(locale="zh-CN")
    context.set_default_timeout(10_000)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if _bad(said) else None)
    await page.goto(console.url)
    yield page
    await context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_every_page_fits_and_axe_finds_nothing_serious(
    staff_page: Any, console: Console, width: int, height: int, scheme: str
) -> None:
    await ask_for_a_person(console.db, "a", "老板欠我三个月工资" * 9, now=utc_now())
    await ask_for_a_person(console.db, "b", "救命", urgent=True, now=utc_now())
    await staff_page.emulate_media(color_scheme=scheme)
    await staff_page.set_viewport_size({"width": width, "height": height})

    login = await _faults(staff_page)
    await _log_in(staff_page)
    queue = await _faults(staff_page)

    assert await staff_page.locator("tbody tr").count() == 2
    await staff_page.click("text=R-0001")
    await _drawn(staff_page, "[data-part=claim]")
    waiting = await _faults(staff_page)
    await staff_page.click("[data-part=claim]")
    await _drawn(staff_page, "#text")
    await staff_page.click("summary:has-text('转给同事')")
    served = await _faults(staff_page)
    assert (login, queue, waiting, served) == ([], [], [], [])


async def _drawn(page: Any, selector: str) -> None:
    """Wait for what only the next page has, and for that page's styles."""
    await page.wait_for_selector(selector)
    await page.wait_for_load_state("load")


async def test_the_keyboard_alone_goes_in_and_out(staff_page: Any) -> None:
    assert await _focused(staff_page) == "name"
    await staff_page.keyboard.type("li.na")
    await staff_page.keyboard.press("Tab")
    await staff_page.keyboard.type(PASSWORD)
    await staff_page.keyboard.press("Enter")
    await staff_page.wait_for_selector("text=排队的市民")

    await staff_page.keyboard.press("Tab")
    skip = await staff_page.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    for _ in ("值班表", "退出登录"):
        await staff_page.keyboard.press("Tab")
    await staff_page.keyboard.press("Enter")
    await staff_page.wait_for_selector("#password")

    assert skip is True


async def test_after_a_wrong_password_one_types_on_at_the_password(staff_page: Any) -> None:
    await staff_page.fill("#name", "li.na")
    await staff_page.fill("#password", "wrong password")
    async with staff_page.expect_navigation():
        await staff_page.press("#password", "Enter")

    assert await staff_page.locator("[role=alert]").is_visible()
    assert await _focused(staff_page) == "password"
    assert await staff_page.input_value("#name") == "li.na"


async def test_who_comes_appears_and_what_is_selected_stays(
    staff_page: Any, console: Console
) -> None:
    await staff_page.clock.install()
    await ask_for_a_person(console.db, "a", "第一句", now=utc_now())
    await _log_in(staff_page)
    await staff_page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('tbody th'))"
    )
    selected = await staff_page.evaluate("String(getSelection())")
    await ask_for_a_person(console.db, "a", "第一句", "又一句", urgent=True, now=utc_now())

    await staff_page.clock.run_for(10_000)
    await staff_page.wait_for_selector(".said:has-text('又一句')")
    kept = await staff_page.evaluate("String(getSelection())")
    await ask_for_a_person(console.db, "b", "新来的", now=utc_now())
    await staff_page.clock.run_for(10_000)
    await staff_page.wait_for_selector(".said:has-text('新来的')")

    assert selected == "R-0001"
    assert kept == selected
    assert await staff_page.locator(".mark").count() == 1


PLAN = """teams:
  - name: 综合岗
    hours: [工作日 09:00-12:00 13:30-17:30, 周六 09:00-12:00]
  - name: 劳动岗
    takes: [legal_labour, wage_complaint]
    hours: [工作日 09:00-11:30]
people:
  wang.min: {mail: wang.min@example.com}
  li.na: {mail: li.na@example.com}
rota:
  - {when: 每天 08:00-24:00, call: [wang.min, [wang.min, li.na]]}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
async def test_a_supervisor_changes_the_duty_plan_and_axe_finds_nothing_serious(
    staff_page: Any, width: int, height: int, scheme: str
) -> None:
    await staff_page.emulate_media(color_scheme=scheme)
    await staff_page.set_viewport_size({"width": width, "height": height})
    await _log_in(staff_page, "chen")
    await staff_page.click("a:has-text('值班表')")
    await _drawn(staff_page, "textarea")
    empty = await _faults(staff_page)

    await staff_page.fill("#text", PLAN.replace("每天", "每日"))
    await staff_page.click("button:has-text('先检查')")
    await _drawn(staff_page, "[role=alert]")
    faulty = await _faults(staff_page)
    await staff_page.fill("#text", PLAN)
    await staff_page.click("button:has-text('先检查')")
    await _drawn(staff_page, "[role=status]")
    await staff_page.click("button:has-text('保存')")
    await _drawn(staff_page, "text=第 1 版")
    kept = await _faults(staff_page)
    await _photograph(staff_page, f"console-duty-{width}-{scheme}")

    assert await staff_page.locator("tbody tr").count() == 14
    assert (empty, faulty, kept) == ([], [], [])


async def _photograph(page: Any, name: str) -> None:
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)


async def _log_in(page: Any, name: str = "li.na") -> None:
    await page.fill("#name", name)
    await page.fill("#password", PASSWORD)
    await page.click("button[type=submit]")
    await page.wait_for_selector("text=退出登录")


async def _focused(page: Any) -> str:
    focused: str = await page.evaluate("document.activeElement.id")
    return focused


async def _faults(page: Any) -> list[str]:
    """What axe calls serious, and whether the page must be scrolled sideways."""
    from axe_playwright_python.async_playwright import Axe

    found = (await Axe().run(page)).response["violations"]
    faults = [json.dumps(v, ensure_ascii=False) for v in found if v["impact"] in SERIOUS]
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*faults, *(["too wide"] if wide else [])]


def _bad(said: Any) -> bool:
    # The browser reports the status of a refused login and of a faulty form by itself.
    return said.type == "error" and not any(f"status of {s}" in said.text for s in (403, 422))
