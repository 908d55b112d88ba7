"""Which buttons a citizen has before them: those said since their last word."""

from __future__ import annotations

from conversations.offers import offered
from conversations.threads import post
from core.messages import QuickReply, Reply
from db.engine import Database
from tests.integration.talk import NOON, message, store


def reply(*titles: str) -> Reply:
    return Reply(text="请选", quick_replies=tuple(QuickReply(title=t, payload=t) for t in titles))


async def test_buttons_since_the_last_word_in_order(database: Database) -> None:
    [first] = await store(database, message())
    talk = first.conversation_id
    async with database.write() as session:
        await post(session, database.vault, talk, [reply("旧")], author="bot", now=NOON)
    await store(database, message())
    async with database.write() as session:
        said = [reply("甲", "乙"), Reply(text="没有"), reply("丙")]
        await post(session, database.vault, talk, said, author="bot", now=NOON)

    async def titles(**which: int) -> list[str]:
        async with database.read() as session:
            return [q.title for q in await offered(session, database.vault, talk, **which)]

    assert await titles() == ["甲", "乙", "丙"]
    assert await titles(before=6) == ["甲", "乙"]
    assert await titles(before=4) == []
    assert await titles(before=3) == ["旧"]
    await store(database, message())
    assert await titles() == []
