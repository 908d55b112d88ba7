"""What the clock brings about: reminders, cancellations of closed slots, the end of a meeting."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.booking import REMINDERS
from cases.appointments.following import language_for, say
from cases.appointments.models import AppointmentSlot, Seat
from cases.appointments.wording import clock_time, service_name, when, words
from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.service import apply
from conversations.threads import hold
from core.messages import QuickReply, Reply
from db.encryption import Vault

# A promise of this service: so long after the end, whoever was not said to be missing was there.
PASSED_AFTER = timedelta(hours=2)
BATCH = 100

Step = Callable[[AsyncSession, Vault, Case, AppointmentSlot, datetime], Awaitable[None]]


async def remind(session: AsyncSession, vault: Vault, now: datetime) -> int:
    """Do all that is due at ``now``, in the caller's transaction; gives how many were told.

    Done twice, or by two nodes at once, it tells nobody twice: each conversation is taken first,
    in one order, and what is due is looked at again behind that lock.
    """
    done = 0
    for case_id, conversation_id in await _candidates(session, now):
        if conversation_id is not None:
            await hold(session, conversation_id)
        done += await _one(session, vault, case_id, now)
    return done


async def _one(session: AsyncSession, vault: Vault, case_id: str, now: datetime) -> int:
    found = await session.execute(
        select(Seat, AppointmentSlot, Case)
        .join(AppointmentSlot, AppointmentSlot.id == Seat.slot_id)
        .join(Case, Case.id == Seat.case_id)
        .where(Seat.case_id == case_id, _is_due(now))
        .execution_options(populate_existing=True)
    )
    row = found.first()
    if row is None:
        return 0
    seat, slot, case = row
    step = _cancel if slot.closed_at else _pass if slot.ends_at <= now else _remind
    if step is _remind:
        seat.reminders = sum(slot.starts_at - now <= before for before in REMINDERS)
    await step(session, vault, case, slot, now)
    return 1


async def _candidates(session: AsyncSession, now: datetime) -> Sequence[tuple[str, str | None]]:
    query = (
        select(Seat.case_id, Case.conversation_id)
        .join(AppointmentSlot, AppointmentSlot.id == Seat.slot_id)
        .join(Case, Case.id == Seat.case_id)
        .where(_is_due(now))
        .order_by(Case.conversation_id, Seat.case_id)
        .limit(BATCH)
    )
    return [(case_id, where) for case_id, where in await session.execute(query)]


def _is_due(now: datetime) -> ColumnElement[bool]:
    first, last = REMINDERS
    to_come = AppointmentSlot.starts_at > now
    return Seat.live & or_(
        AppointmentSlot.closed_at.is_not(None),
        AppointmentSlot.ends_at <= now - PASSED_AFTER,
        to_come & (Seat.reminders < 1) & (AppointmentSlot.starts_at <= now + first),
        to_come & (Seat.reminders < len(REMINDERS)) & (AppointmentSlot.starts_at <= now + last),
    )


async def _remind(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, now: datetime
) -> None:
    language = await language_for(session, vault, case)
    soon = slot.starts_at - now <= REMINDERS[-1]
    text = words(
        language,
        "reminder_soon" if soon else "reminder",
        when=when(slot, language),
        start=clock_time(slot.starts_at),
        place=slot.place,
        service=service_name(slot.service, language),
        bring=words(language, "bring", bring=slot.bring) if slot.bring else "",
    )
    await apply(session, vault, case, _order("remind", case, now, text))
    change = QuickReply(
        title=words(language, "change"), payload=f"appointment_change/{case.reference}"
    )
    reply = Reply(
        text=text,
        quick_replies=() if soon else (change,),
        source=f"case:{case.reference}",
        language=language,
    )
    await say(session, vault, case, reply, now=now)


async def _cancel(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, now: datetime
) -> None:
    language = await language_for(session, vault, case)
    reason = slot.closed_reason or words(language, "closed")
    await apply(session, vault, case, _order("cancel_by_office", case, now, reason))


async def _pass(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, now: datetime
) -> None:
    text = words(await language_for(session, vault, case), "passed")
    await apply(session, vault, case, _order("attend", case, now, text))


def _order(command: str, case: Case, now: datetime, text: str) -> Order:
    return Order(command=command, actor=Actor.SYSTEM, at=max(now, case.updated_at), text=text)
