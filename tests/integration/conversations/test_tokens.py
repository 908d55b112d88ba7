"""A token that several nodes share: one has the lease, all read what it kept."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from conversations.tokens import Token, end_lease, find_token, keep_token, lease
from db.engine import Database
from tests.integration.talk import NOON

ACCOUNT = "wechat:wx1"
UNTIL = NOON + timedelta(seconds=15)
TOKEN = Token(value="t-1" * 200, expires_at=NOON + timedelta(hours=2))


async def test_one_of_many_gets_the_lease(database: Database, second: Database) -> None:
    won = await asyncio.gather(
        *(lease(db, ACCOUNT, now=NOON, until=UNTIL) for db in (database, second) * 4)
    )

    assert sorted(won) == [False] * 7 + [True]


async def test_a_lease_ends_by_keeping_by_giving_up_or_by_time(database: Database) -> None:
    assert await lease(database, ACCOUNT, now=NOON, until=UNTIL)
    assert not await lease(database, ACCOUNT, now=NOON, until=UNTIL)
    await keep_token(database, ACCOUNT, TOKEN)
    assert await lease(database, ACCOUNT, now=NOON, until=UNTIL)
    await end_lease(database, ACCOUNT)
    assert await lease(database, ACCOUNT, now=NOON, until=UNTIL)
    assert await lease(database, ACCOUNT, now=UNTIL, until=UNTIL)
    assert await lease(database, "wechat:wx2", now=NOON, until=UNTIL)


async def test_what_one_keeps_the_other_reads(database: Database, second: Database) -> None:
    assert await find_token(second, ACCOUNT) is None
    await lease(database, ACCOUNT, now=NOON, until=UNTIL)
    assert await find_token(second, ACCOUNT) is None
    await keep_token(database, ACCOUNT, TOKEN)

    assert await find_token(second, ACCOUNT) == TOKEN
    assert "t-1" not in repr(TOKEN)
