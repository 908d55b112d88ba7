"""Who did not come twice within a quarter books by asking a person, not by themselves, for a while.

A place kept for somebody who does not come is one that somebody else needed. Nothing is counted up:
the two cases themselves say it, an office that was wrong puts them right, and time does the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.models import Case
from cases.references import Kind
from timekeeping.periods import day_of

MISSED = "no_show"
# Promises of this service, told with each.
MISSED_WITHIN = timedelta(days=90)
MOST_MISSED = 2
# Nobody in distress is turned away.
EXEMPT = "counselling"


async def by_asking_until(
    session: AsyncSession, contact_id: str | None, services: Sequence[str], *, now: datetime
) -> date | None:
    """The first day on which this contact books these by themselves again; None where they do now."""
    if contact_id is None or EXEMPT in services:
        return None
    query = (
        select(Case.closed_at)
        .where(
            Case.contact_id == contact_id,
            Case.kind == Kind.APPOINTMENT,
            Case.state == MISSED,
            Case.sub_kind != EXEMPT,
            Case.closed_at > now - MISSED_WITHIN,
        )
        .order_by(Case.closed_at.desc())
        .offset(MOST_MISSED - 1)
        .limit(1)
    )
    earlier = await session.scalar(query)
    return None if earlier is None else day_of(earlier + MISSED_WITHIN)
