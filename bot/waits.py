"""What somebody in the queue has to expect: from the pace of late and from who has a page open."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from console import presence
from handoff.pace import pace


async def expected_wait(session: AsyncSession, ahead: int, *, now: datetime) -> timedelta | None:
    """How long, with so many before them; None where too little is known or nobody is there."""
    staff = await presence.serving(session, now=now)
    return (await pace(session, now=now)).wait(ahead, len(staff)) if staff else None
