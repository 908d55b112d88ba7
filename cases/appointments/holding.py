"""Keeps a place for whoever fills the form in, for ten minutes; it counts as taken meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.models import AppointmentSlot, SeatHold, SeatWait
from cases.appointments.seats import exchange, give_back, take_seat
from cases.errors import SlotTaken

# A promise of this service, told with each hold and each offer.
HELD_FOR = timedelta(minutes=10)


class Who(NamedTuple):
    """Whoever a place is kept for, and where they are told of it."""

    contact_id: str
    conversation_id: str


async def hold_seat(session: AsyncSession, slot_id: str, who: Who, *, now: datetime) -> None:
    """Keep a place for ten minutes, instead of any other of the same service.

    Choosing the same time again does not lengthen it; taking up what was offered gives the ten
    minutes once more, for the form. Raises ``SlotTaken``.
    """
    slot = await session.get(AppointmentSlot, slot_id)
    if slot is None:
        raise SlotTaken
    kept = await session.get(SeatHold, (who.contact_id, slot.service), with_for_update=True)
    if kept is None:
        await take_seat(session, slot_id, now=now)
        session.add(new_hold(slot, who, now=now))
    elif kept.slot_id != slot_id:
        await exchange(session, kept.slot_id, slot_id, now=now)
        kept.slot_id, kept.until, kept.offered = slot_id, now + HELD_FOR, False
    elif kept.offered or kept.until <= now:
        kept.until, kept.offered = now + HELD_FOR, False
    await session.flush()


def new_hold(slot: AppointmentSlot, who: Who, *, now: datetime, offered: bool = False) -> SeatHold:
    """The record of a place that was just taken."""
    return SeatHold(
        contact_id=who.contact_id,
        conversation_id=who.conversation_id,
        service=slot.service,
        slot_id=slot.id,
        offered=offered,
        until=now + HELD_FOR,
    )


async def use_hold(
    session: AsyncSession, slot_id: str, contact_id: str, *, now: datetime
) -> AppointmentSlot | None:
    """The slot in which a place was kept for this contact, which is theirs now; None where none was.

    A hold that is over is as good, as long as nobody has taken it away. Raises ``SlotTaken`` where
    the slot was closed or has begun.
    """
    held = await session.scalar(
        delete(SeatHold)
        .where(SeatHold.contact_id == contact_id, SeatHold.slot_id == slot_id)
        .returning(SeatHold.slot_id)
        .execution_options(synchronize_session=False)
    )
    if held is None:
        return None
    slot = await session.get_one(
        AppointmentSlot, slot_id, populate_existing=True, with_for_update=True
    )
    if slot.closed_at is not None or slot.starts_at <= now:
        raise SlotTaken
    return slot


async def leave(session: AsyncSession, contact_id: str, services: Sequence[str]) -> None:
    """Give back what is kept for a contact, and let them wait no more, of some services."""
    await session.execute(
        delete(SeatWait)
        .where(SeatWait.contact_id == contact_id, SeatWait.service.in_(services))
        .execution_options(synchronize_session=False)
    )
    slots = await session.scalars(
        delete(SeatHold)
        .where(SeatHold.contact_id == contact_id, SeatHold.service.in_(services))
        .returning(SeatHold.slot_id)
        .execution_options(synchronize_session=False)
    )
    for slot_id in sorted(slots.all()):
        await give_back(session, slot_id)
