"""Nothing readable is left of who asked to be forgotten, and nothing of others is touched."""

from __future__ import annotations

import asyncio

from sqlalchemy import func, select, text

from conversations.inbox import find_thread
from conversations.models import (
    Contact,
    ContactIdentity,
    Conversation,
    DeliveryRecord,
    MessageRecord,
)
from conversations.privacy import erase_person, erase_words
from core.messages import Identity
from db.base import Base
from db.engine import Database
from tests.integration.talk import NOON, make_engine, message, store, told

WHO = Identity(channel="web", user_id="u-1")


async def talked(db: Database) -> str:
    """A conversation with answers and a remembered session; another one beside it."""
    mine, other = await store(db, message("谢谢"), message("谢谢", user="u-2"))
    engine = make_engine(db)
    await engine.answer(mine.conversation_id)
    await engine.answer(other.conversation_id)
    return mine.conversation_id


async def test_words_are_gone_and_the_person_stays(database: Database) -> None:
    talk = await talked(database)

    async with database.write() as session:
        await erase_words(session, talk)

    assert await told(database, talk) == []
    async with database.read() as session:
        conversation = await session.get(Conversation, talk)
        assert await find_thread(session, database.vault, WHO) is not None
        assert await session.scalar(select(func.count()).select_from(DeliveryRecord)) == 1
        assert await session.scalar(select(func.count()).select_from(MessageRecord)) == 2
    assert conversation is not None
    assert conversation.session_sealed is None


async def test_a_message_that_came_in_meanwhile_stays(database: Database) -> None:
    talk = await talked(database)
    [late] = await store(database, message("还有一件事", user="u-1"))

    async with database.write() as session:
        await erase_words(session, talk)

    async with database.read() as session:
        kept = list(
            await session.scalars(
                select(MessageRecord.id).where(MessageRecord.conversation_id == talk)
            )
        )
    assert kept == [late.message_id]


async def test_erased_person_can_be_found_by_nothing(database: Database) -> None:
    talk = await talked(database)
    digest = database.vault.digest(WHO.channel, WHO.user_id)

    async with database.write() as session:
        await erase_person(session, talk, now=NOON)

    async with database.read() as session:
        assert await find_thread(session, database.vault, WHO) is None
        assert await session.scalar(select(func.count()).select_from(ContactIdentity)) == 1
        assert await session.scalar(select(Contact.erased_at).where(Contact.erased_at.isnot(None)))
        dump = [
            str(row)
            for table in Base.metadata.sorted_tables
            for row in await session.execute(text(f"SELECT * FROM {table.name}"))
        ]
    assert not [row for row in dump if digest in row]


async def test_who_writes_again_is_a_new_person(database: Database) -> None:
    talk = await talked(database)
    async with database.write() as session:
        await erase_person(session, talk, now=NOON)

    [again] = await store(database, message("你好"))

    assert again.conversation_id != talk
    assert again.seq == 1


async def test_erasing_an_unknown_conversation_changes_nothing(database: Database) -> None:
    await talked(database)
    async with database.write() as session:
        await erase_person(session, "nobody", now=NOON)

    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(MessageRecord)) == 4


async def test_erasing_and_answering_at_once_end_well(
    database: Database, second: Database
) -> None:
    """Whoever is first: no answer stays behind, and neither waits for the other for ever."""
    for _ in range(5):
        [received] = await store(database, message("谢谢"))

        async def erase(talk: str = received.conversation_id) -> None:
            async with second.write() as session:
                await erase_person(session, talk, now=NOON)

        await asyncio.gather(make_engine(database).answer(received.conversation_id), erase())

        assert await told(database, received.conversation_id) == []
