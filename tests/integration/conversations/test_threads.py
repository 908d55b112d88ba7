"""The commit holds only what the turn saw."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from conversations.models import Conversation, DeliveryRecord
from conversations.threads import (
    Snapshot,
    TurnOutrun,
    grip,
    hold,
    mark_handled,
    post,
    seal_session,
    set_status,
    snapshot,
)
from core.messages import Parse, Reply
from core.turns import ConversationStatus, Session
from db.engine import Database
from tests.integration.talk import NOON, message, store, told

PARSE = Parse(text="", intent="thanks", confidence=1.0, parser="payload")


async def look(db: Database, conversation_id: str) -> Snapshot:
    async with db.read() as session:
        seen = await snapshot(session, db.vault, conversation_id)
    assert seen is not None
    return seen


async def test_snapshot_is_the_oldest_unanswered(database: Database) -> None:
    first, _ = await store(database, message("一", user="tg-77"), message("二", user="tg-77"))

    seen = await look(database, first.conversation_id)

    assert (seen.message_id, seen.message.text, seen.version) == (first.message_id, "一", 0)
    assert seen.session == Session()
    # The channel's own name for the person goes no further.
    assert seen.message.sender.user_id == seen.contact_id


async def test_nothing_is_left_when_all_are_handled(database: Database) -> None:
    [received] = await store(database, message())
    async with database.write() as session:
        await mark_handled(session, database.vault, received.message_id, PARSE, now=NOON)
    async with database.read() as session:
        assert await snapshot(session, database.vault, received.conversation_id) is None
        assert await snapshot(session, database.vault, "nobody") is None


async def test_grip_stores_the_session_once(database: Database) -> None:
    [received] = await store(database, message())
    seen = await look(database, received.conversation_id)
    new = Session(form="petition", slots={"case_ref": "XF1"}, misses=1)

    async with database.write() as session:
        await grip(session, seen, seal_session(database.vault, new), replies=0, now=NOON)
    after = await look(database, received.conversation_id)
    assert (after.session, after.version) == (new, seen.version + 1)
    with pytest.raises(TurnOutrun):
        async with database.write() as session:
            await grip(session, seen, seal_session(database.vault, Session()), replies=0, now=NOON)


async def test_a_grip_numbers_the_replies_behind_what_was_said(database: Database) -> None:
    [received] = await store(database, message())
    seen = await look(database, received.conversation_id)

    async with database.write() as session:
        held = await grip(
            session, seen, seal_session(database.vault, Session()), replies=2, now=NOON
        )

    assert (held.channel, held.epoch, held.last_seq) == ("web", 0, 3)


async def test_grips_at_once_let_one_through(database: Database, second: Database) -> None:
    [received] = await store(database, message())
    seen = await look(database, received.conversation_id)

    async def one(db: Database) -> bool:
        try:
            async with db.write() as session:
                await grip(
                    session, seen, seal_session(database.vault, Session()), replies=0, now=NOON
                )
        except TurnOutrun:
            return False
        return True

    assert sorted(await asyncio.gather(*(one(db) for db in (database, second) * 3))) == [
        *[False] * 5,
        True,
    ]


async def test_a_message_is_marked_once(database: Database) -> None:
    [received] = await store(database, message())
    async with database.write() as session:
        await mark_handled(session, database.vault, received.message_id, PARSE, now=NOON)
        with pytest.raises(TurnOutrun):
            await mark_handled(session, database.vault, received.message_id, PARSE, now=NOON)


async def test_posts_at_once_are_numbered_without_a_gap(
    database: Database, second: Database
) -> None:
    [received] = await store(database, message())

    async def two(db: Database, n: int) -> None:
        async with db.write() as session:
            replies = [Reply(text=f"{n}a"), Reply(text=f"{n}b")]
            await post(
                session, db.vault, received.conversation_id, replies, author="bot", now=NOON
            )

    await asyncio.gather(*(two(db, n) for n, db in enumerate((database, second) * 4)))

    said = await told(database, received.conversation_id)
    assert [s.seq for s in said] == list(range(1, 18))
    replies = [s.text for s in said[1:]]
    assert [(a[:-1], a[-1], b[-1]) for a, b in zip(replies[::2], replies[1::2], strict=True)] == [
        (b[:-1], "a", "b") for b in replies[1::2]
    ]


async def test_post_of_nothing_writes_nothing(database: Database) -> None:
    [received] = await store(database, message())
    async with database.write() as session:
        await post(session, database.vault, received.conversation_id, [], author="bot", now=NOON)
        assert await session.scalar(select(DeliveryRecord.id)) is None


@pytest.mark.parametrize(
    ("status", "epoch"), [(s, int(s is ConversationStatus.ASSIGNED)) for s in ConversationStatus]
)
async def test_only_taking_over_makes_a_new_epoch(
    database: Database, status: ConversationStatus, epoch: int
) -> None:
    [received] = await store(database, message())
    async with database.write() as session:
        await set_status(session, received.conversation_id, status, assignee="王")
        talk = await session.get(Conversation, received.conversation_id, populate_existing=True)

    assert talk is not None
    assert (talk.status, talk.assignee, talk.version, talk.epoch) == (status, "王", 1, epoch)


async def test_held_conversation_waits_for_the_holder(
    database: Database, second: Database
) -> None:
    [received] = await store(database, message())
    order: list[str] = []

    async def holder() -> None:
        async with database.write() as session:
            await hold(session, received.conversation_id)
            held.set()
            await asyncio.sleep(0.05)
            order.append("holder")

    async def other() -> None:
        await held.wait()
        async with second.write() as session:
            await set_status(session, received.conversation_id, ConversationStatus.BOT)
            order.append("other")

    held = asyncio.Event()
    await asyncio.gather(holder(), other())

    assert order == ["holder", "other"]
