"""A platform's token, shared by all nodes: one of them fetches the next, by a lease."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, update
from sqlalchemy.exc import IntegrityError

from conversations.models import PlatformToken
from db.engine import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The token itself, which stays out of the repr; ``forced_at`` is when one was last forced."""

    value: str = field(repr=False)
    expires_at: datetime
    forced_at: datetime | None = None


async def find_token(db: Database, account: str) -> Token | None:
    """The token that was kept last, if any, expired or not."""
    async with db.read() as session:
        row = await session.get(PlatformToken, account)
    if row is None or row.token_sealed is None or row.expires_at is None:
        return None
    return Token(
        value=db.vault.open(row.token_sealed), expires_at=row.expires_at, forced_at=row.forced_at
    )


async def lease(db: Database, account: str, *, now: datetime, until: datetime) -> bool:
    """Whether the caller is now the one to fetch a token, until then."""
    free = or_(PlatformToken.lease_until.is_(None), PlatformToken.lease_until <= now)
    taken = (
        update(PlatformToken)
        .where(PlatformToken.account == account, free)
        .values(lease_until=until)
        .returning(PlatformToken.account)
    )
    try:
        async with db.write() as session:
            if await session.scalar(taken) is not None:
                return True
            if await session.get(PlatformToken, account) is not None:
                return False
            session.add(PlatformToken(account=account, lease_until=until))
    except IntegrityError:  # another node added the row in the same moment
        return False
    return True


async def keep_token(db: Database, account: str, token: Token) -> None:
    """Keep a fetched token for all nodes and end the lease."""
    async with db.write() as session:
        await session.execute(
            update(PlatformToken)
            .where(PlatformToken.account == account)
            .values(
                token_sealed=db.vault.seal(token.value),
                expires_at=token.expires_at,
                forced_at=token.forced_at,
                lease_until=None,
            )
        )


async def end_lease(db: Database, account: str) -> None:
    """Let somebody else try to fetch one."""
    async with db.write() as session:
        await session.execute(
            update(PlatformToken).where(PlatformToken.account == account).values(lease_until=None)
        )
