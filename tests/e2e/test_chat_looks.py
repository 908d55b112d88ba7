"""How the chat page reads: sizes, folds, timelines, accessibility, weight."""

from __future__ import annotations

import json
from typing import Any  # playwright ships no types that mypy follows here

import pytest

from tests.e2e.chat_server import ChatServer, Json
from tests.e2e.steps import BUBBLES, eventually, say, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHOICE: Json = {
    "text": "你还在上班吗？",
    "quick_replies": [
        {"title": "还在干", "payload": "inform/working"},
        {"title": "不干了", "payload": "inform/left"},
    ],
}


async def test_large_type_is_remembered(page: Any) -> None:
    normal = await _type_size(page)

    await page.click("[data-part=large]")
    large = await _type_size(page)
    await page.reload()
    await page.wait_for_selector("html.is-large")

    assert (normal, large, await _type_size(page)) == ("17px", "22px", "22px")


async def test_long_answers_fold_and_urgent_ones_do_not(page: Any, server: ChatServer) -> None:
    lines = "\n".join(f"第{n}行" for n in range(30))
    server.say(lines)
    server.say(lines, safety=True)
    await until(page, 2)
    text = page.locator(BUBBLES).first
    folded = await text.evaluate("it => it.clientHeight < it.scrollHeight")

    await page.click("text=展开")

    assert folded
    assert await text.evaluate("it => it.clientHeight >= it.scrollHeight")
    assert await page.locator(".fold").all_inner_texts() == ["收起"]


async def test_an_answer_in_english_says_so_to_screen_readers(
    page: Any, server: ChatServer
) -> None:
    step = {"at": "12 Oct", "label": "Received", "text": "材料已收到。", "done": True}
    chip = {"title": "Talk to a person", "payload": "human_handoff"}

    server.say("已收到。")
    server.say("Being handled.", lang="en", timeline=[step], quick_replies=[chip])
    await until(page, 2)

    english = await page.locator("[lang=en]").evaluate_all("all => all.map(n => n.textContent)")
    assert english == ["Being handled.", "Received", "Talk to a person"]


async def test_timeline_typing_and_status_are_shown(page: Any, server: ChatServer) -> None:
    # A sign is not kept for whoever comes later, unlike a message.
    await eventually(lambda: bool(server.conversation.streams))
    server.signal("typing", {})
    server.signal("status", {"status": "queued"})
    await page.wait_for_selector("[data-part=typing]:not([hidden])")
    server.say(
        "办理中。",
        author="staff",
        timeline=[
            {"at": "10月12日", "label": "收到", "text": "", "done": True},
            {"at": "12月19日前", "label": "办结", "text": "", "done": False},
        ],
    )
    await until(page, 1)

    assert await page.locator("[data-part=typing]").is_hidden()
    assert await page.locator(".timeline__step").count() == 2
    assert await page.locator(".timeline__step.is-done").count() == 1
    assert "已登记" in await page.locator("[data-part=status]").inner_text()
    assert await page.locator(".bubble__who").inner_text() == "工作人员"


async def test_who_reads_further_up_is_not_moved(page: Any, server: ChatServer) -> None:
    for n in range(25):
        server.say(f"第{n}句")
    await until(page, 25)
    await page.evaluate("window.scrollTo(0, 0)")
    await page.wait_for_timeout(100)

    server.say("新的一句")
    await page.wait_for_selector("[data-part=more]:not([hidden])")
    stayed = await page.evaluate("window.pageYOffset")
    await page.click("[data-part=more]")
    await page.wait_for_selector("[data-part=more]", state="hidden")

    assert stayed == 0
    assert await page.evaluate("window.pageYOffset") > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", ["normal", "large"])
async def test_axe_finds_nothing_serious(
    page: Any, server: ChatServer, scheme: str, size: str
) -> None:
    from axe_playwright_python.async_playwright import Axe

    await page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    if size == "large":
        await page.click("[data-part=large]")
    first = await Axe().run(page)
    cite = {"law": "民法典", "article": "第一条", "quote": "保护", "in_force": False}
    server.answers["全都来"] = [
        {"text": "先打 **110**。", "safety": True},
        {
            **CHOICE,
            "citations": [cite],
            "timeline": [{"at": "今天", "label": "收到", "text": "打 12345", "done": True}],
        },
    ]
    await say(page, "全都来")
    await until(page, 3)
    await page.click(".cite__head")
    server.failures = [(422, "不行。")]
    await say(page, "发不出去的")
    await page.wait_for_selector("text=改一改再发")
    server.signal("status", {"status": "assigned"})
    await page.click("[data-part=menu]")
    await page.click("[data-part=no-trace]")
    talk = await Axe().run(page)

    assert _serious(first) == []
    assert _serious(talk) == []


@pytest.mark.parametrize("size", ["normal", "large"])
async def test_targets_are_large_and_nothing_runs_off(
    page: Any, server: ChatServer, size: str
) -> None:
    await page.set_viewport_size({"width": 360, "height": 740})
    if size == "large":
        await page.click("[data-part=large]")
    small = "all => all.filter(it => it.offsetParent).map(it => it.getBoundingClientRect())"
    small += ".filter(box => box.height < 44 || box.width < 44).length"
    first = await page.locator("button, .emergency a").evaluate_all(small)
    calls_end = await page.locator(".emergency").evaluate(
        "it => it.getBoundingClientRect().bottom"
    )
    composer = await page.locator(".foot").evaluate("it => it.getBoundingClientRect().top")
    server.say("选一个：", quick_replies=CHOICE["quick_replies"], citations=[
        {"law": "很长的名字" * 8, "article": "第一条", "quote": "字" * 40, "in_force": True}
    ])  # fmt: skip
    await until(page, 1)

    assert first == 0
    assert calls_end <= composer
    assert await page.locator("button, a.chip").evaluate_all(small) == 0
    assert await page.evaluate("document.documentElement.scrollWidth") == 360


async def test_first_paint_is_light_and_the_policy_holds(visit: Any, server: ChatServer) -> None:
    page = await visit.new_page()
    loaded: list[Any] = []
    complaints: list[str] = []
    page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - playwright marks it
    page.on("console", lambda said: complaints.append(said.text))

    await page.goto(server.url, wait_until="load")
    await page.wait_for_selector("[data-ready]")
    sizes = {r.url: len(await r.body()) for r in loaded if "/api/" not in r.url}

    assert complaints == []
    assert all(address.startswith(server.url) for address in sizes)
    blocking = [size for url, size in sizes.items() if url == server.url or url.endswith(".css")]
    assert len(blocking) == 2
    assert sum(blocking) <= 25_000
    # Photos took nine of these, none of them before the first paint.
    assert sum(sizes.values()) <= 82_000, json.dumps(sizes, indent=1)


async def _type_size(page: Any) -> str:
    size: str = await page.evaluate("getComputedStyle(document.documentElement).fontSize")
    return size


def _serious(results: Any) -> list[tuple[str, str]]:
    return [
        (violation["id"], node["html"])
        for violation in results.response["violations"]
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]
