"""A document from the first words to the file on the phone, with the real service behind the page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any  # playwright ships no types that mypy follows here

import pytest

from tests.e2e.steps import say, until
from tests.unit.documents.samples import docx_text, pdf_text

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

# Where the picture for the docs is kept; KEEP_PICTURES=1 takes it anew.
PICTURE = Path(__file__).parents[2] / "docs" / "images" / "document-phone.png"
LINES = [
    "帮我写个劳动仲裁申请书，我在工地干了八个月，公司欠我三万二工资",
    "一、支付 2026 年 3 月到 10 月工资 32000 元",
    "苏州某某建筑工程有限公司",
    "不知道",
    "王小明",
    "其余留空",
]


async def fill_in(page: Any, lines: list[str]) -> None:
    for number, line in enumerate(lines, 1):
        await say(page, line)
        await until(page, 2 * number)


async def wide(page: Any) -> bool:
    """Whether anything stands out at the side of the screen."""
    found: bool = await page.evaluate(
        "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return found


async def test_from_the_chat_to_the_file(chat: Any, visit: Any) -> None:
    await fill_in(chat, LINES)
    preview = await chat.locator(".turn--bot .bubble__text").last.inner_text()
    assert "《劳动仲裁申请书》会这样填" in preview
    assert "⑤ 您的姓名：王小明" in preview
    await chat.click(".chip:has-text('两种都要')")
    await until(chat, 2 * len(LINES) + 2)

    cards = chat.locator("a.file")
    assert await cards.locator(".file__name").all_inner_texts() == [
        "劳动仲裁申请书.docx",
        "劳动仲裁申请书.pdf",
    ]
    assert not await wide(chat)
    box = await cards.first.bounding_box()
    assert box["height"] >= 44
    if os.environ.get("KEEP_PICTURES"):
        await cards.last.scroll_into_view_if_needed()
        await chat.screenshot(path=str(PICTURE))

    for card, read in ((cards.nth(0), docx_text), (cards.nth(1), pdf_text)):
        sheet = await opened(visit, card)
        async with sheet.expect_download() as loading:
            await sheet.click("button")
        download = await loading.value
        name = await card.locator(".file__name").inner_text()
        told = read(Path(await download.path()).read_bytes())

        assert download.suggested_filename == name
        assert "王小明" in told
        assert "苏州某某建筑工程有限公司" in told
        await sheet.reload()
        assert await sheet.inner_text("h1") == "这份文书已经下载过了"
        await sheet.close()


async def opened(visit: Any, card: Any) -> Any:
    """The page that a click on a file opens, its style sheet read."""
    async with visit.expect_page() as opening:
        await card.click()
    sheet = await opening.value
    await sheet.wait_for_load_state()
    return sheet


async def test_the_page_of_a_document_reads_well_on_a_phone(chat: Any, visit: Any) -> None:
    await fill_in(chat, ["帮我写一封信访信", "其余留空", "要PDF"])
    sheet = await opened(visit, chat.locator("a.file"))

    button = await sheet.locator("button").bounding_box()
    assert button["height"] >= 48
    assert not await wide(sheet)
    assert "只能下载一次" in await sheet.inner_text("main")
    # Its name would tell bystanders, and whoever finds the link, what it is about.
    assert "信访" not in await sheet.inner_text("main")
    await sheet.click(".sheet__link")
    await sheet.wait_for_selector("sufatong-chat[data-ready]")


async def test_the_page_of_a_document_is_accessible(chat: Any, visit: Any) -> None:
    from axe_playwright_python.async_playwright import Axe

    await fill_in(chat, ["帮我写一封信访信", "其余留空", "要PDF"])
    sheet = await opened(visit, chat.locator("a.file"))

    results = [await Axe().run(page) for page in (sheet, chat)]

    assert [v["id"] for r in results for v in r.response["violations"]] == []
