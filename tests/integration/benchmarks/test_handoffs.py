"""A small rush for chats is counted as it went."""

from __future__ import annotations

from benchmarks.handoffs import PAGES, rush
from db.engine import Database


async def test_all_chats_are_taken_once(database: Database, database_url: str) -> None:
    found = await rush(database_url, chats=30, agents=4)

    assert (found.succeeded, found.taken, found.twice) == (30, 30, 0)
    assert len(found.claims) >= 30
    assert len(found.pages) == PAGES
