"""Appointments booked and moved, inside the commit of the turn that decided it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.booking import Wish, book, citizens, rebook
from cases.appointments.holding import Who, hold_seat, leave
from cases.appointments.waiting import wait
from cases.citizens import reach
from conversations.threads import Snapshot
from core.appointments import TimeSlot
from core.effects import (
    AwaitSeat,
    BookAppointment,
    HoldSeat,
    LeaveList,
    MoveAppointment,
    SeatWish,
)
from db.encryption import Vault
from documents import issuing
from documents.links import link_to
from documents.rendering import CALENDAR

KIND = "appointment"
HOST = "sufatong"

Fills = dict[str, str | date]


async def carry_out(
    session: AsyncSession,
    vault: Vault,
    seen: Snapshot,
    effect: BookAppointment | MoveAppointment,
    *,
    now: datetime,
) -> Fills:
    """Book or move, with a calendar file; gives what the receipt waits for.

    Raises ``SlotTaken`` where somebody else was quicker: the turn is then decided anew.
    """
    if isinstance(effect, BookAppointment):
        wish = Wish(
            slot_id=effect.slot,
            text=effect.text,
            person=effect.person,
            details=effect.details,
            contact_id=seen.contact_id,
            conversation_id=seen.conversation_id,
            at=now,
        )
        booked = await book(session, vault, wish)
        reference, slot = booked.receipt.reference, booked.slot
        fills: Fills = {"{case.reference}": reference, "{case.code}": booked.receipt.code}
    else:
        case = await reach(
            session, vault, effect.reference, contact_id=seen.contact_id, code=effect.code
        )
        at = max(now, case.updated_at)
        slot = await rebook(session, vault, case, effect.slot, citizens(at))
        reference, fills = case.reference, {"{case.reference}": case.reference}
    order = issuing.Order(conversation_id=seen.conversation_id, formats=[CALENDAR], at=now)
    filled = issuing.Filled(kind=KIND, values=calendar_entry(reference, slot), slots={})
    tokens = await issuing.issue(session, vault, filled, order)
    return fills | {f"{{document.{CALENDAR}}}": link_to(tokens[CALENDAR])}


async def keep_place(
    session: AsyncSession, seen: Snapshot, effect: SeatWish, *, now: datetime
) -> None:
    """Keep a place while its form is filled in, put somebody on the waiting list, or take them off.

    Raises ``SlotTaken`` where somebody else was quicker.
    """
    who = Who(seen.contact_id, seen.conversation_id)
    match effect:
        case HoldSeat(slot=slot):
            await hold_seat(session, slot, who, now=now)
        case AwaitSeat(slot=slot):
            await wait(session, slot, who, now=now)
        case LeaveList(service=service):
            await leave(session, seen.contact_id, [service])


def calendar_entry(reference: str, slot: TimeSlot) -> dict[str, str]:
    """What goes into the calendar file; an appointment that is moved keeps its entry's name."""
    return {
        "uid": f"{reference}@{HOST}",
        "summary": slot.service_name,
        "location": slot.place,
        "description": "\n".join(part for part in (reference, slot.bring) if part),
        "start": slot.starts_at.isoformat(),
        "end": slot.ends_at.isoformat(),
    }
