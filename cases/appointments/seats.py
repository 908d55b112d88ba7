"""Takes places in slots and gives them back; never one too many, however many ask at once.

One conditional UPDATE a place. PostgreSQL locks the row and looks at the condition again once the
one before has committed; SQLite has one writer. The table's own CHECK would refuse what got past it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.models import AppointmentSlot
from cases.errors import SlotTaken


async def take_seat(session: AsyncSession, slot_id: str, *, now: datetime) -> AppointmentSlot:
    """One place in a slot that is open, still to come and not full; raises ``SlotTaken``."""
    taken = await session.scalar(
        update(AppointmentSlot)
        .where(
            AppointmentSlot.id == slot_id,
            AppointmentSlot.taken < AppointmentSlot.capacity,
            AppointmentSlot.closed_at.is_(None),
            AppointmentSlot.starts_at > now,
        )
        .values(taken=AppointmentSlot.taken + 1)
        .returning(AppointmentSlot.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        raise SlotTaken
    return await session.get_one(AppointmentSlot, slot_id, populate_existing=True)


async def give_back(session: AsyncSession, slot_id: str) -> None:
    """One place less taken."""
    await session.execute(
        update(AppointmentSlot)
        .where(AppointmentSlot.id == slot_id)
        .values(taken=AppointmentSlot.taken - 1)
        .execution_options(synchronize_session=False)
    )


async def exchange(session: AsyncSession, old: str, new: str, *, now: datetime) -> AppointmentSlot:
    """A place in another slot for the one that is had; raises ``SlotTaken``.

    The two rows are locked in the order of their ids, so that two who change places with each
    other never wait for each other.
    """
    if old < new:
        await give_back(session, old)
        return await take_seat(session, new, now=now)
    slot = await take_seat(session, new, now=now)
    await give_back(session, old)
    return slot
