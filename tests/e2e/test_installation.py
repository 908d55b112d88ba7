"""The whole thing as a citizen meets it: real processes, real Rasa, real browser."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any  # playwright ships no types that mypy follows here

import aiohttp
import pytest
import pytest_asyncio

from nlu.training import ROOT
from tests.e2e.installation import Installation, Visitor
from tests.e2e.steps import say

pytestmark = [pytest.mark.rasa, pytest.mark.asyncio(loop_scope="session")]
PICTURE = ROOT / "docs" / "images" / "chat-phone.png"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installed(
    tmp_path_factory: pytest.TempPathFactory, rasa_url: str
) -> AsyncIterator[Installation]:
    folder = tmp_path_factory.mktemp("installed")
    (ROOT / "var" / "cache").mkdir(parents=True, exist_ok=True)
    (folder / "cache").symlink_to(ROOT / "var" / "cache")
    installation = Installation(folder, rasa_url)
    await installation.start()
    yield installation
    await installation.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(installed: Installation) -> AsyncIterator[Visitor]:
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        async with session.get(installed.url):
            pass
        yield Visitor(session, installed.url)


@pytest.mark.browser
async def test_a_citizen_on_a_phone(visit: Any, installed: Installation) -> None:
    page = await visit.new_page()
    await page.goto(installed.url)
    await page.wait_for_selector("sufatong-chat[data-ready]")
    await say(page, "老板欠我三个月工资不给怎么办")
    await page.wait_for_selector("text=12333")
    await _keep_picture(page)
    card = page.locator("text=《保障农民工工资支付条例》第三十条").first
    assert await card.count() == 1
    await say(page, "XF3205082610120001236 7QK2M9XD")
    await page.wait_for_selector("text=办理中")
    await page.reload()
    await page.wait_for_selector("text=办理中")
    assert await page.locator("text=12333").count() >= 1


async def test_a_lawful_article_opens(visitor: Visitor, installed: Installation) -> None:
    async with aiohttp.ClientSession() as session:
        async with session.get(
            f"{installed.url}/api/articles/民法典/第一千二百五十四条"
        ) as answer:
            body = await answer.json()
        async with session.get(f"{installed.url}/api/articles/民法典/第九千条") as missing:
            assert missing.status == 404
    assert "禁止从建筑物中抛掷物品" in body["text"]


@pytest.mark.parametrize(
    "text",
    ["", "   ", "😀😀😀", "\u200b\u200b", "\u202e骗子\u202c", "<script>alert(1)</script>", "{}"],
)
async def test_odd_texts_get_one_answer(visitor: Visitor, text: str) -> None:
    assert await visitor.post(text=text) == 202
    assert len(await visitor.replies(at_least=1)) == 1


async def test_a_hundred_thousand_characters_get_an_answer(visitor: Visitor) -> None:
    assert await visitor.post(text="老板欠我工资。" * 14_285) == 202
    replies = await visitor.replies(at_least=2)
    assert "2000" in replies[0]
    assert await visitor.post(text="好" * 100_001) == 422
    assert await visitor.post(text="\n" * 600_000) == 413


async def test_unusable_requests_are_refused_clearly(
    visitor: Visitor, installed: Installation
) -> None:
    url = f"{installed.url}/api/chat/messages"
    async with aiohttp.ClientSession() as session:
        for body in (b"{", b"[]", b"null", b'{"client_id": "12345678"}', b"\xff\xfe"):
            async with session.post(url, data=body) as answer:
                assert answer.status == 422
                assert set((await answer.json())["error"]) == {"code", "message"}
        headers = {"Origin": "https://elsewhere.example"}
        async with session.post(url, json={}, headers=headers) as answer:
            assert answer.status == 403


async def test_a_stale_button_is_answered(visitor: Visitor) -> None:
    assert await visitor.post(payload="no_such_intent/x") == 202
    assert "按钮" in (await visitor.replies(at_least=1))[0]


async def test_the_same_post_ten_times_is_one_message(visitor: Visitor) -> None:
    statuses = await asyncio.gather(
        *(visitor.post(client_id="the-same-one", text="谢谢") for _ in range(10))
    )
    assert set(statuses) == {202}
    await visitor.replies(at_least=1)
    await asyncio.sleep(0.5)
    assert len(await visitor.history()) == 2


async def test_two_messages_at_once_are_both_answered(visitor: Visitor) -> None:
    await asyncio.gather(visitor.post(text="谢谢"), visitor.post(text="你好"))
    assert len(await visitor.replies(at_least=2)) == 2


async def test_forgetting_leaves_nothing(visitor: Visitor, installed: Installation) -> None:
    await visitor.post(text="我叫张三")
    await visitor.replies(at_least=1)
    async with visitor._session.post(f"{installed.url}/api/chat/forget") as answer:
        assert answer.status == 200
    assert await visitor.history() == []


async def test_a_stop_takes_at_most_five_seconds_and_nothing_is_lost(
    tmp_path: Path, rasa_url: str
) -> None:
    (tmp_path / "cache").symlink_to(ROOT / "var" / "cache")
    installation = Installation(tmp_path, rasa_url)
    await installation.start()
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        visitor = Visitor(session, installation.url)
        async with session.get(installation.url):
            pass
        for asked, number in enumerate((signal.SIGTERM, signal.SIGINT), start=1):
            stream = await session.get(f"{installation.url}/api/chat/events")
            await visitor.post(text="房东不退押金")
            started = time.monotonic()
            code = await installation.stop(number)
            assert time.monotonic() - started < 5
            assert code == 0, installation.log()
            stream.close()
            await installation.start()
            assert len(await visitor.replies(at_least=asked)) == asked
    await installation.stop()
    assert "Traceback" not in installation.log()
    assert "房东" not in installation.log()


async def _keep_picture(page: Any) -> None:
    if os.environ.get("KEEP_PICTURES"):
        PICTURE.parent.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=str(PICTURE))
