"""Keys of other systems: drawn here, shown once, kept as keyed digests, never given out twice."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from cases.open311.errors import BadName, NameTaken, NoSuchKey, WrongKey
from cases.open311.models import NAME_LENGTH, ApiKey
from db.engine import Database

KEY_BYTES = 32
NAME = re.compile(rf"(?![.-])[\w.-]{{2,{NAME_LENGTH}}}")
PURPOSE = "open311-key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """Another system, by its key."""

    id: str
    name: str

    @property
    def author(self) -> str:
        """Who it is in the records of a case."""
        return f"open311:{self.name}"


async def issue(db: Database, name: str, *, now: datetime) -> str:
    """A new key of 256 random bits; raises ``BadName`` and ``NameTaken``."""
    if not NAME.fullmatch(name):
        raise BadName
    key = secrets.token_urlsafe(KEY_BYTES)
    digest = db.vault.digest(PURPOSE, key)
    try:
        async with db.write() as session:
            session.add(ApiKey(name=name, key_digest=digest, created_at=now))
    except IntegrityError:
        raise NameTaken from None
    return key


async def revoke(db: Database, name: str, *, now: datetime) -> None:
    """Withdraw a key; what it has filed stays. Raises ``NoSuchKey``."""
    async with db.write() as session:
        statement = (
            update(ApiKey)
            .where(ApiKey.name == name, ApiKey.revoked_at.is_(None))
            .values(revoked_at=now)
            .returning(ApiKey.id)
        )
        if await session.scalar(statement) is None:
            raise NoSuchKey


async def keys(db: Database) -> Sequence[ApiKey]:
    """Every key there ever was, the oldest first."""
    async with db.read() as session:
        return (await session.scalars(select(ApiKey).order_by(ApiKey.created_at))).all()


async def peer_of(session: AsyncSession, digest: str) -> Peer:
    """The system whose key has that digest; raises ``WrongKey``."""
    query = select(ApiKey).where(ApiKey.key_digest == digest, ApiKey.revoked_at.is_(None))
    found = await session.scalar(query)
    if found is None:
        raise WrongKey
    return Peer(id=found.id, name=found.name)
