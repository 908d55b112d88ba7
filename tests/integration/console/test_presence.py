"""Somebody is there while a page of theirs asks, and no longer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from console import presence, sessions
from console.models import Role
from console.presence import GONE_AFTER
from db.engine import Database
from tests.integration.console.conftest import START
from tests.integration.console.staff import comes_in

MINUTE = timedelta(minutes=1)


async def there(db: Database, now: datetime) -> list[str]:
    async with db.read() as session:
        return await presence.serving(session, now=now)


async def test_who_has_just_come_is_there_and_gone_without_a_page(database: Database) -> None:
    await comes_in(database, now=START)

    assert await there(database, START) == ["li.na"]
    assert await there(database, START + GONE_AFTER) == []


async def test_an_open_page_keeps_somebody_there(database: Database) -> None:
    _, who = await comes_in(database, now=START)
    await presence.note(database, who, now=START + 30 * MINUTE)

    assert await there(database, START + 30 * MINUTE + GONE_AFTER - MINUTE) == ["li.na"]
    assert await there(database, START + 30 * MINUTE + GONE_AFTER) == []


async def test_a_page_that_asks_often_is_noted_once_a_minute(database: Database) -> None:
    token, who = await comes_in(database, now=START)
    await presence.note(database, who, now=START)
    again = await sessions.find(database, token, now=START)
    await presence.note(database, again, now=START + MINUTE / 2)

    noted = (await sessions.find(database, token, now=START)).page_seen_at
    assert noted == START


async def test_a_page_left_open_alone_does_not_last(database: Database) -> None:
    _, who = await comes_in(database, now=START)
    await presence.note(database, who, now=START + 61 * MINUTE)

    assert await there(database, START + 61 * MINUTE) == []


async def test_who_has_logged_out_is_not_there(database: Database) -> None:
    token, _ = await comes_in(database, now=START)
    await sessions.revoke(database, token, now=START)

    assert await there(database, START) == []


@pytest.mark.parametrize(("role", "names"), [(Role.SUPERVISOR, ["li.na"]), (Role.EDITOR, [])])
async def test_only_who_serves_counts(database: Database, role: Role, names: list[str]) -> None:
    await comes_in(database, role=role, now=START)

    assert await there(database, START) == names
