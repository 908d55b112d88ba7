"""Posting is idempotent and bounded; the history pages; forgetting leaves nothing."""

from __future__ import annotations

import asyncio
import io
import json
from urllib.parse import quote

import pytest
from sqlalchemy import func, select

from bot.web.chat import MAX_TEXT, as_json
from bot.web.wording import error_message
from conversations.history import PAGE, Said
from conversations.inbox import find_thread
from conversations.models import ContactIdentity, MessageRecord
from conversations.threads import post
from core.clock import utc_now
from core.messages import Direction, Identity, Reply
from core.turns import ConversationStatus
from db.engine import Database
from handoff import desk
from tests.integration.bot.web.site import FORGET, HISTORY, POST, Site, Visitor, open_site, said
from tests.integration.talk import Shelf

THANKS = "谢谢"
GOOD = {"client_id": "client-0001", "text": THANKS}


async def count(db: Database, model: type[MessageRecord | ContactIdentity]) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_message_is_taken_and_numbered(visitor: Visitor) -> None:
    first = await visitor.post(THANKS)
    async with visitor.stream() as stream:
        await stream.messages(2)
    status, second = await visitor.post(THANKS, client_id="client-0002")

    assert (first[0], first[1]["seq"]) == (202, 1)
    assert (status, second["seq"]) == (202, 3)
    assert second["id"] != first[1]["id"]


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("zh", None)])
def test_an_answer_that_is_not_chinese_says_so(language: str, lang: str | None) -> None:
    reply = Reply(text="Hello", language=language)
    told = Said(
        seq=1,
        id="1",
        external_id="1",
        direction=Direction.OUTGOING,
        author="bot",
        text=reply.text,
        reply=reply,
        at=utc_now(),
    )

    assert as_json(told).get("lang") == lang


async def test_the_same_client_id_is_one_message(site: Site, visitor: Visitor) -> None:
    await visitor.get(HISTORY)
    answers = await asyncio.gather(*(visitor.post(THANKS) for _ in range(5)))

    assert {status for status, _ in answers} == {202}
    assert len({body["id"] for _, body in answers}) == 1
    async with visitor.stream() as stream:
        await stream.messages(2)
    assert await count(site.db, MessageRecord) == 2


async def test_two_visitors_may_choose_the_same_client_id(site: Site, visitor: Visitor) -> None:
    _, mine = await visitor.post(THANKS)
    async with site.visitor() as other:
        status, theirs = await other.post("你好")

    assert status == 202
    assert theirs["id"] != mine["id"]


async def test_a_button_is_answered_and_its_title_kept(visitor: Visitor) -> None:
    await visitor.post(client_id="a-button-1", payload="human_handoff", title="找人工")
    async with visitor.stream() as stream:
        pressed, answer = await stream.messages(2)

    assert pressed["text"] == "找人工"
    assert "R-0001" in answer["text"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        json.dumps({"text": THANKS}).encode(),
        json.dumps({"client_id": "client-0001"}).encode(),
        json.dumps({**GOOD, "client_id": "short"}).encode(),
        json.dumps({**GOOD, "client_id": "x" * 65}).encode(),
        json.dumps({**GOOD, "client_id": "no:colons"}).encode(),
        json.dumps({**GOOD, "text": 7}).encode(),
        json.dumps({**GOOD, "text": "\ud83d"}).encode(),  # half an emoji
        json.dumps({**GOOD, "text": "好" * (MAX_TEXT + 1)}).encode(),
        json.dumps({**GOOD, "payload": ""}).encode(),
        json.dumps({**GOOD, "payload": "x" * 65}).encode(),
        json.dumps({**GOOD, "title": "x" * 61}).encode(),
        json.dumps({**GOOD, "attachments": [{}] * 10}).encode(),
    ],
)
async def test_what_cannot_be_taken_is_refused_in_words(
    site: Site, visitor: Visitor, body: bytes
) -> None:
    async with visitor.session.post(POST, data=io.BytesIO(body)) as answer:
        assert answer.status == 422
        told = (await answer.json())["error"]

    assert told == {"code": "Invalid", "message": error_message("Invalid")}
    assert await count(site.db, MessageRecord) == 0


async def test_the_longest_text_is_taken_whole(visitor: Visitor) -> None:
    status, _ = await visitor.post("好" * MAX_TEXT)
    async with visitor.stream() as stream:
        [kept] = await stream.messages(1)

    assert status == 202
    assert kept["text"] == "好" * MAX_TEXT


async def test_a_body_beyond_a_megabyte_is_too_large(visitor: Visitor) -> None:
    async with visitor.session.post(POST, data=io.BytesIO(b"x" * (1024**2 + 1))) as answer:
        assert answer.status == 413
        told = (await answer.json())["error"]

    assert told == {"code": "TooLarge", "message": error_message("TooLarge")}


