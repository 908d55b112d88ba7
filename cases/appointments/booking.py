"""Books a place in a slot and moves it to another; the caller's session is the transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.following import language_for
from cases.appointments.holding import leave, use_hold
from cases.appointments.models import AppointmentSlot, Seat
from cases.appointments.seats import exchange, take_seat
from cases.appointments.wording import service_name, told, when, words
from cases.counsel.conflicts import DOUBTED, conflicts, release, serve
from cases.errors import BadOrder
from cases.filing import Receipt, Told, file_case
from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.records import find
from cases.references import Kind
from cases.service import apply
from cases.wording import wording
from core.appointments import TimeSlot
from core.messages import CHINESE
from db.encryption import Vault

# How long before the start the two reminders are sent.
REMINDERS = (timedelta(hours=24), timedelta(hours=2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A booking as its citizen confirmed it; ``text`` is all of it, for those who keep the time.

    ``author`` is who wrote it down for somebody who rang or came: they may have no contact here.
    """

    slot_id: str
    text: str
    contact_id: str | None
    at: datetime
    author: str = ""
    conversation_id: str | None = None
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """What goes on the receipt."""

    receipt: Receipt
    slot: TimeSlot


async def book(session: AsyncSession, vault: Vault, wish: Wish) -> Booked:
    """Take the place, the one that is kept for them if one is, open the case, tie the two together.

    Raises ``SlotTaken``; and ``IntegrityError`` where this person has one of this service that is
    live, which the table itself refuses.
    """
    held = wish.contact_id and await use_hold(session, wish.slot_id, wish.contact_id, now=wish.at)
    slot = held or await take_seat(session, wish.slot_id, now=wish.at)
    if wish.contact_id:
        await leave(session, wish.contact_id, [slot.service])
    receipt = await file_case(session, vault, _told(slot, wish))
    case = await find(session, receipt.reference)
    session.add(
        Seat(
            case_id=case.id,
            slot_id=slot.id,
            contact_id=wish.contact_id,
            service=slot.service,
            live=True,
            reminders=needless(slot, wish.at),
        )
    )
    await session.flush()
    await _serve(session, vault, case, slot, at=wish.at)
    return Booked(receipt=receipt, slot=told(slot))


async def rebook(
    session: AsyncSession, vault: Vault, case: Case, slot_id: str, order: Order
) -> TimeSlot:
    """Move an appointment to another time of the same service.

    ``order`` is who does it and when. Raises ``SlotTaken``, ``BadOrder`` and what ``apply`` raises.
    """
    seat = await session.get(Seat, case.id)
    wanted = await session.get(AppointmentSlot, slot_id)
    if seat is None or wanted is None or wanted.service != seat.service:
        raise BadOrder("an appointment is moved to a slot of its own service")
    if seat.slot_id == slot_id:
        raise BadOrder("it is at that time already")
    language = await language_for(session, vault, case)
    text = words(language, "moved", when=when(wanted, language), place=wanted.place)
    await apply(
        session,
        vault,
        case,
        Order(
            command="rebook",
            actor=order.actor,
            at=order.at,
            author=order.author,
            text=text,
            agency=wanted.place,
        ),
    )
    before = await session.get_one(AppointmentSlot, seat.slot_id)
    slot = await exchange(session, seat.slot_id, slot_id, now=order.at)
    seat.slot_id, seat.reminders = slot.id, needless(slot, order.at)
    await session.flush()
    if before.lawyer != slot.lawyer:
        await release(session, case, before.lawyer)
        await _serve(session, vault, case, slot, at=order.at)
    return told(slot, language)


def citizens(at: datetime) -> Order:
    """A citizen's own move."""
    return Order(command="rebook", actor=Actor.CITIZEN, at=at)


def needless(slot: AppointmentSlot, now: datetime) -> int:
    """How many of the reminders would come too late to say anything that was not said just now."""
    return sum(slot.starts_at - now <= before for before in REMINDERS)


async def _serve(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, *, at: datetime
) -> None:
    """The lawyer who keeps the time serves the case; where they may serve the other side, staff are told.

    Not the citizen, and the time is not refused: either would tell that the other side was there.
    """
    if not slot.lawyer or await serve(session, case, slot.lawyer, at=at) != DOUBTED:
        return
    others = await conflicts(session, case.id, slot.lawyer)
    text = wording().counsel.doubted.format(lawyer=slot.lawyer, others="、".join(others))
    order = Order(command="note", actor=Actor.SYSTEM, at=at, text=text, public=False)
    await apply(session, vault, case, order)


def _told(slot: AppointmentSlot, wish: Wish) -> Told:
    place = when(slot)
    return Told(
        kind=Kind.APPOINTMENT,
        sub_kind=slot.service,
        title=f"{service_name(slot.service)} {place}",
        text=wish.text,
        area=slot.area,
        place=slot.place,
        received=words(CHINESE, "booked", when=place, place=slot.place),
        agency=slot.place,
        person=wish.person,
        details=wish.details,
        contact_id=wish.contact_id,
        conversation_id=wish.conversation_id,
        author=wish.author,
        demo=slot.demo,
        at=wish.at,
    )
