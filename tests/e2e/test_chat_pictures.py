"""Photos in the chat page: chosen, shown, sent, seen again after a reload, refused with a reason."""

from __future__ import annotations

import os
from io import BytesIO
from typing import Any  # playwright ships no types that mypy follows here

import pytest
from PIL import Image

from tests.e2e.steps import FIELD, until
from tests.pictures import GPS_IFD, SECRET, photo

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

INPUT, TRAY = "[data-part=file]", ".tray__item"
NOTICE, SEND = "[data-part=notice]", ".composer [type=submit]"
SHOWN = "img => img.complete && img.naturalWidth > 0"
PHOTO = photo()
ATTACH = "**/api/chat/attachments"


async def choose(page: Any, *contents: bytes, name: str = "IMG_1.jpg") -> None:
    files = [{"name": name, "mimeType": "image/jpeg", "buffer": content} for content in contents]
    await page.set_input_files(INPUT, files=files)


async def ready(page: Any, count: int) -> None:
    await page.wait_for_function(
        "count => document.querySelectorAll('.tray__item').length === count"
        " && !document.querySelector('.tray__bar')",
        arg=count,
    )


async def told(page: Any, words: str) -> None:
    await page.wait_for_selector(f"{NOTICE}:has-text('{words}')")


async def test_a_photo_goes_from_the_phone_to_a_case_and_is_seen_again(
    chat: Any, browser: Any, address: str
) -> None:
    assert Image.open(BytesIO(PHOTO)).getexif().get_ifd(GPS_IFD)[1] == "N"
    await choose(chat, PHOTO)
    await ready(chat, 1)
    await told(chat, "照片传好了，一共 1 张")
    assert await chat.locator(".tray__image").evaluate(SHOWN)
    await chat.click(SEND)
    await until(chat, 2)

    image = chat.locator(".turn--citizen .picture__image")
    assert await image.evaluate(SHOWN)
    assert await chat.locator(TRAY).count() == 0
    assert "用在哪里" in await chat.locator(".turn--bot .bubble__text").last.inner_text()
    await chat.click(".chip:has-text('报告隐患')")
    await until(chat, 4)
    assert "共 1 张" in await chat.locator(".turn--bot .bubble__text").last.inner_text()

    await chat.reload()
    await until(chat, 4)
    await chat.wait_for_function(
        "() => { const i = document.querySelector('.picture__image');"
        " return i && i.complete && i.naturalWidth > 0; }"
    )
    link = await chat.locator(".turn--citizen .picture").get_attribute("href")
    answer = await chat.request.get(address + link.lstrip("/"))
    content = await answer.body()
    assert SECRET.encode() not in content
    assert b"Exif" not in content
    stranger = await browser.new_context()
    assert (await stranger.request.get(address + link.lstrip("/"))).status == 404
    await stranger.close()


async def test_words_and_photos_go_together_and_one_can_be_taken_out(chat: Any) -> None:
    await choose(chat, photo(shade=1), photo(shade=2))
    await ready(chat, 2)
    await chat.get_by_role("button", name="拿掉第 1 张照片").press("Enter")
    await ready(chat, 1)
    focused = await chat.evaluate("document.activeElement.dataset.part")
    await chat.fill(FIELD, "谢谢")
    await chat.press(FIELD, "Enter")
    await until(chat, 2)

    assert focused == "photo"
    assert await chat.locator(".turn--citizen .picture").count() == 1
    assert await chat.locator(".turn--citizen .bubble__text").inner_text() == "谢谢"


async def test_what_waits_to_be_sent_survives_a_reload(chat: Any) -> None:
    await choose(chat, PHOTO)
    await ready(chat, 1)
    await chat.reload()
    await ready(chat, 1)

    await chat.wait_for_function(
        "() => { const i = document.querySelector('.tray__image');"
        " return i && i.complete && i.naturalWidth > 0; }"
    )


async def test_while_it_is_on_its_way_nothing_is_sent_without_it(chat: Any) -> None:
    async def slowly(route: Any) -> None:
        await chat.wait_for_timeout(600)
        await route.continue_()

    await chat.route(ATTACH, slowly)
    await chat.fill(FIELD, "谢谢")
    await choose(chat, PHOTO)
    await chat.wait_for_selector(".tray__bar")
    assert await chat.locator(SEND).get_attribute("aria-disabled") == "true"
    await chat.press(FIELD, "Enter")
    await told(chat, "照片还在传")
    assert await chat.locator(".turn").count() == 0

    await ready(chat, 1)
    await chat.press(FIELD, "Enter")
    await until(chat, 2)
    assert await chat.locator(".turn--citizen .picture").count() == 1


async def test_a_line_that_breaks_is_told_and_tried_again(chat: Any) -> None:
    async def broken(route: Any) -> None:
        await route.abort()

    await chat.route(ATTACH, broken)
    await choose(chat, PHOTO)
    await told(chat, "照片没传上")
    await chat.unroute(ATTACH)
    await chat.get_by_role("button", name="再传一次").click()
    await told(chat, "照片传好了")
    await ready(chat, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + b"\0" * 200, "这里只收照片"),
        (PHOTO[:300], "打不开"),
        (PHOTO + b"\0" * (10 * 1024 * 1024 + 1 - len(PHOTO)), "照片太大了"),
    ],
    ids=["zip named jpg", "cut short", "10 MB and a byte"],
)
async def test_what_is_refused_is_told_and_leaves_nothing_behind(
    chat: Any, content: bytes, words: str
) -> None:
    await choose(chat, content, name="照片.jpg")
    await told(chat, words)

    await ready(chat, 0)
    assert await chat.locator(SEND).get_attribute("aria-disabled") == "true"


async def test_nine_go_with_a_message_and_the_same_one_once(chat: Any) -> None:
    await choose(chat, *(photo(shade=n) for n in range(11)))
    await told(chat, "一次最多发 9 张")
    await ready(chat, 9)
    await chat.click(SEND)
    await until(chat, 2)
    assert await chat.locator(".turn--citizen .picture").count() == 9

    await choose(chat, photo(shade=20))
    await ready(chat, 1)
    await choose(chat, photo(shade=20))
    await ready(chat, 1)


async def test_it_can_be_reached_and_read_by_everybody(chat: Any) -> None:
    from axe_playwright_python.async_playwright import Axe

    await choose(chat, PHOTO)
    await ready(chat, 1)
    for name in ("发照片", "拿掉第 1 张照片"):
        box = await chat.get_by_role("button", name=name).bounding_box()
        assert min(box["width"], box["height"]) >= 44
    for width in (360, 768):
        await chat.set_viewport_size({"width": width, "height": 740})
        assert await chat.evaluate("document.documentElement.scrollWidth") == width
    await chat.click(SEND)
    await until(chat, 2)
    await choose(chat, photo(shade=1))
    await ready(chat, 1)

    if folder := os.environ.get("PICTURES_IN"):
        await chat.set_viewport_size({"width": 360, "height": 740})
        await chat.screenshot(path=f"{folder}/chat.png")
    results = await Axe().run(chat)
    serious = [
        (v["id"], v["nodes"][0]["html"])
        for v in results.response["violations"]
        if v["impact"] in {"serious", "critical"}
    ]
    assert serious == []
