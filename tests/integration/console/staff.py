"""Staff at their desks, without a password."""

from __future__ import annotations

from datetime import datetime

from console import sessions
from console.accounts import Account
from console.models import Role, Staff
from console.sessions import LoggedIn
from db.base import new_id
from db.engine import Database


async def comes_in(
    db: Database, name: str = "li.na", role: Role = Role.AGENT, *, now: datetime
) -> tuple[str, LoggedIn]:
    """Somebody with a session of their own; gives its token."""
    account = Account(id=new_id(), name=name, role=role)
    async with db.write() as session:
        session.add(
            Staff(id=account.id, name=name, password_hash="none", role=role, created_at=now)
        )
    token = await sessions.start(db, account, now=now)
    return token, await sessions.find(db, token, now=now)
