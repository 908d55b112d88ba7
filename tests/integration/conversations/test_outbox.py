"""Deliveries are claimed once, in order, and what a crash left is settled."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from conversations.models import DeliveryRecord
from conversations.outbox import (
    LEASE,
    Delivery,
    DeliveryStatus,
    claim,
    hand_back,
    note_parts,
    postpone,
    recover,
    settle,
)
from conversations.threads import post, set_status
from core.messages import Reply
from core.turns import ConversationStatus
from db.engine import Database
from tests.integration.talk import NOON, message, store

CHANNELS = ["web", "telegram"]
# SQLite has one writer, so no claim is ever open there beside another.
ON_POSTGRESQL = pytest.mark.parametrize(
    "database_url", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)


async def say(
    db: Database, *texts: str, user: str = "u-1", channel: str = "web", author: str = "bot",
    safety: bool = False,
) -> str:  # fmt: skip
    """Post replies in a person's conversation; gives its id."""
    [received] = await store(db, message(user=user, channel=channel))
    async with db.write() as session:
        replies = [Reply(text=t, safety=safety) for t in texts]
        await post(session, db.vault, received.conversation_id, replies, author=author, now=NOON)
    return received.conversation_id


async def take(db: Database, *, seconds: float = 0, only: str | None = None) -> list[Delivery]:
    async with asyncio.timeout(20), db.write() as session:
        now = NOON + timedelta(seconds=seconds)
        return await claim(session, db.vault, CHANNELS, now=now, conversation_id=only)


async def states(db: Database) -> list[tuple[str, int, str | None]]:
    async with db.read() as session:
        rows = await session.execute(
            select(
                DeliveryRecord.status, DeliveryRecord.attempts, DeliveryRecord.error_code
            ).order_by(DeliveryRecord.conversation_id, DeliveryRecord.seq)
        )
        return [(r[0], r[1], r[2]) for r in rows]


async def test_claimed_with_address_and_words_in_order(database: Database) -> None:
    await say(database, "一", "二", user="u-7")

    batch = await take(database)

    assert [d.reply.text for d in batch] == ["一", "二"]
    assert {d.to.user_id for d in batch} == {"u-7"}
    assert [d.attempts for d in batch] == [1, 1]
    assert await take(database) == []


async def test_only_asked_channels_and_conversation_are_claimed(database: Database) -> None:
    mine = await say(database, "一", user="a")
    await say(database, "二", user="b")
    await say(database, "三", user="c", channel="terminal")

    assert [d.reply.text for d in await take(database, only=mine)] == ["一"]
    assert [d.reply.text for d in await take(database)] == ["二"]


async def test_two_nodes_share_the_work_and_never_the_same(
    database: Database, second: Database
) -> None:
    for n in range(20):
        await say(database, f"{n}a", f"{n}b", user=f"u{n}")

    batches = await asyncio.gather(*(take(db) for db in (database, second) * 3))

    taken = [d.id for batch in batches for d in batch]
    assert len(taken) == len(set(taken)) == 40


@ON_POSTGRESQL
async def test_a_second_node_overtakes_nobody(database: Database, second: Database) -> None:
    """While one node's claim is not committed, the other finds nothing in that conversation."""
    await say(database, "一")
    async with database.write() as session:
        first = await claim(session, database.vault, CHANNELS, now=NOON)
        await say(second, "二")
        assert await take(second) == []
    await settle_all(database, first)

    assert [d.reply.text for d in await take(second)] == ["二"]


async def test_none_overtakes_one_that_is_on_its_way(database: Database) -> None:
    await say(database, "一")
    first = await take(database)
    await say(database, "二")

    assert await take(database) == []
    await settle_all(database, first)
    assert [d.reply.text for d in await take(database)] == ["二"]


async def test_none_overtakes_one_that_waits_for_its_next_attempt(database: Database) -> None:
    await say(database, "一")
    [failed] = await take(database)
    async with database.write() as session:
        later = NOON + timedelta(seconds=5)
        await postpone(session, failed.id, until=later, error_code="throttled")
    await say(database, "二")
    await say(database, "别人", user="other")

    assert [d.reply.text for d in await take(database)] == ["别人"]
    assert [d.reply.text for d in await take(database, seconds=5)] == ["一", "二"]


async def test_clock_of_another_node_does_not_change_the_order(database: Database) -> None:
    """One message in the middle became due later, for its node's clock runs ahead."""
    await say(database, "一", "二", "三")
    async with database.write() as session:
        await session.execute(
            update(DeliveryRecord)
            .where(DeliveryRecord.seq == 3)
            .values(next_attempt_at=NOON + timedelta(seconds=1))
        )

    first = await take(database)
    assert [d.reply.text for d in first] == ["一"]
    await settle_all(database, first)
    assert [d.reply.text for d in await take(database, seconds=1)] == ["二", "三"]


async def test_handed_back_is_no_attempt(database: Database) -> None:
    await say(database, "一", "二")
    first, rest = await take(database)
    async with database.write() as session:
        await postpone(session, first.id, until=NOON, error_code="throttled")
        await hand_back(session, [rest.id], until=NOON)

    assert await states(database) == [("queued", 1, "throttled"), ("queued", 0, None)]


async def test_lost_deliveries_are_repeated_only_where_that_does_no_harm(
    database: Database,
) -> None:
    await say(database, "网", user="a", channel="web")
    await say(database, "信", user="b", channel="telegram")
    await say(database, "急", user="c", channel="telegram", safety=True)
    before = {d.reply.text: d.id for d in await take(database)}

    async with database.write() as session:
        await recover(session, now=NOON + LEASE, repeatable=["web"])
    assert {s for s, _, _ in await states(database)} == {"wired"}

    async with database.write() as session:
        now = NOON + LEASE + timedelta(seconds=1)
        await recover(session, now=now, repeatable=["web"])
    again = await take(database, seconds=62)
    assert {d.reply.text: d.id for d in again} == {k: before[k] for k in ("网", "急")}
    assert ("unconfirmed", 1, None) in await states(database)


@pytest.mark.parametrize(
    ("author", "safety", "stale"),
    [("bot", False, True), ("bot", True, False), ("staff:王", False, False)],
    ids=["the bot's", "a safety card", "a colleague's"],
)
async def test_stale_is_what_the_bot_said_before_a_person_took_over(
    database: Database,
    author: str,
    safety: bool,  # noqa: FBT001
    stale: bool,  # noqa: FBT001
) -> None:
    talk = await say(database, "一", author=author, safety=safety)
    async with database.write() as session:
        await set_status(session, talk, ConversationStatus.ASSIGNED, assignee="李")
    await say(database, "二", author="bot")

    assert [(d.reply.text, d.stale) for d in await take(database)] == [
        ("一", stale),
        ("二", False),
    ]


@pytest.mark.parametrize("status", [ConversationStatus.QUEUED, ConversationStatus.BOT])
async def test_waiting_for_a_person_makes_nothing_stale(
    database: Database, status: ConversationStatus
) -> None:
    talk = await say(database, "一")
    async with database.write() as session:
        await set_status(session, talk, status)

    assert [d.stale for d in await take(database)] == [False]


async def settle_all(db: Database, batch: list[Delivery]) -> None:
    async with db.write() as session:
        await settle(session, [d.id for d in batch], DeliveryStatus.SENT)


async def test_parts_that_arrived_are_remembered(database: Database) -> None:
    await say(database, "一")
    [delivery] = await take(database)
    async with database.write() as session:
        await note_parts(session, delivery.id, 3)
        await hand_back(session, [delivery.id], until=NOON)

    assert [d.parts_sent for d in await take(database)] == [3]
