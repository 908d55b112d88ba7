"""What the citizen says and what is answered arrives once, whatever the network does."""

from __future__ import annotations

from typing import Any  # playwright ships no types that mypy follows here

import pytest

from tests.e2e.chat_server import ChatServer
from tests.e2e.steps import FIELD, eventually, open_chat, say, texts, until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_dropped_streams_lose_and_double_nothing(page: Any, server: ChatServer) -> None:
    server.doubled = True
    server.answers = {f"问{n}": [{"text": f"答{n}"}, {"text": f"再答{n}"}] for n in range(4)}
    expected = []

    for n in range(4):
        await say(page, f"问{n}")
        expected += [f"问{n}", f"答{n}", f"再答{n}"]
        server.hang_up()
        server.refuse_streams = n == 1
        if n == 2:
            await eventually(lambda: server.streams_opened >= 2)
    await until(page, 12)

    assert await texts(page) == expected
    assert await page.locator(".turn").evaluate_all(
        "all => all.map(turn => Number(turn.dataset.seq))"
    ) == list(range(1, 13))


async def test_a_lost_answer_to_sending_is_repeated_with_the_same_id(
    page: Any, server: ChatServer
) -> None:
    server.lost_answers = 1
    server.mute_streams = True

    await say(page, "只说一次")
    await eventually(lambda: len(server.posts) == 2)
    await page.wait_for_selector(".turn__state", state="detached")

    assert server.posts[0]["client_id"] == server.posts[1]["client_id"]
    assert len(server.conversation.messages) == 1
    assert await texts(page) == ["只说一次"]


async def test_a_refused_stream_is_opened_again(page: Any, server: ChatServer) -> None:
    server.say("之前")
    await until(page, 1)
    server.refuse_streams = True
    server.hang_up()
    await page.wait_for_selector("text=连接不稳", timeout=10_000)

    server.say("断线时说的")
    server.refuse_streams = False
    await until(page, 2)

    assert await texts(page) == ["之前", "断线时说的"]
    assert server.resumed_at == [0, 1]
    assert await page.locator("[data-part=notice]").is_hidden()


async def test_a_silent_stream_is_found_out_and_caught_up(page: Any, server: ChatServer) -> None:
    await page.clock.install()
    server.mute_streams = True
    server.answers["在吗"] = [{"text": "在。"}]

    await say(page, "在吗")
    await until(page, 1)
    await page.clock.fast_forward(8_100)
    await page.wait_for_selector("text=在。")

    assert await texts(page) == ["在吗", "在。"]
    assert server.streams_opened == 2


async def test_a_stream_without_answers_is_left_alone(page: Any, server: ChatServer) -> None:
    await page.clock.install()

    for words in ("有人吗", "我等着"):
        await say(page, words)
        await page.wait_for_selector(f".turn[data-seq] >> text={words}")
        await page.clock.fast_forward(8_100)
    await page.wait_for_timeout(200)

    assert server.streams_opened == 1
    assert server.history_calls == 1


async def test_a_conversation_begun_anew_elsewhere_replaces_the_old(
    page: Any, server: ChatServer
) -> None:
    server.say("旧的一")
    server.say("旧的二")
    await until(page, 2)
    server.conversations.clear()
    server.answers["新的"] = [{"text": "新的回答"}]

    await say(page, "新的")
    await page.wait_for_selector("text=新的回答")

    assert await texts(page) == ["新的", "新的回答"]
    server.say("后来的")
    await until(page, 3)


async def test_without_event_source_the_page_polls(
    browser: Any, visit: Any, server: ChatServer
) -> None:
    await visit.add_init_script("delete window.EventSource")
    page = await open_chat(visit, server)
    server.answers["在吗"] = [{"text": "在。"}]

    await say(page, "在吗")
    await until(page, 2)

    assert await texts(page) == ["在吗", "在。"]
    assert server.streams_opened == 0


async def test_a_busy_server_is_asked_again(page: Any, server: ChatServer) -> None:
    server.failures = [(503, "现在人多，马上再试。")]

    await say(page, "急事")
    await page.wait_for_selector("text=现在人多，马上再试。")
    await page.click("text=未发送·点此重发")
    await page.wait_for_selector(".turn__state", state="detached")

    assert [post["text"] for post in server.posts] == ["急事", "急事"]
    assert server.posts[0]["client_id"] == server.posts[1]["client_id"]


async def test_a_busy_server_is_asked_again_unbidden(page: Any, server: ChatServer) -> None:
    server.failures = [(503, ""), (429, "")]

    await say(page, "急事")
    await say(page, "还有一句")
    await eventually(lambda: len(server.posts) == 4)
    await page.wait_for_selector(".turn__state", state="detached")

    assert [message["text"] for message in server.conversation.messages] == ["急事", "还有一句"]


async def test_a_refused_message_can_be_changed(page: Any, server: ChatServer) -> None:
    server.failures = [(422, "里面有打不开的字。")]

    await say(page, "原来的话")
    await page.wait_for_selector("text=里面有打不开的字。")
    await say(page, "别的话")
    await eventually(lambda: len(server.posts) == 2)
    await page.click("text=改一改再发")

    assert await page.input_value(FIELD) == "原来的话"
    assert await texts(page) == ["别的话"]


async def test_what_is_written_offline_survives_a_reload(
    page: Any, visit: Any, server: ChatServer
) -> None:
    await visit.set_offline(offline=True)
    await say(page, "隧道里说的一")
    await say(page, "隧道里说的二")
    await page.fill(FIELD, "还没写完")
    await page.wait_for_selector("text=未发送·点此重发")
    told = await page.locator("[data-part=notice]").inner_text()
    await visit.set_offline(offline=False)
    server.failures = [(503, "")] * 2

    await page.reload()
    await eventually(lambda: len(server.conversation.messages) == 2)
    await page.wait_for_selector(".turn__state", state="detached")

    assert told == "网络断了。你写的都留着，连上后自动发出。"
    assert await texts(page) == ["隧道里说的一", "隧道里说的二"]
    assert await page.input_value(FIELD) == "还没写完"
    assert [m["text"] for m in server.conversation.messages] == ["隧道里说的一", "隧道里说的二"]


async def test_going_online_again_sends_at_once(page: Any, visit: Any, server: ChatServer) -> None:
    await visit.set_offline(offline=True)
    await say(page, "等网络")
    await page.wait_for_selector("text=未发送·点此重发")

    await visit.set_offline(offline=False)
    await page.wait_for_selector(".turn__state", state="detached")

    assert [post["text"] for post in server.posts] == ["等网络"]
    assert await page.locator("[data-part=notice]").is_hidden()


async def test_history_comes_back_and_older_pages_on_request(
    visit: Any, page: Any, server: ChatServer
) -> None:
    for n in range(1, 31):
        server.say(f"第{n}句")

    await page.reload()
    await until(page, 20)
    newest = await texts(page)
    await page.click("text=看更早的")
    await until(page, 30)

    assert newest == [f"第{n}句" for n in range(11, 31)]
    assert await texts(page) == [f"第{n}句" for n in range(1, 31)]
    assert await page.locator("[data-part=older]").is_hidden()


async def test_two_tabs_show_the_same_conversation(
    page: Any, visit: Any, server: ChatServer
) -> None:
    other = await open_chat(visit, server)
    server.answers["你好"] = [{"text": "你好，请说。"}]

    await say(page, "你好")
    await until(other, 2)

    assert await texts(other) == ["你好", "你好，请说。"]
