"""Slots as staff put them up: added once each, listed, found, closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.models import AppointmentSlot, SeatHold
from cases.appointments.seats import has_room, is_for_all
from cases.errors import BadSlot, SlotTaken
from core.appointments import CHANGED_UNTIL
from timekeeping.periods import day_of
from timekeeping.workdays import is_workday

MOST_PLACES = 500
MOST_LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSlot:
    """A time that staff offer; ``service`` is a sub-kind, ``area`` a district's key.

    ``lawyer`` is who keeps it, where that is a lawyer.
    """

    service: str
    area: str
    place: str
    starts_at: datetime
    ends_at: datetime
    capacity: int
    bring: str = ""
    lawyer: str = ""
    demo: bool = False


def check(slot: NewSlot, *, on_rest_day: bool, now: datetime) -> None:
    """Whether a slot can be offered; raises ``BadSlot``.

    A rest day, be it a weekend or a holiday, is taken only where that is said expressly.
    """
    if slot.starts_at <= now:
        raise BadSlot("past")
    if slot.ends_at <= slot.starts_at or day_of(slot.ends_at) != day_of(slot.starts_at):
        raise BadSlot("order")
    if not 1 <= slot.capacity <= MOST_PLACES:
        raise BadSlot("capacity")
    if not on_rest_day and not is_workday(day_of(slot.starts_at)):
        raise BadSlot("rest_day")


async def add_slots(session: AsyncSession, slots: Iterable[NewSlot], *, now: datetime) -> int:
    """Add what is not there yet; gives how many were new.

    A service has one slot at a place and moment: one that is there stays as it is, with those who
    have booked it.
    """
    added = 0
    for slot in slots:
        query = select(AppointmentSlot.id).where(
            AppointmentSlot.service == slot.service,
            AppointmentSlot.place == slot.place,
            AppointmentSlot.starts_at == slot.starts_at,
        )
        if await session.scalar(query) is None:
            session.add(AppointmentSlot(**asdict(slot), taken=0, closed_reason="", created_at=now))
            added += 1
    await session.flush()
    return added


async def free(
    session: AsyncSession, services: Sequence[str], *, now: datetime, holder: str = ""
) -> Sequence[AppointmentSlot]:
    """Open slots of some services with a place left for all or kept for ``holder``, the next first."""
    room = has_room(now) & is_for_all(now) | AppointmentSlot.id.in_(held_for(holder))
    query = (
        select(AppointmentSlot)
        .where(AppointmentSlot.service.in_(services), AppointmentSlot.starts_at > now, room)
        .where(AppointmentSlot.closed_at.is_(None))
        .order_by(AppointmentSlot.starts_at, AppointmentSlot.place)
        .limit(MOST_LISTED)
    )
    return (await session.scalars(query)).all()


async def full(
    session: AsyncSession, services: Sequence[str], *, now: datetime
) -> Sequence[AppointmentSlot]:
    """Of each service and place all of whose times are taken, the next one that could be offered."""
    query = (
        select(AppointmentSlot, has_room(now) & is_for_all(now))
        .where(
            AppointmentSlot.service.in_(services),
            AppointmentSlot.starts_at > now + CHANGED_UNTIL,
            AppointmentSlot.closed_at.is_(None),
        )
        .order_by(AppointmentSlot.starts_at, AppointmentSlot.place)
        .limit(MOST_LISTED)
    )
    rows = [(slot, is_free) for slot, is_free in await session.execute(query)]
    open_places = {(slot.service, slot.place) for slot, is_free in rows if is_free}
    places = {(slot.service, slot.place): slot for slot, _ in reversed(rows)}
    found = [slot for place, slot in places.items() if place not in open_places]
    return sorted(found, key=lambda slot: (slot.starts_at, slot.place))


def held_for(contact_id: str) -> Select[str]:
    """The slots in which a place is kept for a contact."""
    return select(SeatHold.slot_id).where(SeatHold.contact_id == contact_id)


async def listing(
    session: AsyncSession, *, now: datetime, service: str = ""
) -> Sequence[AppointmentSlot]:
    """Slots still to come, closed ones too, the next first; for staff."""
    query = (
        select(AppointmentSlot)
        .where(AppointmentSlot.ends_at > now)
        .order_by(AppointmentSlot.starts_at, AppointmentSlot.place)
        .limit(MOST_LISTED)
    )
    if service:
        query = query.where(AppointmentSlot.service == service)
    return (await session.scalars(query)).all()


async def close(session: AsyncSession, slot_id: str, *, reason: str, now: datetime) -> None:
    """Give this time no more; raises ``SlotTaken`` where there is none such to close.

    Those who have booked it are told by ``reminding.remind``, which whoever closes calls at once:
    in a transaction of its own, because it takes their conversations before the slot.
    """
    slot = await session.get(AppointmentSlot, slot_id, with_for_update=True)
    if slot is None or slot.closed_at is not None or slot.starts_at <= now:
        raise SlotTaken
    slot.closed_at, slot.closed_reason = now, reason
    await session.flush()
