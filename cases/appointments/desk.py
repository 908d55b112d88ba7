"""Times and appointments, as the conversation asks for them and staff keep them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments import slots
from cases.appointments.booking import Booked, Wish, book
from cases.appointments.missing import by_asking_until
from cases.appointments.models import AppointmentSlot, Seat
from cases.appointments.reminding import remind
from cases.appointments.seats import is_for_all
from cases.appointments.slots import NewSlot
from cases.appointments.waiting import keep_lists
from cases.appointments.wording import told
from cases.models import Case
from cases.references import tidy
from core.appointments import Appointment, TimeSlot
from core.clock import Clock
from core.messages import CHINESE
from db.engine import Database


class AppointmentDesk:
    """Implements ``core.ports.AppointmentBook``, and what staff do with slots."""

    def __init__(self, db: Database, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def free(
        self, services: Sequence[str], *, holder: str = "", language: str = CHINESE
    ) -> Sequence[TimeSlot]:
        """Open times with a place left, for all or kept for the contact ``holder``, the next first."""
        async with self._db.read() as session:
            found = await slots.free(session, services, now=self._clock(), holder=holder)
            return [told(slot, language) for slot in found]

    async def full(
        self, services: Sequence[str], *, language: str = CHINESE
    ) -> Sequence[TimeSlot]:
        """Of each service and place that has no free time, the next time that could come free."""
        async with self._db.read() as session:
            found = await slots.full(session, services, now=self._clock())
            return [told(slot, language, left=0) for slot in found]

    async def slot(
        self, slot_id: str, *, holder: str = "", language: str = CHINESE
    ) -> TimeSlot | None:
        """A time by its id, full or over ones too, with as many places as are left for ``holder``."""
        held = AppointmentSlot.id.in_(slots.held_for(holder))
        query = select(AppointmentSlot, held, is_for_all(self._clock()))
        async with self._db.read() as session:
            found = (await session.execute(query.where(AppointmentSlot.id == slot_id))).first()
        if found is None:
            return None
        slot, is_held, for_all = found
        left = (slot.capacity - slot.taken if for_all else 0) + is_held
        return told(slot, language, left=left)

    async def mine(self, contact_id: str, *, language: str = CHINESE) -> Sequence[Appointment]:
        """What this contact has booked and is still to come, the next first."""
        async with self._db.read() as session:
            return await _found(
                session, (Seat.contact_id == contact_id) & Seat.live, language=language
            )

    async def by_asking_until(self, contact_id: str, services: Sequence[str]) -> date | None:
        """Until when this contact books these services by asking a person; None where they need not."""
        async with self._db.read() as session:
            return await by_asking_until(session, contact_id, services, now=self._clock())

    async def of(self, reference: str, *, language: str = CHINESE) -> Appointment | None:
        """The appointment of a reference; whoever asks has seen that they may know."""
        async with self._db.read() as session:
            found = await _found(session, Case.reference == tidy(reference), language=language)
            return next(iter(found), None)

    async def listing(self, service: str = "") -> Sequence[AppointmentSlot]:
        """Times still to come, for staff."""
        async with self._db.read() as session:
            return await slots.listing(session, now=self._clock(), service=service)

    async def add(self, new: Iterable[NewSlot]) -> int:
        """Put times up that are not there yet; gives how many were new."""
        async with self._db.write() as session:
            return await slots.add_slots(session, new, now=self._clock())

    async def close(self, slot_id: str, reason: str) -> int:
        """Give a time no more and tell those who had booked it; gives how many were told.

        Should it stop in between, the timer tells them.
        """
        now = self._clock()
        async with self._db.write() as session:
            await slots.close(session, slot_id, reason=reason, now=now)
        return await self.keep(now)

    async def book(self, wish: Wish) -> Booked:
        """Book for somebody who rang or came; raises ``SlotTaken``."""
        async with self._db.write() as session:
            return await book(session, self._db.vault, wish)

    async def keep(self, now: datetime) -> int:
        """Do what the clock brings about; gives how many were told."""
        async with self._db.write() as session:
            told_of = await remind(session, self._db.vault, now)
        return told_of + await keep_lists(self._db, now)


async def _found(
    session: AsyncSession, wanted: ColumnElement[bool], *, language: str
) -> Sequence[Appointment]:
    query = (
        select(Seat.live, Case.reference, AppointmentSlot)
        .join(Case, Case.id == Seat.case_id)
        .join(AppointmentSlot, AppointmentSlot.id == Seat.slot_id)
        .where(wanted)
        .order_by(AppointmentSlot.starts_at)
    )
    return [
        Appointment(reference=reference, slot=told(slot, language), live=live)
        for live, reference, slot in await session.execute(query)
    ]
