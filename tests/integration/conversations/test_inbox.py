"""However often and from wherever a message comes, it is stored once and in order."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import func, select

from conversations.inbox import decode_body, find_thread, receive, unhandled
from conversations.models import Contact, Conversation, MessageRecord
from core.messages import Attachment, Identity, Message
from db.engine import Database
from tests.integration.talk import NOON, make_engine, message, store, told

RECORDS = (Contact, Conversation, MessageRecord)


async def counts(db: Database) -> tuple[int | None, ...]:
    async with db.read() as session:
        return tuple([await session.scalar(select(func.count()).select_from(t)) for t in RECORDS])


async def test_ten_times_the_same_is_one_message(database: Database) -> None:
    received = await store(database, *[message("你好", external_id="e-1")] * 10)

    assert [r.fresh for r in received] == [True] + [False] * 9
    assert len({(r.message_id, r.conversation_id, r.seq) for r in received}) == 1
    assert await counts(database) == (1, 1, 1)


async def test_ten_times_at_once_from_two_nodes_is_one_message(
    database: Database, second: Database
) -> None:
    same = message("你好", external_id="e-1")

    received = await asyncio.gather(
        *(receive(db, same, now=NOON) for db in (database, second) * 5)
    )

    assert sum(r.fresh for r in received) == 1
    assert len({r.message_id for r in received}) == 1
    assert await counts(database) == (1, 1, 1)


async def test_a_new_persons_first_messages_at_once_are_one_thread(
    database: Database, second: Database
) -> None:
    # Each is delivered twice, so that nodes lose to each other both ways.
    wanted = [message("你好", external_id=f"e-{n}") for n in range(4)]

    received = await asyncio.gather(
        *(receive(db, m, now=NOON) for m in wanted for db in (database, second))
    )

    assert await counts(database) == (1, 1, 4)
    assert sum(r.fresh for r in received) == 4
    assert sorted({r.seq for r in received}) == [1, 2, 3, 4]


async def test_different_channels_are_different_people(database: Database) -> None:
    await store(database, message(channel="web"), message(channel="telegram"))

    assert await counts(database) == (2, 2, 2)


async def test_same_external_id_on_two_channels_is_two_messages(database: Database) -> None:
    await store(
        database,
        message(channel="web", external_id="7"),
        message(channel="telegram", external_id="7"),
    )

    assert (await counts(database))[2] == 2


async def test_payload_and_attachments_come_back(database: Database) -> None:
    picture = Attachment(kind="image", file_id="f-1", size=3, caption="看")
    sent = message(payload="greet")
    received = await receive(database, _with(sent, picture), now=NOON)

    async with database.read() as session:
        sealed = await session.scalar(
            select(MessageRecord.body_sealed).where(MessageRecord.id == received.message_id)
        )
    assert decode_body(database.vault, sealed) == ("greet", (picture,))
    assert decode_body(database.vault, None) == (None, ())


async def test_half_an_emoji_is_stored(database: Database) -> None:
    [received] = await store(database, message("好\ud83d"))

    assert [s.text for s in await told(database, received.conversation_id)] == ["好\ud83d"]


async def test_thread_is_found_by_identity_only(database: Database) -> None:
    [received] = await store(database, message(user="u-1"))

    async with database.read() as session:
        mine = await find_thread(session, database.vault, Identity(channel="web", user_id="u-1"))
        other = await find_thread(session, database.vault, Identity(channel="web", user_id="u-2"))
    assert mine is not None
    assert mine.conversation_id == received.conversation_id
    assert other is None


async def test_unhandled_knows_who_waits_and_since_when(database: Database) -> None:
    first, second = await store(database, message(user="a"), message(user="b"))
    await make_engine(database).answer(first.conversation_id)

    async with database.read() as session:
        assert await unhandled(session) == [second.conversation_id]
        assert await unhandled(session, before=NOON) == []


def _with(sent: Message, *attachments: Attachment) -> Message:
    return replace(sent, attachments=attachments)
