"""Logged-in browsers, kept in the database so that each can be ended from here."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from console.accounts import Account
from console.errors import NotLoggedIn
from console.models import Role, Staff, StaffSession
from db.encryption import Vault
from db.engine import Database

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=1)
# Seen again within a minute is the same visit: reading a page need not write each time.
GRAIN = timedelta(minutes=1)
KEPT_AFTERWARDS = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedIn:
    """Somebody in their browser."""

    session_id: str
    account: Account
    last_seen_at: datetime
    page_seen_at: datetime | None = None


async def start(db: Database, account: Account, *, now: datetime) -> str:
    """The token of a new session, at most 12 hours long; long-ended ones are forgotten."""
    token = secrets.token_urlsafe(32)
    async with db.write() as session:
        await session.execute(
            delete(StaffSession).where(StaffSession.expires_at <= now - KEPT_AFTERWARDS)
        )
        session.add(
            StaffSession(
                token_digest=_digest(db.vault, token),
                staff_id=account.id,
                created_at=now,
                last_seen_at=now,
                expires_at=now + LONGEST,
            )
        )
    return token


async def find(db: Database, token: str, *, now: datetime) -> LoggedIn:
    """Who holds the token; raises ``NotLoggedIn``, also after an hour without ``touch``."""
    query = (
        select(StaffSession, Staff)
        .join(Staff, Staff.id == StaffSession.staff_id)
        .where(
            StaffSession.token_digest == _digest(db.vault, token),
            StaffSession.revoked_at.is_(None),
            StaffSession.expires_at > now,
            StaffSession.last_seen_at > now - IDLE,
            Staff.active,
        )
    )
    async with db.read() as session:
        found = (await session.execute(query)).first()
    if found is None:
        raise NotLoggedIn
    held, staff = found
    account = Account(id=staff.id, name=staff.name, role=Role(staff.role))
    return LoggedIn(
        session_id=held.id,
        account=account,
        last_seen_at=held.last_seen_at,
        page_seen_at=held.page_seen_at,
    )


async def touch(db: Database, who: LoggedIn, *, now: datetime) -> None:
    """Note that they are still there."""
    if now - who.last_seen_at < GRAIN:
        return
    async with db.write() as session:
        await session.execute(
            update(StaffSession).where(StaffSession.id == who.session_id).values(last_seen_at=now)
        )


async def revoke(db: Database, token: str, *, now: datetime) -> None:
    """End the session of this token, if there is one."""
    async with db.write() as session:
        await session.execute(
            update(StaffSession)
            .where(
                StaffSession.token_digest == _digest(db.vault, token),
                StaffSession.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )


def _digest(vault: Vault, token: str) -> str:
    return vault.digest("staff_session", token)
