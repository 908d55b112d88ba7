"""Sessions: how long they last, and how they are ended from here."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from console import sessions
from console.accounts import Account
from console.errors import NotLoggedIn
from console.models import Staff, StaffSession
from console.sessions import IDLE, LONGEST
from db.engine import Database
from tests.integration.console.conftest import START

SECOND = timedelta(seconds=1)


async def test_the_token_finds_who_holds_it(database: Database, agent: Account) -> None:
    token = await sessions.start(database, agent, now=START)

    assert (await sessions.find(database, token, now=START)).account == agent


async def test_the_token_itself_is_not_kept(database: Database, agent: Account) -> None:
    token = await sessions.start(database, agent, now=START)

    async with database.read() as session:
        kept = await session.scalar(select(StaffSession.token_digest))
    assert kept == database.vault.digest("staff_session", token)


@pytest.mark.parametrize("token", ["", "x" * 43])
async def test_an_unknown_token_is_nobody(database: Database, agent: Account, token: str) -> None:
    await sessions.start(database, agent, now=START)

    with pytest.raises(NotLoggedIn):
        await sessions.find(database, token, now=START)


async def test_it_ends_after_an_hour_of_nothing(database: Database, agent: Account) -> None:
    token = await sessions.start(database, agent, now=START)
    await sessions.find(database, token, now=START + IDLE - SECOND)

    with pytest.raises(NotLoggedIn):
        await sessions.find(database, token, now=START + IDLE)


async def test_it_ends_after_twelve_hours_whatever_is_done(
    database: Database, agent: Account
) -> None:
    token = await sessions.start(database, agent, now=START)
    now = START
    while now + IDLE / 2 < START + LONGEST:
        now += IDLE / 2
        who = await sessions.find(database, token, now=now)
        await sessions.touch(database, who, now=now)

    assert now == START + LONGEST - IDLE / 2
    with pytest.raises(NotLoggedIn):
        await sessions.find(database, token, now=START + LONGEST)


async def test_looking_again_at_once_writes_nothing(database: Database, agent: Account) -> None:
    token = await sessions.start(database, agent, now=START)
    now = START + timedelta(seconds=59)
    who = await sessions.find(database, token, now=now)

    await sessions.touch(database, who, now=now)

    assert (await sessions.find(database, token, now=now)).last_seen_at == START


async def test_a_revoked_session_is_over_and_the_other_goes_on(
    database: Database, agent: Account
) -> None:
    token = await sessions.start(database, agent, now=START)
    other = await sessions.start(database, agent, now=START)

    await sessions.revoke(database, token, now=START)

    with pytest.raises(NotLoggedIn):
        await sessions.find(database, token, now=START)
    assert (await sessions.find(database, other, now=START)).account == agent


async def test_whoever_is_no_longer_active_is_out_at_once(
    database: Database, agent: Account
) -> None:
    token = await sessions.start(database, agent, now=START)
    async with database.write() as session:
        await session.execute(update(Staff).values(active=False))

    with pytest.raises(NotLoggedIn):
        await sessions.find(database, token, now=START)


async def test_sessions_long_over_are_forgotten(database: Database, agent: Account) -> None:
    await sessions.start(database, agent, now=START)
    await sessions.start(database, agent, now=START + timedelta(days=30))
    await sessions.start(database, agent, now=START + timedelta(days=31))

    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(StaffSession)) == 2


async def test_ending_it_again_does_not_change_when_it_ended(
    database: Database, agent: Account
) -> None:
    token = await sessions.start(database, agent, now=START)

    await sessions.revoke(database, token, now=START)
    await sessions.revoke(database, token, now=START + SECOND)

    async with database.read() as session:
        assert await session.scalar(select(StaffSession.revoked_at)) == START
