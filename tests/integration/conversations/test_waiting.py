"""What waits is let go or given up, and nothing else with it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from conversations.models import DeliveryRecord, MessageRecord
from conversations.outbox import claim, hand_back
from conversations.threads import post
from conversations.waiting import follows, give_up, release, take_back, unsent_of
from core.messages import Reply
from db.engine import Database
from tests.integration.talk import NOON, message, store

LATER = NOON + timedelta(days=1)


async def waiting(db: Database, user: str) -> str:
    """Two deliveries, the first on its way, the second waiting for a day."""
    [received] = await store(db, message(user=user))
    talk = received.conversation_id
    async with db.write() as session:
        replies = [Reply(text="一"), Reply(text="二")]
        await post(session, db.vault, talk, replies, author="bot", now=NOON)
        batch = await claim(session, db.vault, ["web"], now=NOON, conversation_id=talk)
        await hand_back(session, [batch[1].id], until=LATER, error_code="quota_spent")
    return talk


async def rows(db: Database, talk: str) -> list[tuple[str, str | None, bool]]:
    """Status, code and whether it is due, in order."""
    columns = (DeliveryRecord.status, DeliveryRecord.error_code, DeliveryRecord.next_attempt_at)
    query = select(*columns).where(DeliveryRecord.conversation_id == talk)
    async with db.read() as session:
        found = await session.execute(query.order_by(DeliveryRecord.seq))
        return [(row[0], row[1], row[2] <= NOON) for row in found]


async def test_let_go_in_one_conversation(database: Database) -> None:
    mine, other = await waiting(database, "a"), await waiting(database, "b")
    async with database.write() as session:
        await release(session, mine, now=NOON)

    assert await rows(database, mine) == [("wired", None, True), ("queued", "quota_spent", True)]
    assert (await rows(database, other))[1] == ("queued", "quota_spent", False)


async def test_given_up_in_one_conversation(database: Database) -> None:
    mine, other = await waiting(database, "a"), await waiting(database, "b")
    async with database.write() as session:
        await give_up(session, mine, error_code="contact_stopped")

    assert [row[:2] for row in await rows(database, mine)] == [
        ("wired", None),
        ("failed", "contact_stopped"),
    ]
    assert (await rows(database, other))[1][0] == "queued"


async def test_what_follows_behind_a_number(database: Database) -> None:
    mine = await waiting(database, "a")
    async with database.write() as session:
        assert [await follows(session, mine, seq=seq) for seq in (2, 3)] == [True, False]
        await give_up(session, mine, error_code="contact_stopped")
        assert not await follows(session, mine, seq=2)


async def test_what_nobody_tried_to_send_can_be_taken_back(database: Database) -> None:
    received = await store(database, message(user="a"), message(user="b"))
    tried, untried = [one.conversation_id for one in received]
    async with database.write() as session:
        for where in (tried, untried):
            said = [Reply(text="警")]
            await post(session, database.vault, where, said, author="bot:alert", now=NOON)
        await claim(session, database.vault, ["web"], now=NOON, conversation_id=tried)
        assert await unsent_of(session, "bot:alert") == {"web": 2}
        assert await unsent_of(session, "bot") == {}

    async with database.write() as session:
        await take_back(session, select(MessageRecord.id), error_code="taken_back")
    async with database.read() as session:
        rows = await session.execute(
            select(
                DeliveryRecord.conversation_id, DeliveryRecord.status, DeliveryRecord.error_code
            )
        )
        ends = {where: (status, code) for where, status, code in rows}
    assert ends == {tried: ("wired", None), untried: ("failed", "taken_back")}
