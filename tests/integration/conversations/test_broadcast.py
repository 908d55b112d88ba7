"""One thing said in many conversations: numbered behind what each has, in its language."""

from __future__ import annotations

import json

from conversations.broadcast import broadcast, hold_all, reachable
from conversations.models import Conversation
from conversations.outgoing import Saying
from conversations.privacy import erase_person
from conversations.threads import post
from core.messages import Reply
from core.turns import Session
from db.engine import Database
from tests.integration.talk import NOON, message, store, told

REPLIES = {"zh": Reply(text="你好"), "en": Reply(text="Hello", language="en")}
SAYING = Saying(author="bot:alert", at=NOON)


async def test_each_gets_its_own(database: Database) -> None:
    received = await store(database, *(message(user=user) for user in "abc"))
    first, other, aside = [one.conversation_id for one in received]
    async with database.write() as session:
        await post(session, database.vault, first, [Reply(text="先")], author="bot", now=NOON)
        talk = await session.get_one(Conversation, other)
        english = Session(language="en").as_json()
        talk.session_sealed = database.vault.seal(json.dumps(english))
    async with database.write() as session:
        await hold_all(session, [first, other])
        done = await broadcast(session, database.vault, REPLIES, [first, other], SAYING)

    said = {where: await told(database, where) for where in (first, other, aside)}
    assert [(s.seq, s.text) for s in said[first]][-2:] == [(2, "先"), (3, "你好")]
    assert [(s.seq, s.text, s.id) for s in said[other]][-1:] == [(2, "Hello", done[other])]
    assert len(said[aside]) == 1
    assert done.keys() == {first, other}


async def test_nobody_is_told_nothing(database: Database) -> None:
    async with database.write() as session:
        assert await broadcast(session, database.vault, REPLIES, [], SAYING) == {}


async def test_who_is_gone_cannot_be_reached(database: Database) -> None:
    received = await store(database, message(user="a"), message(user="b"))
    here, gone = [one.conversation_id for one in received]
    async with database.write() as session:
        await erase_person(session, gone, now=NOON)

    async with database.read() as session:
        assert await reachable(session, [here, gone, "nobody"]) == {here}
