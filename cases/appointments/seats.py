"""Takes places in slots and gives them back; never one too many, however many ask at once.

One conditional UPDATE a place. PostgreSQL locks the row and looks at the condition again once the
one before has committed; SQLite has one writer. The table's own CHECK would refuse what got past it.
While somebody waits for a place, its free seats go to whoever waits longest.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, update
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.models import AppointmentSlot, SeatWait
from cases.errors import SlotTaken
from core.appointments import CHANGED_UNTIL


def has_room(now: datetime) -> ColumnElement[bool]:
    """Slots that are open, still to come and not full."""
    return and_(
        AppointmentSlot.taken < AppointmentSlot.capacity,
        AppointmentSlot.closed_at.is_(None),
        AppointmentSlot.starts_at > now,
    )


def is_for_all(now: datetime) -> ColumnElement[bool]:
    """Slots whose places nobody waits for, or that begin too soon to be offered around."""
    waited = exists().where(
        SeatWait.service == AppointmentSlot.service, SeatWait.place == AppointmentSlot.place
    )
    return or_(AppointmentSlot.starts_at <= now + CHANGED_UNTIL, ~waited)


async def take_seat(
    session: AsyncSession, slot_id: str, *, now: datetime, waited: bool = False
) -> AppointmentSlot:
    """One place in a slot that has one, ``waited`` for or for all; raises ``SlotTaken``."""
    mine = () if waited else (is_for_all(now),)
    taken = await session.scalar(
        update(AppointmentSlot)
        .where(AppointmentSlot.id == slot_id, has_room(now), *mine)
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
