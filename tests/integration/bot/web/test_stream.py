"""An open page is told every message once and in order, whatever happens to it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from structlog.testing import capture_logs

import bot.web.stream
from actions.phrases import phrases
from bot.web.stream import STREAMS
from conversations.bus import Changed
from conversations.inbox import find_thread
from conversations.threads import post, set_status
from core.clock import utc_now
from core.messages import Identity
from core.turns import ConversationStatus
from db.engine import Database
from tests.integration.bot.web.site import HISTORY, Site, Visitor, open_site, said

THANKS = "谢谢"


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.web.stream, "LOOK_AGAIN_SECONDS", 0.05)


async def conversation_of(site: Site, visitor: Visitor) -> str:
    async with site.db.read() as session:
        who = Identity(channel="web", user_id=visitor.name)
        thread = await find_thread(session, site.db.vault, who)
    assert thread is not None
    return thread.conversation_id


async def tell(site: Site, visitor: Visitor, *texts: str, author: str = "bot") -> None:
    """Messages that another process wrote: this one's bus does not hear of them."""
    conversation_id = await conversation_of(site, visitor)
    async with site.db.write() as session:
        replies = [said(text) for text in texts]
        now = utc_now()
        await post(session, site.db.vault, conversation_id, replies, author=author, now=now)


async def open_talk(visitor: Visitor) -> None:
    """A conversation with one message and its answer."""
    await visitor.post(THANKS)
    async with visitor.stream() as stream:
        await stream.messages(2)


