"""Keeps a seat in step with its case, however the step was taken, and tells what belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.missing import MISSED, MISSED_WITHIN, by_asking_until
from cases.appointments.models import AppointmentSlot, Seat
from cases.appointments.seats import give_back
from cases.appointments.slots import free
from cases.appointments.wording import day_words, service_name, when, words
from cases.errors import TooLate
from cases.kinds.machine import Actor
from cases.models import Case, CaseEvent
from cases.notices import AUTHOR, is_reachable
from cases.orders import Order
from cases.references import Kind
from conversations.threads import language_of, post
from core.appointments import CHANGED_UNTIL, INTENT_OF
from core.messages import QuickReply, Reply
from db.encryption import Vault

FREED = frozenset({"cancelled", "cancelled_by_office"})
CHANGES = frozenset({"cancel", "rebook"})
OPTIONS = 2


async def follow(
    session: AsyncSession, vault: Vault, case: Case, event: CaseEvent, order: Order
) -> None:
    """What a step with an appointment means for its seat; nothing for other kinds of case.

    Raises ``TooLate`` for a citizen's change later than two hours before.
    """
    seat = None if case.kind != Kind.APPOINTMENT else await session.get(Seat, case.id)
    if seat is None:
        return
    slot = await session.get_one(AppointmentSlot, seat.slot_id)
    own = order.actor is Actor.CITIZEN and order.command in CHANGES
    if own and event.at > slot.starts_at - CHANGED_UNTIL:
        raise TooLate
    if seat.live and case.closed_at is not None:
        seat.live = False
        if case.state in FREED:
            await give_back(session, slot.id)
        await session.flush()
    if order.command == "cancel_by_office":
        await _tell_cancelled(session, vault, case, slot, order)
    if order.command == "attend":
        await _ask_rating(session, vault, case, slot, order)
    if order.command == MISSED:
        await _tell_missed(session, vault, case, slot, order)


async def lines_of(
    session: AsyncSession, cases: Iterable[Case], language: str
) -> Mapping[str, str]:
    """When and where those of the cases that are appointments are, in a sentence, by the case's id."""
    booked = [case.id for case in cases if case.kind == Kind.APPOINTMENT]
    if not booked:
        return {}
    query = (
        select(Seat.case_id, AppointmentSlot)
        .join(AppointmentSlot, AppointmentSlot.id == Seat.slot_id)
        .where(Seat.case_id.in_(booked))
    )
    return {
        case_id: words(language, "booked", when=when(slot, language), place=slot.place)
        for case_id, slot in await session.execute(query)
    }


async def say(
    session: AsyncSession, vault: Vault, case: Case, reply: Reply, *, now: datetime
) -> None:
    """Put a reply about a case into its citizen's conversation, if they are still known there."""
    if case.conversation_id is not None:
        await say_in(session, vault, case.conversation_id, reply, now=now)


async def say_in(
    session: AsyncSession, vault: Vault, conversation_id: str, reply: Reply, *, now: datetime
) -> None:
    """Put a reply into a conversation, if its citizen is still known there."""
    if await is_reachable(session, conversation_id):
        await post(session, vault, conversation_id, [reply], author=AUTHOR, now=now)


async def language_for(session: AsyncSession, vault: Vault, case: Case) -> str:
    """The language in which its citizen is told of a case."""
    if case.conversation_id is None:
        return Reply(text="").language
    return await language_of(session, vault, case.conversation_id)


async def _tell_cancelled(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, order: Order
) -> None:
    """Say at once that it was cancelled, and why, with the next two times as buttons."""
    language = await language_for(session, vault, case)
    others = [s for s in await free(session, [slot.service], now=order.at) if s.id != slot.id]
    near = sorted(others, key=lambda s: (s.area != slot.area, s.starts_at))[:OPTIONS]
    lines = [
        words(
            language,
            "cancelled",
            when=when(slot, language),
            place=slot.place,
            service=service_name(slot.service, language),
            reason=order.text,
        ),
        words(language, "instead" if near else "nothing_instead"),
        *(words(language, "option", when=when(s, language), place=s.place) for s in near),
    ]
    intent = INTENT_OF[slot.service]
    buttons = tuple(
        QuickReply(title=when(s, language), payload=f"{intent}/at:{s.id}") for s in near
    )
    source = f"case:{case.reference}"
    reply = Reply(text="\n".join(lines), quick_replies=buttons, source=source, language=language)
    await say(session, vault, case, reply, now=order.at)


async def _ask_rating(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, order: Order
) -> None:
    language = await language_for(session, vault, case)
    told = words(
        language,
        "attended",
        when=when(slot, language),
        service=service_name(slot.service, language),
    )
    rate = QuickReply(title=words(language, "rate"), payload=f"petition_rate/{case.reference}")
    lines = [order.text or told, words(language, "ask_rating")]
    reply = Reply(
        text="\n".join(lines),
        quick_replies=(rate,),
        source=f"case:{case.reference}",
        language=language,
    )
    await say(session, vault, case, reply, now=order.at)


async def _tell_missed(
    session: AsyncSession, vault: Vault, case: Case, slot: AppointmentSlot, order: Order
) -> None:
    """Say kindly that they were missed, how to cancel, and from the second time who books for them."""
    language = await language_for(session, vault, case)
    told = words(
        language,
        "missed",
        when=when(slot, language),
        service=service_name(slot.service, language),
    )
    until = await by_asking_until(session, case.contact_id, [slot.service], now=order.at)
    days = MISSED_WITHIN.days
    if until is None:
        after = words(language, "missed_once", days=days)
        button = QuickReply(
            title=words(language, "book_again"), payload=f"{INTENT_OF[slot.service]}/start"
        )
    else:
        after = words(language, "missed_twice", days=days, until=day_words(until, language))
        button = QuickReply(title=words(language, "ask_person"), payload="human_handoff")
    reply = Reply(
        text=f"{told}\n{after}",
        quick_replies=(button,),
        source=f"case:{case.reference}",
        language=language,
    )
    await say(session, vault, case, reply, now=order.at)
