"""Counts failed look-ups and shuts the door for a while when there are too many."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.codes import reference_digest
from cases.models import LookupAttempt
from db.encryption import Vault

TRIES_PER_CONTACT = 5
CONTACT_WINDOW = timedelta(minutes=30)
TRIES_PER_REFERENCE = 10
REFERENCE_WINDOW = timedelta(minutes=60)


async def count_failure(
    session: AsyncSession, vault: Vault, reference: str, contact_id: str, now: datetime
) -> None:
    """Write down a failed look-up; alike for references that exist and that do not.

    Whatever is too old to count is forgotten on the way.
    """
    await session.execute(delete(LookupAttempt).where(LookupAttempt.at <= now - REFERENCE_WINDOW))
    subject = reference_digest(vault, reference)
    session.add(LookupAttempt(subject_digest=subject, contact_id=contact_id, at=now))
    await session.flush()


async def locked_until(
    session: AsyncSession, *, subject_digest: str, contact_id: str, now: datetime
) -> datetime | None:
    """When this contact may try this reference again, or None if right now.

    Five failures of a contact within 30 minutes lock it, ten of anybody at a reference within
    60 minutes lock that, each until the oldest of them is past its window.
    """
    ends = [
        await _window_end(
            session, LookupAttempt.contact_id == contact_id, TRIES_PER_CONTACT, CONTACT_WINDOW, now
        ),
        await _window_end(
            session, LookupAttempt.subject_digest == subject_digest,
            TRIES_PER_REFERENCE, REFERENCE_WINDOW, now,
        ),
    ]  # fmt: skip
    return max((end for end in ends if end is not None), default=None)


async def _window_end(
    session: AsyncSession,
    mine: ColumnElement[bool],
    tries: int,
    window: timedelta,
    now: datetime,
) -> datetime | None:
    query = (
        select(LookupAttempt.at)
        .where(mine, LookupAttempt.at > now - window)
        .order_by(LookupAttempt.at.desc())
        .limit(tries)
    )
    recent = (await session.scalars(query)).all()
    return recent[-1] + window if len(recent) == tries else None
