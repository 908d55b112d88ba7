"""The citizen's chat page in a real browser: asking, choosing, reading articles."""

from __future__ import annotations

from typing import Any  # playwright ships no types that mypy follows here

import pytest

from tests.e2e.chat_server import ChatServer, Json
from tests.e2e.steps import FIELD, eventually, say, texts, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ARTICLE = ("劳动合同法", "第三十八条")
CHOICE: Json = {
    "text": "你还在上班吗？",
    "quick_replies": [
        {"title": "还在干", "payload": "inform/working"},
        {"title": "不干了", "payload": "inform/left"},
    ],
}


async def test_a_question_and_its_answer_stand_in_the_page(page: Any, server: ChatServer) -> None:
    server.answers["欠薪怎么办"] = [{"text": "先打 12333，**不收费**。"}]

    await say(page, "欠薪怎么办")

    await until(page, 2)
    assert await texts(page) == ["欠薪怎么办", "先打 12333，不收费。"]
    assert server.posts[0]["text"] == "欠薪怎么办"
    assert server.posts[0]["attachments"] == []
    assert await page.locator(".turn__state").count() == 0
    assert await page.locator(".bubble strong").inner_text() == "不收费"


async def test_entries_say_their_titles(page: Any, server: ChatServer) -> None:
    entries = page.locator(".entry")
    payloads = await entries.evaluate_all("all => all.map(entry => entry.dataset.payload)")

    await page.click(".entry--urgent")
    await until(page, 1)

    assert payloads == [
        "help/legal",
        "fraud_check",
        "fraud_emergency",
        "petition_status",
        "report_clue",
        "human_handoff",
    ]
    assert server.posts[0]["payload"] == "fraud_emergency"
    assert server.posts[0]["title"] == "我被骗了"
    assert await page.locator("[data-part=welcome]").is_hidden()


async def test_entries_come_back_from_the_menu(page: Any, server: ChatServer) -> None:
    await say(page, "你好")
    await until(page, 1)

    await page.click("[data-part=menu]")
    await page.click(".drawer .entry >> text=查进度")
    await until(page, 2)

    assert server.posts[1]["payload"] == "petition_status"
    assert await page.locator("[data-part=drawer]").is_hidden()


async def test_only_the_newest_quick_replies_can_be_pressed(page: Any, server: ChatServer) -> None:
    server.answers["欠薪"] = [CHOICE, {"text": "慢慢说。"}]
    server.answers["inform/left"] = [{"text": "什么时候走的？", "quick_replies": [
        {"title": "今年", "payload": "inform/this_year"},
    ]}]  # fmt: skip
    await say(page, "欠薪")
    await until(page, 3)
    server.mute_streams = True

    await page.click(".chip >> text=不干了")
    await page.wait_for_selector(".chip:disabled")
    disabled = await page.locator(".chip:disabled").all_inner_texts()
    server.mute_streams = False
    server.hang_up()
    await until(page, 5)

    assert disabled == ["还在干", "不干了"]
    assert server.posts[1]["payload"] == "inform/left"
    assert await page.locator(".chip").all_inner_texts() == ["今年"]
    assert await page.locator(".chip:disabled").count() == 0


async def test_a_call_among_the_quick_replies_dials(page: Any, server: ChatServer) -> None:
    server.say("先打电话。", safety=True, quick_replies=[{"title": "拨 12356", "payload": "call"}])
    await until(page, 1)

    assert await page.locator("a.chip").get_attribute("href") == "tel:12356"
    assert await page.locator(".bubble--safety").count() == 1


async def test_the_keyboard_is_enough(page: Any, server: ChatServer) -> None:
    server.answers["欠薪\n怎么办"] = [CHOICE]
    await page.focus(FIELD)
    await page.keyboard.type("欠薪")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("怎么办")
    await page.keyboard.press("Enter")
    await until(page, 2)

    await page.focus("[data-part=leave]")
    await page.keyboard.press("Tab")
    on_chip = await page.evaluate("document.activeElement.textContent")
    await page.keyboard.press("Enter")
    await eventually(lambda: len(server.posts) == 2)

    assert on_chip == "还在干"
    assert server.posts[1]["payload"] == "inform/working"
    assert await page.evaluate("document.activeElement.id") == "field"


async def test_enter_within_an_input_method_does_not_send(page: Any, server: ChatServer) -> None:
    await page.fill(FIELD, "qianxin")
    await page.evaluate(
        """() => document.querySelector('#field').dispatchEvent(new KeyboardEvent('keydown',
           {key: 'Enter', keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))"""
    )

    assert await page.input_value(FIELD) == "qianxin"
    assert server.posts == []


async def test_too_long_a_text_is_kept_and_counted(page: Any, server: ChatServer) -> None:
    counter = page.locator("[data-part=counter]")
    await page.fill(FIELD, "字" * 1799)
    hidden = await counter.is_hidden()
    await page.fill(FIELD, "字" * 1990)
    near = await counter.inner_text()
    await page.fill(FIELD, "字" * 2003)
    await page.press(FIELD, "Enter")

    assert hidden
    assert near == "还可以写 10 字"
    assert await counter.inner_text() == "超出 3 字，请分两次发"
    assert len(await page.input_value(FIELD)) == 2003
    assert server.posts == []


async def test_a_citation_opens_the_article_in_place(page: Any, server: ChatServer) -> None:
    server.articles[ARTICLE] = "用人单位有下列情形之一的，劳动者可以解除劳动合同。"
    server.article_failures = 1
    cite = {"law": ARTICLE[0], "article": ARTICLE[1], "quote": "解除劳动合同", "in_force": True}
    other = {**cite, "article": "第九百条", "in_force": "attested"}
    server.say("可以走。", citations=[cite, other])
    await until(page, 1)
    cards = page.locator(".cite")

    await cards.nth(0).locator("button").first.click()
    await page.click("text=再试一次")
    await page.wait_for_selector("text=劳动者可以解除劳动合同")
    await cards.nth(1).locator("button").click()
    await page.wait_for_selector("text=全文还没有收录")

    assert await cards.nth(0).locator("button").get_attribute("aria-expanded") == "true"
    assert await cards.locator(".cite__label").all_inner_texts() == [
        "《劳动合同法》第三十八条",
        "《劳动合同法》第九百条",
    ]
    assert await cards.locator(".cite__mark").all_inner_texts() == ["现行有效", "已人工核对"]