async def eventually(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - any state, no one event
            await asyncio.sleep(0.005)


async def test_what_was_said_comes_with_its_number_and_form(visitor: Visitor) -> None:
    await visitor.post(THANKS, client_id="my-first-one")
    async with visitor.stream() as stream:
        first, second = await stream.next("message"), await stream.next("message")

    assert [first.id, second.id] == ["1", "2"]
    assert first.data["client_id"] == "my-first-one"
    assert (first.data["direction"], first.data["author"]) == ("incoming", "citizen")
    assert second.data["text"] == phrases()["thanks"].text
    assert (second.data["direction"], second.data["author"]) == ("outgoing", "bot")
    _, history = await visitor.get(HISTORY)
    assert history["messages"] == [first.data, second.data]


async def test_every_page_gets_every_message_once_and_in_order(visitor: Visitor) -> None:
    await open_talk(visitor)
    async with visitor.stream() as one, visitor.stream("?since=2") as two:
        for number in range(10):
            await visitor.post(THANKS, client_id=f"number-{number}")
        seen_by_one = [m["seq"] for m in await one.messages(22)]
        seen_by_two = [m["seq"] for m in await two.messages(20)]

    assert seen_by_one == list(range(1, 23))
    assert seen_by_two == list(range(3, 23))


@pytest.mark.parametrize(
    ("query", "headers", "first"),
    [
        ("", {}, 1),
        ("?since=2", {}, 3),
        ("", {"Last-Event-ID": "3"}, 4),
        ("?since=1", {"Last-Event-ID": "3"}, 4),
        ("?since=-1", {}, 1),
        ("?since=abc", {}, 1),
        ("?since=99999999999", {}, 1),
    ],
)
async def test_a_stream_goes_on_after_what_was_seen(
    visitor: Visitor, query: str, headers: dict[str, str], first: int
) -> None:
    await open_talk(visitor)
    await visitor.post(THANKS, client_id="another-one")
    async with visitor.stream() as whole:
        await whole.messages(4)
    await visitor.post(THANKS, client_id="the-third-one")

    async with visitor.stream(query, **headers) as stream:
        assert [m["seq"] for m in await stream.messages(7 - first)] == list(range(first, 7))


async def test_a_long_absence_is_told_at_once(site: Site, visitor: Visitor) -> None:
    await open_talk(visitor)
    await tell(site, visitor, *(f"第{n}条" for n in range(120)))

    async with visitor.stream("?since=2") as stream:
        assert [m["seq"] for m in await stream.messages(120)] == list(range(3, 123))


async def test_what_the_bus_did_not_bring_is_caught_up_with_the_next_message(
    site: Site, visitor: Visitor
) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        await stream.next("status")
        await tell(site, visitor, "甲", "乙")
        await visitor.post(THANKS, client_id="after-a-gap")

        assert [m["text"] for m in await stream.messages(3)] == ["甲", "乙", THANKS]


@pytest.mark.usefixtures("impatient")
async def test_what_another_node_wrote_is_found_without_any_event(
    site: Site, visitor: Visitor
) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        await stream.next("status")
        await tell(site, visitor, "在另一台机器上说的")

        assert (await stream.next("message")).data["text"] == "在另一台机器上说的"


async def test_an_event_without_its_message_makes_the_stream_look(
    site: Site, visitor: Visitor
) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        await stream.next("status")
        await tell(site, visitor, "没带内容")
        topic = await conversation_of(site, visitor)
        await site.bus.publish(Changed(topic=topic, kind="message"))

        assert (await stream.next("message")).data["seq"] == 3


async def test_a_stream_waits_for_the_conversation_to_begin(visitor: Visitor) -> None:
    async with visitor.stream() as stream:
        assert visitor.name
        await visitor.post(THANKS)

        assert [m["seq"] for m in await stream.messages(2)] == [1, 2]


async def test_that_somebody_writes_is_passed_on(site: Site, visitor: Visitor) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        await stream.next("status")
        topic = await conversation_of(site, visitor)
        await site.bus.publish(Changed(topic=topic, kind="typing"))
        await visitor.post(THANKS, client_id="once-more")
        names = [(await stream.next()).name for _ in range(3)]

    # An answer that comes at once brings no sign of its own.
    assert names == ["typing", "message", "message"]


async def test_who_answers_is_told_at_the_beginning_and_when_it_changes(visitor: Visitor) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        assert (await stream.next("status")).data == {"status": "bot"}
        await visitor.post(client_id="a-person", payload="human_handoff")
        assert (await stream.next("status")).data == {"status": "queued"}
        assert (await visitor.get(HISTORY))[1]["status"] == "queued"


async def test_a_colleague_in_another_process_is_told_with_their_first_word(
    site: Site, visitor: Visitor
) -> None:
    await open_talk(visitor)
    async with visitor.stream("?since=2") as stream:
        await stream.next("status")
        topic = await conversation_of(site, visitor)
        async with site.db.write() as session:
            await set_status(session, topic, ConversationStatus.ASSIGNED, assignee="王")
            now = utc_now()
            await post(session, site.db.vault, topic, [said("我来了")], author="staff:王", now=now)

        said_by_staff = (await stream.next("message")).data
        assert (said_by_staff["author"], said_by_staff["text"]) == ("staff", "我来了")
        assert (await stream.next("status")).data == {"status": "assigned"}


async def test_nobody_reads_what_another_visitor_says(site: Site, visitor: Visitor) -> None:
    await open_talk(visitor)
    async with site.visitor() as other, other.stream() as stream:
        await visitor.post("我的秘密", client_id="a-secret-one")
        await other.post(THANKS)

        assert [m["text"] for m in await stream.messages(1)] == [THANKS]


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("began", [False, True])
async def test_a_closed_page_ends_its_stream(site: Site, visitor: Visitor, *, began: bool) -> None:
    if began:
        await open_talk(visitor)
        await eventually(lambda: not site.app[STREAMS])
    async with visitor.stream() as stream:
        assert len(site.app[STREAMS]) == 1
        stream.response.close()

    await eventually(lambda: not site.app[STREAMS])
    assert not site.bus._listeners


async def test_shutting_down_ends_every_stream_at_once(database: Database) -> None:
    async with open_site(database) as site, site.visitor() as one, site.visitor() as two:
        await open_talk(one)
        async with one.stream("?since=2") as talking, two.stream() as waiting:
            await talking.next("status")
            async with asyncio.timeout(1):
                await site.server.close()
            assert await talking.ended()
            assert await waiting.ended()


async def test_a_failing_database_ends_the_stream_and_sends_nothing_more(
    site: Site, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*args: object) -> None:
        raise OSError("disk")

    await open_talk(visitor)
    with capture_logs() as logs:
        async with visitor.stream("?since=2") as stream:
            await stream.next("status")
            monkeypatch.setattr(bot.web.stream, "after", fail)
            topic = await conversation_of(site, visitor)
            await site.bus.publish(Changed(topic=topic, kind="status"))
            assert await stream.ended()

    assert [entry["event"] for entry in logs] == ["stream_failed"]
