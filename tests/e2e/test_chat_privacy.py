"""Leaving no trace, leaving at once, and text that never becomes markup."""

from __future__ import annotations

from typing import Any  # playwright ships no types that mypy follows here

import pytest

from tests.e2e.chat_server import ChatServer
from tests.e2e.steps import FIELD, eventually, say, texts, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_no_trace_keeps_nothing_and_erases_on_reload(page: Any, server: ChatServer) -> None:
    await say(page, "打开之前说的")
    await until(page, 1)
    await page.click("[data-part=no-trace]")
    await page.fill(FIELD, "没写完的")
    stored = await page.evaluate("Object.keys(localStorage)")

    await page.reload()
    await eventually(lambda: len(server.forgotten) == 2)
    await page.wait_for_selector("[data-part=welcome]:not([hidden])")

    assert stored == []
    assert server.forgotten == ["leaving=1", ""]
    assert await texts(page) == []
    assert await page.input_value(FIELD) == ""
    assert await page.get_attribute("[data-part=no-trace]", "aria-checked") == "true"


async def test_nothing_old_is_shown_before_it_could_be_erased(
    page: Any, server: ChatServer
) -> None:
    await page.click("[data-part=no-trace]")
    await say(page, "不该再看见")
    await until(page, 1)
    server.forget_failures = 2
    calls = server.history_calls

    await page.reload()
    await page.wait_for_selector("text=连上后先清除上次对话")
    before = server.history_calls - calls
    await say(page, "新的话")
    await until(page, 1)

    assert before == 0
    assert server.forgotten == [""]
    assert await texts(page) == ["新的话"]
    assert [message["text"] for message in server.conversation.messages] == ["新的话"]


async def test_quick_exit_clears_the_browser_and_leaves(page: Any, server: ChatServer) -> None:
    await page.fill(FIELD, "不想让人看见")
    stored = await page.evaluate("Object.keys(localStorage)")

    await page.click("[data-part=leave]")
    await page.wait_for_url("https://www.baidu.com/")
    went_back = await page.go_back()
    await page.goto(server.url)

    assert stored == ["sufatong.draft"]
    assert went_back is None or went_back.url != server.url
    assert await page.input_value(FIELD) == ""


async def test_escape_pressed_twice_leaves(page: Any) -> None:
    await page.keyboard.press("Escape")
    told = await page.locator("[data-part=notice]").inner_text()

    await page.keyboard.press("Escape")
    await page.wait_for_url("https://www.baidu.com/")

    assert told == "再按一次 Esc，马上离开本页。"


async def test_a_quick_reply_can_leave_the_page(page: Any, server: ChatServer) -> None:
    server.say(
        "你现在安全吗？", quick_replies=[{"title": "快速离开本页", "payload": "quick_exit"}]
    )

    await page.click(".chip")
    await page.wait_for_url("https://www.baidu.com/")

    assert server.posts == []


@pytest.mark.parametrize(
    "attack",
    [
        "<img src=x onerror=\"document.title='hit'\">",
        "<script>document.title='hit'</script>",
        "**<b onclick=alert(1)>粗</b>**",
        "javascript:alert(1) https://evil.example/110",
    ],
)
async def test_markup_is_shown_as_text(page: Any, server: ChatServer, attack: str) -> None:
    citation = {
        "law": attack,
        "article": attack,
        "quote": attack,
        "in_force": True,
        "label": attack,
    }
    step = {"at": attack, "label": attack, "text": attack, "done": True}
    chip = {"title": attack, "payload": "inform"}
    server.answers[attack] = [
        {"text": attack, "citations": [citation], "timeline": [step], "quick_replies": [chip]}
    ]

    await say(page, attack)
    await until(page, 2)
    thread = page.locator("[data-part=thread]")

    assert await texts(page) == [attack.replace("**", "")] * 2
    assert await thread.locator("img, script, b, a").count() == 0
    assert await page.title() == "苏法通"


@pytest.mark.parametrize(
    ("text", "calls"),
    [
        ("打 110、96110，占线打12345。", ["110", "96110", "12345"]),
        ("火警119/急救120", ["119", "120"]),
        ("第110条，赔 120 元，60 日内，3,110", []),
        ("http://a.example/110 gjj12329.vip 0512-12345 5110", []),
        ("12315平台，12345 人工", ["12315", "12345"]),
    ],
)
async def test_only_hotlines_become_calls(
    page: Any, server: ChatServer, text: str, calls: list[str]
) -> None:
    server.say(text)
    await until(page, 1)
    links = page.locator(".bubble a")

    assert await links.all_inner_texts() == calls
    assert await links.evaluate_all("all => all.map(link => link.getAttribute('href'))") == [
        f"tel:{number}" for number in calls
    ]
    assert await texts(page) == [text]
