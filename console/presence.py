"""Who is there: logged in, with a page of the console open that asks for news."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from console.models import Staff, StaffSession
from console.permissions import Permission, roles_with
from console.sessions import IDLE, LoggedIn
from db.engine import Database

# A page asks at least once a minute, also in the background; a browser may be late with that.
GONE_AFTER = timedelta(minutes=3)
GRAIN = timedelta(minutes=1)


async def note(db: Database, who: LoggedIn, *, now: datetime) -> None:
    """Note that a page of theirs is open; not each time, as pages ask often."""
    if who.page_seen_at is not None and now - who.page_seen_at < GRAIN:
        return
    async with db.write() as session:
        await session.execute(
            update(StaffSession).where(StaffSession.id == who.session_id).values(page_seen_at=now)
        )


async def serving(session: AsyncSession, *, now: datetime) -> list[str]:
    """The names of those who could take a chat now."""
    # Whoever has just clicked is there, too, before their page asks.
    there = or_(
        StaffSession.page_seen_at > now - GONE_AFTER, StaffSession.last_seen_at > now - GONE_AFTER
    )
    names = await session.scalars(
        select(Staff.name)
        .join(StaffSession, StaffSession.staff_id == Staff.id)
        .where(
            Staff.active,
            Staff.role.in_(roles_with(Permission.SERVE)),
            StaffSession.revoked_at.is_(None),
            StaffSession.expires_at > now,
            StaffSession.last_seen_at > now - IDLE,
            there,
        )
        .distinct()
        .order_by(Staff.name)
    )
    return list(names)