async def test_one_who_writes_too_fast_is_slowed_and_nobody_else(database: Database) -> None:
    async with (
        open_site(database, messages_a_minute=2) as site,
        site.visitor() as fast,
        site.visitor() as slow,
    ):
        await fast.get(HISTORY)
        answers = [await fast.post(THANKS, client_id=f"client-{n:04}") for n in range(3)]
        other = await slow.post(THANKS)

    assert [status for status, _ in answers] == [202, 202, 429]
    assert answers[2][1]["error"] == {"code": "TooMany", "message": error_message("TooMany")}
    assert other[0] == 202


async def test_history_of_a_new_visitor_is_empty(visitor: Visitor) -> None:
    assert await visitor.get(HISTORY) == (200, {"messages": [], "more": False, "status": "bot"})


@pytest.mark.parametrize("extra", [PAGE - 2, PAGE - 1, 2 * PAGE + 5])
async def test_history_pages_back_to_the_beginning(
    site: Site, visitor: Visitor, extra: int
) -> None:
    await _talk(site, visitor, extra)
    pages = []
    _, page = await visitor.get(HISTORY)
    pages.append([m["seq"] for m in page["messages"]])
    while page["more"]:
        _, page = await visitor.get(f"{HISTORY}?before={pages[-1][0]}")
        pages.append([m["seq"] for m in page["messages"]])

    assert all(pages)
    assert max(map(len, pages)) == PAGE
    assert [seq for page in reversed(pages) for seq in page] == list(range(1, extra + 3))


@pytest.mark.parametrize("before", ["abc", "-1", "", "9" * 30])
async def test_an_odd_place_to_page_from_means_the_end(
    site: Site, visitor: Visitor, before: str
) -> None:
    await _talk(site, visitor, 0)

    _, page = await visitor.get(f"{HISTORY}?before={before}")

    assert [m["seq"] for m in page["messages"]] == [1, 2]


async def test_forgetting_erases_everything_and_gives_a_new_name(
    site: Site, visitor: Visitor
) -> None:
    await _talk(site, visitor, 3)
    name = visitor.name
    async with visitor.session.post(FORGET) as answer:
        assert (answer.status, await answer.json()) == (200, {})

    assert visitor.name not in {"", name}
    assert await count(site.db, MessageRecord) == 0
    assert await count(site.db, ContactIdentity) == 0
    assert (await visitor.get(HISTORY))[1]["messages"] == []
    # The same client_id from the new name is a new message.
    assert (await visitor.post(THANKS))[1]["seq"] == 1


async def test_leaving_erases_and_sets_no_cookie(site: Site, visitor: Visitor) -> None:
    await _talk(site, visitor, 1)
    async with visitor.session.post(f"{FORGET}?leaving=1") as answer:
        assert answer.status == 200
        assert "Set-Cookie" not in answer.headers

    assert await count(site.db, MessageRecord) == 0


async def test_forgetting_gives_the_place_in_the_queue_up(site: Site, visitor: Visitor) -> None:
    await visitor.post(client_id="a-person-1", payload="human_handoff")
    async with visitor.stream() as stream:
        await stream.messages(2)
    async with visitor.session.post(FORGET) as answer:
        assert answer.status == 200

    async with site.db.read() as session:
        assert await desk.listing(session, site.db.vault) == []


async def test_one_who_never_wrote_may_be_forgotten(visitor: Visitor) -> None:
    async with visitor.session.post(FORGET) as answer:
        assert answer.status == 200


async def test_an_article_in_force_is_shown(visitor: Visitor) -> None:
    held = Shelf.held
    status, body = await visitor.get(f"/api/articles/{quote(held.law)}/{quote(held.number)}")

    assert (status, body["text"], body["in_force"]) == (200, held.text, True)
    assert body["label"] == f"《{held.law}》{held.number}"


async def test_an_article_that_is_not_there_is_told_so(visitor: Visitor) -> None:
    status, body = await visitor.get(f"/api/articles/{quote('民法典')}/{quote('第九千条')}")

    assert status == 404
    assert body["error"] == {"code": "NotFound", "message": error_message("NoArticle")}


async def test_history_says_who_answers(site: Site, visitor: Visitor) -> None:
    await visitor.post(client_id="a-person-1", payload="human_handoff")
    async with visitor.stream() as stream:
        await stream.messages(2)

    assert (await visitor.get(HISTORY))[1]["status"] == ConversationStatus.QUEUED


async def _talk(site: Site, visitor: Visitor, more: int) -> None:
    """A message, its answer, and as many more messages of the bot's."""
    await visitor.post(THANKS)
    async with visitor.stream() as stream:
        await stream.messages(2)
    async with site.db.write() as session:
        who = Identity(channel="web", user_id=visitor.name)
        thread = await find_thread(session, site.db.vault, who)
        assert thread is not None
        replies = [said(f"第{n}条") for n in range(more)]
        if replies:
            key, now = thread.conversation_id, utc_now()
            await post(session, site.db.vault, key, replies, author="bot", now=now)
