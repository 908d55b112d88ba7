"""Counts failed look-ups and shuts the door for a while when there are too many."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

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
    asked = lock_values(subject_digest=subject_digest, contact_id=contact_id, now=now)
    by_contact, by_reference = (await session.execute(_LOCKS, asked)).one()
    return lock_end(by_contact, by_reference)


def lock_values(*, subject_digest: str, contact_id: str, now: datetime) -> dict[str, object]:
    """What ``LOCKS`` has to be given in a statement that asks for more than them."""
    return {
        "lock_contact": contact_id,
        "lock_contact_since": now - CONTACT_WINDOW,
        "lock_subject": subject_digest,
        "lock_subject_since": now - REFERENCE_WINDOW,
    }


def lock_end(by_contact: datetime | None, by_reference: datetime | None) -> datetime | None:
    """When both of the ``LOCKS`` are open again, or None if they are."""
    ends = (
        by_contact and by_contact + CONTACT_WINDOW,
        by_reference and by_reference + REFERENCE_WINDOW,
    )
    return max((end for end in ends if end is not None), default=None)


def _oldest_that_locks(
    column: InstrumentedAttribute[str], tries: int, name: str
) -> ScalarSelect[datetime]:
    """The moment of the last of ``tries`` failures, counted back from now; none if there are fewer."""
    return (
        select(LookupAttempt.at)
        .where(column == bindparam(name), LookupAttempt.at > bindparam(f"{name}_since"))
        .order_by(LookupAttempt.at.desc())
        .offset(tries - 1)
        .limit(1)
        .scalar_subquery()
    )


# Columns of one row, so that a look-up asks for them and for the case at once.
LOCKS = (
    _oldest_that_locks(LookupAttempt.contact_id, TRIES_PER_CONTACT, "lock_contact"),
    _oldest_that_locks(LookupAttempt.subject_digest, TRIES_PER_REFERENCE, "lock_subject"),
)
_LOCKS = select(*LOCKS)
