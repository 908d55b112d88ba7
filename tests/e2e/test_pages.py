"""The pages beside the chat as people meet them: on a phone, without scripts, by keyboard, on paper."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any  # playwright ships no types that mypy follows here

import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.preparation import migrate
from cases.attachments import Upload, lay
from cases.clues import ClueDesk, Tip
from cases.models import Case
from cases.records import attachments_of
from cases.service import apply
from core.clock import utc_now
from db.engine import Database, open_database
from db.store import FolderStore
from tests.conftest import VAULT
from tests.e2e.chat_server import ChatServer
from tests.e2e.steps import BUBBLES, until
from tests.integration.bot.web.site import open_site
from tests.integration.cases.filings import FRESH, HAZARD, officer, opened
from tests.unit.cases.test_public_copies import photo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Where pictures to look at are kept, if anywhere.
PICTURES = os.environ.get("KEEP_PAGES", "")
CODE = "7QK2M9XD"
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}


class Town:
    """A served database with one petition, one public hazard and one clue that was answered."""

    def __init__(self, db: Database, store: FolderStore) -> None:
        self.db, self.store = db, store
        self.url = self.petition = self.hazard = self.receipt = ""

    async def furnish(self) -> None:
        """Put the three in."""
        now = utc_now()
        then = now - timedelta(days=20)
        steps = [officer(c, then, f"{c} 的说明。") for c in ("register", "transfer", "accept")]
        filing = replace(FRESH, at=then, code=CODE, title="电梯停用三周")
        self.petition = (await opened(self.db, filing, tuple(steps))).case.reference
        self.hazard = await self._hazard()
        tip = Tip(once="o" * 43, sub_kind="vice", district="320508", text="地下室聚赌")
        self.receipt = await ClueDesk(self.db, utc_now).drop(tip)
        async with self.db.write() as session:
            case = (await session.scalars(select(Case).where(Case.kind == "XS"))).one()
            ask = officer("ask", utc_now(), "是哪一个门牌？白天有人吗？")
            await apply(session, self.db.vault, case, ask)

    async def _hazard(self) -> str:
        filed = utc_now() - timedelta(days=9)
        steps = (
            officer("accept", filed, "属实。"),
            replace(officer("assign", filed), days=7, agency="桂花新村物业"),
            officer("list", filed, "挂牌。"),
        )
        made = await opened(self.db, replace(HAZARD, at=filed), steps)
        async with self.db.write() as session:
            case = await session.get_one(Case, made.case.id)
            for stage in ("before", "after"):
                sent = Upload(
                    content=photo("JPEG", size=(800, 600 if stage == "after" else 640)),
                    name="x",
                    stage=stage,
                )
                kept = await lay(self.store, sent)
                note = replace(officer("note", utc_now(), "有照片。"), files=(kept,))
                await apply(session, self.db.vault, case, note)
            files = frozenset(f.id for f in await attachments_of(session, case))
            publish = replace(officer("publish", utc_now()), show=files)
            await apply(session, self.db.vault, case, publish)
        return made.case.reference


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def furnished(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    folder = tmp_path_factory.mktemp("town")
    db = open_database(f"sqlite+aiosqlite:///{folder / 'sufatong.db'}", VAULT)
    await migrate(db)
    made = Town(db, FolderStore(folder / "attachments"))
    await made.furnish()
    yield made
    await db.close()


@pytest_asyncio.fixture(loop_scope="session")
async def town(furnished: Town) -> AsyncIterator[Town]:
    """Served anew for each test: nobody has tried anything there yet."""
    async with open_site(furnished.db, store=furnished.store) as site:
        furnished.url = str(site.server.make_url(""))
        yield furnished


@pytest_asyncio.fixture(loop_scope="session")
async def plain(browser: Any) -> AsyncIterator[Any]:
    """A small phone on which no script runs."""
    context = await browser.new_context(
        viewport=PHONE, locale="zh-CN", java_script_enabled=False, has_touch=True
    )
    context.set_default_timeout(10_000)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="session", params=["phone", "desk"])
async def seen(request: pytest.FixtureRequest, browser: Any) -> AsyncIterator[Any]:
    """A page: light on a phone, dark on a desk; what it logs as an error fails the test."""
    size, scheme = {"phone": (PHONE, "light"), "desk": (DESK, "dark")}[request.param]
    context = await browser.new_context(viewport=size, locale="zh-CN", color_scheme=scheme)
    context.set_default_timeout(10_000)
    page, errors = await context.new_page(), []
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    page.how = request.param
    yield page
    # The refusal that a wrong code gets is an error to the browser's console.
    assert [e for e in errors if "403" not in e and "422" not in e] == []
    await context.close()


async def looks_right(page: Any, name: str) -> None:
    """Nothing at the side of the screen, large type, thumb-sized, nothing that axe finds; and a picture."""
    from axe_playwright_python.async_playwright import Axe

    await page.wait_for_load_state()
    assert await page.evaluate(
        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
    sizes = await page.evaluate(
        """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, summary')]
            .map(node => node.getBoundingClientRect().height)"""
    )
    assert [height for height in sizes if height < 44] == []
    assert (
        float((await page.evaluate("() => getComputedStyle(document.body).fontSize"))[:-2]) >= 17
    )
    if PICTURES:
        await page.screenshot(path=f"{PICTURES}/{name}-{page.how}.png", full_page=True)
    results = await Axe().run(page)
    assert [v["id"] for v in results.response["violations"]] == []


async def test_a_case_is_followed_without_a_script(plain: Any, town: Town) -> None:
    await plain.goto(f"{town.url}/t/{town.petition}")
    await plain.fill("#code", "7QK2M9XE")
    await plain.click("button")
    assert "对不上" in await plain.inner_text("[role=alert]")

    await plain.fill("#code", CODE.lower())
    await plain.keyboard.press("Enter")
    await plain.wait_for_selector(".line")

    assert await plain.inner_text("h1") == "信访件：办理中"
    labels = await plain.locator(".line strong").all_inner_texts()
    assert labels == ["收到", "登记", "转送", "受理", "办结"]
    assert CODE not in await plain.content()
    assert CODE not in plain.url


async def test_the_page_of_a_case_looks_right(seen: Any, town: Town) -> None:
    await seen.goto(f"{town.url}/t/{town.petition}")
    await looks_right(seen, "track-ask")
    await seen.fill("#code", "XXXXXXXX")
    await seen.click("button")
    await looks_right(seen, "track-wrong")
    await seen.fill("#code", CODE)
    await seen.click("button")
    await looks_right(seen, "track-found")


async def test_on_paper_there_is_what_matters_and_a_code_that_leads_back(
    visit: Any, town: Town
) -> None:
    seen = await visit.new_page()
    await seen.goto(f"{town.url}/t/{town.petition}")
    await seen.fill("#code", CODE)
    await seen.click("button")
    await seen.wait_for_selector(".line")
    await seen.wait_for_load_state()
    await seen.emulate_media(media="print")

    assert await seen.locator(".code").is_visible()
    assert await seen.locator(".line").is_visible()
    assert not await seen.locator(".sheet__link").first.is_visible()
    width = await seen.evaluate("() => document.querySelector('.code').naturalWidth")
    assert width > 0
    if PICTURES:
        await seen.screenshot(path=f"{PICTURES}/track-paper.png", full_page=True)


async def test_hazards_are_found_without_a_script(plain: Any, town: Town) -> None:
    await plain.goto(f"{town.url}/hazards")
    await plain.select_option("#district", "320506")
    await plain.click("button")
    assert "没有符合条件的" in await plain.inner_text("main")
    assert "district=320506" in plain.url

    await plain.select_option("#district", "320508")
    await plain.select_option("#state", "listed")
    await plain.click("button")
    await plain.click(".card a")

    assert await plain.inner_text("h1") == "消防：整改中"
    assert await plain.locator(".photo img").count() == 2


async def test_the_pages_of_hazards_look_right(seen: Any, town: Town) -> None:
    await seen.goto(f"{town.url}/hazards")
    await looks_right(seen, "hazards")
    await seen.click(".card a")
    await seen.locator(".photo img").last.scroll_into_view_if_needed()
    await seen.wait_for_function(
        "() => [...document.images].every(image => image.naturalWidth > 0)"
    )
    await looks_right(seen, "hazard")


def chosen(name: str, content: bytes) -> Any:  # Any: as the browser's driver takes a file
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


async def test_a_clue_is_left_and_answered_without_a_script(plain: Any, town: Town) -> None:
    await plain.goto(f"{town.url}/clue")
    await plain.select_option("#kind", "environment")
    await plain.select_option("#district", "320506")
    await plain.fill("#text", "半夜有车往河里倒东西")
    await plain.set_input_files("#photos", chosen("车牌.jpg", photo("JPEG")[:300]))
    await plain.click("button")
    assert "有一张打不开" in await plain.inner_text("#photos-wrong")
    assert await plain.input_value("#text") == "半夜有车往河里倒东西"
    await plain.set_input_files("#photos", chosen("车牌.jpg", photo("JPEG")))
    await plain.click("button")
    receipt = await plain.inner_text(".receipt")

    await plain.click("text=信箱")
    await plain.fill("#receipt", receipt)
    await plain.click("button")
    assert await plain.inner_text("h1") == "已收到，等工作人员看"
    await plain.fill("#text", "车牌最后两位是 17")
    await plain.click("button")

    assert "您写的收到了" in await plain.inner_text("[role=status]")
    assert await plain.context.cookies() == []
    assert receipt.replace(" ", "") not in plain.url


async def test_the_letter_box_looks_right(seen: Any, town: Town) -> None:
    await seen.goto(f"{town.url}/clue")
    await looks_right(seen, "clue")
    await seen.click("summary")
    await looks_right(seen, "clue-more")
    await seen.select_option("#kind", "other")
    await seen.evaluate("() => document.querySelector('#text').required = false")
    await seen.click("button")
    assert "请写几句" in await seen.inner_text("main")
    await looks_right(seen, "clue-wrong")
    await seen.fill("#text", "看到的")
    await seen.click("button")
    await looks_right(seen, "clue-kept")


async def test_the_box_looks_right(seen: Any, town: Town) -> None:
    await seen.goto(f"{town.url}/clue/box")
    await looks_right(seen, "box-ask")
    await seen.fill("#receipt", "0" * 16)
    await seen.click("button")
    await looks_right(seen, "box-wrong")
    await seen.fill("#receipt", town.receipt)
    await seen.click("button")
    await looks_right(seen, "box")


async def test_everything_is_in_reach_of_the_keyboard(visit: Any, town: Town) -> None:
    seen = await visit.new_page()
    await seen.goto(f"{town.url}/t/{town.petition}")
    await seen.keyboard.press("Tab")
    await seen.keyboard.type(CODE)
    await seen.keyboard.press("Tab")
    focused = await seen.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
    await seen.keyboard.press("Enter")
    await seen.wait_for_selector(".line")

    assert focused == "solid"


async def test_the_receipt_in_the_chat_leads_to_its_page(page: Any, server: ChatServer) -> None:
    link = {"kind": "page", "url": "/t/XF3205082610120001236", "mime": None, "name": "进度页"}
    box = {"kind": "page", "url": "/clue", "mime": None, "name": "匿名举报信箱"}
    server.say("收好", attachments=[link, box])
    await until(page, 1)

    cards = page.locator(f"{BUBBLES} ~ .file, .file")
    assert await cards.locator(".file__name").all_inner_texts() == ["进度页", "匿名举报信箱"]
    code = cards.first.locator("img")
    assert await code.get_attribute("src") == "/t/XF3205082610120001236/qr.svg"
    assert "二维码" in await code.get_attribute("alt")
    assert await cards.last.locator("img").count() == 0
    hints = await cards.locator(".file__hint").all_inner_texts()
    assert hints == ["点这里打开，或者用手机扫一扫", "点这里打开"]
    assert (await cards.first.bounding_box())["height"] >= 44
