"""The ledger of what may be sent unasked: filled by acts, spent by sending, over when its time is."""

from __future__ import annotations

from datetime import timedelta

from conversations.allowances import (
    Cause,
    Grant,
    exhaust,
    grant,
    spend,
    standing,
    standings,
    withdraw,
)
from conversations.threads import post
from core.messages import Reply
from db.engine import Database
from tests.integration.talk import NOON, message, store

TWO_DAYS = NOON + timedelta(hours=48)
A_MINUTE = NOON + timedelta(minutes=1)
FIVE = Grant(cause=Cause.MESSAGE, count=5, until=TWO_DAYS)
THREE = Grant(cause=Cause.EVENT, count=3, until=A_MINUTE)


async def allowed(db: Database, *grants: Grant) -> str:
    [received] = await store(db, message(channel="wechat"))
    async with db.write() as session:
        for one in grants:
            await grant(session, received.conversation_id, one)
    return received.conversation_id


async def left(db: Database, talk: str, **later: float) -> int:
    async with db.read() as session:
        return (await standing(session, talk, now=NOON + timedelta(**later))).left


async def test_nothing_is_allowed_before_the_citizen_does_something(database: Database) -> None:
    talk = await allowed(database)
    async with database.read() as session:
        found = await standing(session, talk, now=NOON)

    assert (found.left, found.until) == (0, None)


async def test_both_causes_count_and_the_shorter_pays_first(database: Database) -> None:
    talk = await allowed(database, FIVE, THREE)
    assert await left(database, talk) == 8

    async with database.write() as session:
        for _ in range(4):
            await spend(session, talk, now=NOON)

    assert await left(database, talk) == 4
    assert await left(database, talk, minutes=2) == 4
    assert await left(database, talk, hours=49) == 0


async def test_writing_again_fills_it_anew(database: Database) -> None:
    talk = await allowed(database, FIVE)
    async with database.write() as session:
        for _ in range(7):
            await spend(session, talk, now=NOON)
    assert await left(database, talk) == 0
    async with database.write() as session:
        await grant(session, talk, FIVE)

    assert await left(database, talk) == 5


async def test_exhausted_is_spent_withdrawn_is_closed(database: Database) -> None:
    talk = await allowed(database, FIVE)
    async with database.write() as session:
        await exhaust(session, talk)
    async with database.read() as session:
        spent = await standing(session, talk, now=NOON)
    async with database.write() as session:
        await withdraw(session, talk)
    async with database.read() as session:
        closed = await standing(session, talk, now=NOON)

    assert (spent.left, spent.until) == (0, TWO_DAYS)
    assert (closed.left, closed.until) == (0, None)


async def test_staff_see_who_can_be_reached_and_where_something_waits(
    database: Database,
) -> None:
    talk = await allowed(database, FIVE, THREE)
    await store(database, message(channel="wechat", user="quiet"))
    # Another channel's conversation is not among them.
    await store(database, message(channel="telegram"))
    [waiting] = await store(database, message(channel="wechat", user="waiting"))
    async with database.write() as session:
        replies = [Reply(text="一"), Reply(text="二")]
        thread = waiting.conversation_id
        await post(session, database.vault, thread, replies, author="bot", now=NOON)

    async with database.read() as session:
        found = {s.conversation_id: s for s in await standings(session, "wechat", now=NOON)}

    assert {t: (s.left, s.until, s.waiting) for t, s in found.items()} == {
        talk: (8, TWO_DAYS, 0),
        waiting.conversation_id: (0, None, 2),
    }
