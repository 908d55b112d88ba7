"""A citizen is erased from what is over, here and at the bodies that were told of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.delivery import queue_erasure
from cases.models import Case
from cases.persons import erase_persons


async def erase_closed(
    session: AsyncSession, contact_id: str, *, now: datetime
) -> tuple[str, ...]:
    """Erase a contact from every case of theirs that is over; those in hand need their words.

    Bodies are told in their turn. What a body has to keep by law is the body's own to decide
    (《个人信息保护法》第四十七条).
    """
    query = (
        select(Case.id)
        .where(Case.contact_id == contact_id, Case.closed_at.is_not(None))
        .order_by(Case.id)
    )
    # Taken before their deliveries, as a step and the courier do.
    cases = (await session.scalars(query.with_for_update())).all()
    erased = await erase_persons(session, cases, now=now)
    if erased:
        await queue_erasure(session, cases, now=now)
    return erased
