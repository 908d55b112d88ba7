"""The page of one chat: taking, answering, handing on, closing, and what it asks by itself."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import pytest
from aiohttp import ClientResponse

from actions.phrases import reply_in
from cases.uploads import UploadDesk
from console.chat_pages import LONGEST
from console.models import Role
from console.passwords import Passwords
from console.wording import error_message, refusal
from conversations.history import after
from core.messages import Identity
from db.engine import Database
from handoff import desk
from handoff.leases import LEASE, PATIENCE
from tests.integration.console.citizens import ask_for_a_person
from tests.integration.console.conftest import START, Client, MovableClock, keep
from tests.integration.console.test_pages import log_in
from tests.integration.handoff.chats import claim, give_back, step
from tests.pictures import photo

CHAT = "/console/chats/R-0001"
MINUTE = timedelta(minutes=1)


async def post(client: Client, what: str, **form: str) -> ClientResponse:
    return await client.post(f"{CHAT}/{what}", data=form, allow_redirects=False)


async def said(db: Database, number: int = 1) -> list[str]:
    """What went out in the chat."""
    async with db.read() as session:
        chat = await desk.find(session, number)
        lines = await after(session, db.vault, chat.conversation_id, 0)
    return [line.text for line in lines if line.author != "citizen"]


async def lease(db: Database) -> datetime | None:
    async with db.read() as session:
        return (await desk.find(session, 1)).lease_until


def taken(agent: str = "li.na") -> str:
    return reply_in("zh", "handoff_taken", agent=agent).text


async def serving(client: Client, database: Database) -> None:
    """li.na is logged in and has taken the one who waited."""
    await ask_for_a_person(database, "a", "<script>我要找人</script>", now=START)
    await log_in(client)
    assert (await post(client, "claim", seen="0")).status == 303


async def test_what_waits_is_read_and_then_taken(client: Client, database: Database) -> None:
    await ask_for_a_person(database, "a", "<script>我要找人</script>", now=START)
    await log_in(client)
    before = await (await client.get(CHAT)).text()

    response = await post(client, "claim", seen="0")

    assert (response.status, response.headers["Location"]) == (303, CHAT)
    assert "&lt;script&gt;我要找人" in before
    assert ("接手</button>" in before, 'name="text"' in before) == (True, False)
    after_it = await (await client.get(CHAT)).text()
    assert ("接手</button>" in after_it, 'name="text"' in after_it) == (False, True)
    assert await said(database) == [taken()]


async def test_a_second_agent_is_told_that_it_is_taken(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await claim(database, step(1, "wang", at=START))
    await log_in(client)

    refused = await post(client, "claim", seen="0")

    assert refused.status == 409
    assert error_message("AlreadyTaken") in await refused.text()
    assert (await client.get(CHAT)).status == 404
    assert (await post(client, "news", after="0")).status == 404
    assert (await post(client, "reply", text="您好", once="k")).status == 409


async def test_a_supervisor_reads_along_and_cannot_answer(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await keep(database, passwords, "boss", Role.SUPERVISOR)
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await claim(database, step(1, "li.na", at=START))
    await log_in(client, name="boss")

    page = await client.get(CHAT)

    text = await page.text()
    assert ("我要找人" in text, 'name="text"' in text, "li.na 在接" in text) == (True, False, True)
    assert (await post(client, "reply", text="您好", once="k")).status == 409
    for what in ("return", "close"):
        assert (await post(client, what, seen="1")).status == 409


async def test_an_answer_is_sent_once_however_often_its_form_comes(
    client: Client, database: Database
) -> None:
    await serving(client, database)

    for _ in range(3):
        sent = await post(client, "reply", text="您好\r\n请说", once="key-1")
        assert (sent.status, sent.headers["Location"]) == (303, CHAT)
    live = await post(client, "reply", text="您好\n请说", once="key-1", live="yes", after="2")

    assert live.status == 200
    assert await said(database) == [taken(), "您好\n请说"]
    news = await live.text()
    assert re.findall(r'data-seq="(\d+)"', news) == ["3"]
    assert re.search(r'data-once="[\w-]{20,}"', news)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("请把验证码告诉我", refusal("code")),
        ("您的银行卡密码是多少", refusal("password")),
        ("请把钱转到安全账户", refusal("transfer")),
        (" \n ", error_message("NoWords")),
        ("长" * (LONGEST + 1), error_message("TooLong")),
    ],
)
async def test_what_is_not_sent_says_why_and_stays_in_the_field(
    client: Client, database: Database, text: str, reason: str
) -> None:
    await serving(client, database)

    form = await post(client, "reply", text=text, once="k")
    live = await post(client, "reply", text=text, once="k", live="yes", after="9")

    page = await form.text()
    assert (form.status, live.status) == (422, 422)
    assert reason in page
    assert text.strip() in page
    assert reason in await live.text()
    assert await said(database) == [taken()]


async def test_what_was_taken_away_meanwhile_keeps_the_words(
    client: Client, database: Database
) -> None:
    await serving(client, database)
    await give_back(database, step(1, "li.na", at=START))

    response = await post(client, "reply", text="写了一半", once="k")

    assert response.status == 409
    assert error_message("NotTaken") in await response.text()


async def test_it_goes_back_to_the_queue(client: Client, database: Database) -> None:
    await serving(client, database)

    response = await post(client, "return", seen="1")

    assert (response.status, response.headers["Location"]) == (303, "/console")
    assert (await said(database))[-1] == reply_in("zh", "handoff_given_back").text
    assert "退回队列，还没人接" in await (await client.get(CHAT)).text()


async def test_it_is_handed_to_a_colleague_who_serves(
    client: Client, database: Database, passwords: Passwords
) -> None:
    await keep(database, passwords, "wang", Role.AGENT)
    await keep(database, passwords, "ed", Role.EDITOR)
    await serving(client, database)
    page = await (await client.get(CHAT)).text()

    for nobody in ("ed", "li.na", "nobody", ""):
        refused = await post(client, "pass", seen="1", to=nobody)
        assert refused.status == 422
        assert error_message("NoSuchColleague") in await refused.text()
    response = await post(client, "pass", seen="1", to="wang")

    assert re.findall(r"<option>([\w.]+)</option>", page) == ["wang"]
    assert (response.status, response.headers["Location"]) == (303, "/console")
    assert (await client.get(CHAT)).status == 404
    assert (await said(database))[-1] == reply_in("zh", "handoff_passed", agent="wang").text


async def test_closing_leads_back_to_the_queue(client: Client, database: Database) -> None:
    await serving(client, database)

    response = await post(client, "close", seen="1")

    assert (response.status, response.headers["Location"]) == (303, "/console")
    gone = await client.get(CHAT)
    assert gone.status == 404
    assert error_message("NoSuchHandoff") in await gone.text()


async def test_a_stale_page_decides_nothing(client: Client, database: Database) -> None:
    await serving(client, database)
    for what in ("return", "close"):
        stale = await post(client, what, seen="0")
        assert stale.status == 409
        assert error_message("Outdated") in await stale.text()


async def test_an_open_page_keeps_the_chat_and_hears_what_is_new(
    client: Client, database: Database, clock: MovableClock
) -> None:
    await serving(client, database)
    clock.move(MINUTE)
    await post(client, "news", after="2")
    early = await lease(database)
    clock.move(MINUTE + MINUTE / 2)
    await ask_for_a_person(database, "a", "一", "在吗", now=clock())

    news = await (await post(client, "news", after="2")).text()

    assert early == START + LEASE
    assert await lease(database) == clock() + LEASE
    assert "在吗" in news
    assert "我要找人" not in news
    assert 'data-state="1"' in news


async def test_a_page_left_open_without_an_answer_does_not_keep_it(
    client: Client, database: Database, clock: MovableClock
) -> None:
    await serving(client, database)
    clock.move(PATIENCE)

    news = await (await post(client, "news", after="0")).text()

    assert await lease(database) == START + LEASE
    assert "10 分钟没有回话" in news


async def test_somebody_who_only_looks_keeps_nothing(
    client: Client, database: Database, passwords: Passwords, clock: MovableClock
) -> None:
    await keep(database, passwords, "boss", Role.SUPERVISOR)
    await ask_for_a_person(database, "a", "我要找人", now=START)
    await claim(database, step(1, "li.na", at=START))
    await log_in(client, name="boss")
    clock.move(2 * MINUTE)

    assert (await post(client, "news", after="0")).status == 200
    assert await lease(database) == START + LEASE


async def test_pictures_stand_where_they_were_sent(
    client: Client, database: Database, uploads: UploadDesk
) -> None:
    sent = await uploads.take(Identity(channel="web", user_id="a"), photo(), "a.jpg")
    await ask_for_a_person(database, "a", "合同在这里", now=START, sent=(sent,))
    await log_in(client)
    await post(client, "claim", seen="0")

    text = await (await client.get(CHAT)).text()
    address = f"/console/pictures/R-0001/{sent.upload}"

    assert f'<img src="{address}" alt="市民发的照片 1，点开看大图"' in text
    assert (await client.get(address)).status == 200


async def test_older_words_are_on_a_page_of_their_own(client: Client, database: Database) -> None:
    texts = [f"第{n}句" for n in range(1, 61)]
    await ask_for_a_person(database, "a", *texts, now=START)
    await log_in(client)

    now = await (await client.get(CHAT)).text()
    older = await (await client.get(f"{CHAT}?before=11")).text()

    assert 'href="?before=11"' in now
    assert ("第10句" in now, "第60句" in now, "chat.js" in now) == (False, True, True)
    assert ("第10句" in older, "第11句" in older, "chat.js" in older) == (True, False, False)


@pytest.mark.parametrize("after_", ["", "-1", "x", "9" * 40, "²"])
async def test_a_page_that_lost_count_hears_everything(
    client: Client, database: Database, after_: str
) -> None:
    await serving(client, database)

    assert "我要找人" in await (await post(client, "news", after=after_)).text()


async def test_a_flood_of_words_is_refused(client: Client, database: Database) -> None:
    await serving(client, database)

    flood = io.BytesIO(b"once=k&text=" + b"a" * 20 * 1024**2)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    response = await client.post(f"{CHAT}/reply", data=flood, headers=kind)

    assert response.status == 413
    assert error_message("RequestEntityTooLarge") in await response.text()
    assert await said(database) == [taken()]
