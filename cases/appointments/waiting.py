"""The list of those who wait for a place: who waited longest is offered it first, by day, then the next."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.following import say_in
from cases.appointments.holding import HELD_FOR, Who, new_hold
from cases.appointments.models import AppointmentSlot, SeatHold, SeatWait
from cases.appointments.seats import give_back, has_room, take_seat
from cases.appointments.wording import service_name, when, words
from cases.notices import is_reachable
from conversations.threads import hold, language_of
from core.appointments import CHANGED_UNTIL, INTENT_OF
from core.clock import AWAKE, SUZHOU
from core.messages import QuickReply, Reply
from db.encryption import Vault
from db.engine import Database

# A promise of this service: nobody stays on the list for longer, and free seats are not kept for ever.
WAITS_FOR = timedelta(days=30)
BATCH = 100
MINUTES = HELD_FOR // timedelta(minutes=1)


class _Key(NamedTuple):
    """Who of which service, and where they are told."""

    contact_id: str
    service: str
    conversation_id: str


async def wait(session: AsyncSession, slot_id: str, who: Who, *, now: datetime) -> None:
    """Let somebody wait for any time of a slot's service at its place, instead of another place.

    Whoever waits for it already keeps their turn.
    """
    slot = await session.get_one(AppointmentSlot, slot_id)
    kept = await session.get(SeatWait, (who.contact_id, slot.service), with_for_update=True)
    if kept is None:
        kept = SeatWait(contact_id=who.contact_id, service=slot.service, place="", since=now)
        session.add(kept)
    kept.conversation_id = who.conversation_id
    if kept.place != slot.place:
        kept.place, kept.since = slot.place, now
    await session.flush()


async def keep_lists(db: Database, now: datetime) -> int:
    """Take back what was kept too long, and offer what is free; gives how many were told.

    Each in a transaction of its own, which takes the conversation before the slot, as a turn does.
    """
    told = 0
    for key in await _over(db, now):
        async with db.write() as session:
            told += await _lapse(session, db.vault, key, now)
    if now.astimezone(SUZHOU).hour not in AWAKE:
        return told
    for key in await _next_in_turn(db, now):
        async with db.write() as session:
            told += await _offer(session, db.vault, key, now)
    return told


async def _over(db: Database, now: datetime) -> list[_Key]:
    query = (
        select(SeatHold.contact_id, SeatHold.service, SeatHold.conversation_id)
        .where(SeatHold.until <= now)
        .order_by(SeatHold.until)
        .limit(BATCH)
    )
    async with db.read() as session:
        return [_Key(*row) for row in await session.execute(query)]


async def _next_in_turn(db: Database, now: datetime) -> list[_Key]:
    """Those whose place has a free seat, the longest waiting first; those who gave up waiting go."""
    async with db.write() as session:
        await session.execute(delete(SeatWait).where(SeatWait.since <= now - WAITS_FOR))
    free = exists().where(
        AppointmentSlot.service == SeatWait.service,
        AppointmentSlot.place == SeatWait.place,
        has_room(now + CHANGED_UNTIL),
    )
    query = (
        select(SeatWait.contact_id, SeatWait.service, SeatWait.conversation_id)
        .where(free)
        .order_by(SeatWait.since, SeatWait.contact_id)
        .limit(BATCH)
    )
    async with db.read() as session:
        return [_Key(*row) for row in await session.execute(query)]


async def _lapse(session: AsyncSession, vault: Vault, key: _Key, now: datetime) -> int:
    """Give back what was kept; whoever let an offer pass is told, and may wait again."""
    await hold(session, key.conversation_id)
    row = (
        await session.execute(
            delete(SeatHold)
            .where(
                SeatHold.contact_id == key.contact_id,
                SeatHold.service == key.service,
                SeatHold.until <= now,
            )
            .returning(SeatHold.slot_id, SeatHold.offered)
            .execution_options(synchronize_session=False)
        )
    ).first()
    if row is None:
        return 0
    slot_id, offered = row
    await give_back(session, slot_id)
    if not offered:
        return 0
    slot = await session.get_one(AppointmentSlot, slot_id)
    return await _tell(session, vault, key, ("passed_on", slot), now)


async def _offer(session: AsyncSession, vault: Vault, key: _Key, now: datetime) -> int:
    """Keep the next free seat for somebody who waits, and tell them; nothing if it is gone again."""
    await hold(session, key.conversation_id)
    own = (key.contact_id, key.service)
    waits = await session.get(SeatWait, own, with_for_update=True)
    if waits is None or await session.get(SeatHold, own) is not None:
        return 0
    if not await is_reachable(session, key.conversation_id):
        await session.delete(waits)
        return 0
    query = (
        select(AppointmentSlot.id)
        .where(
            AppointmentSlot.service == waits.service,
            AppointmentSlot.place == waits.place,
            has_room(now + CHANGED_UNTIL),
        )
        .order_by(AppointmentSlot.starts_at)
        .limit(1)
        .with_for_update()
    )
    slot_id = await session.scalar(query)
    if slot_id is None:
        return 0
    slot = await take_seat(session, slot_id, now=now, waited=True)
    await session.delete(waits)
    who = Who(key.contact_id, key.conversation_id)
    session.add(new_hold(slot, who, now=now, offered=True))
    await session.flush()
    return await _tell(session, vault, key, ("offered", slot), now)


async def _tell(
    session: AsyncSession,
    vault: Vault,
    key: _Key,
    news: tuple[str, AppointmentSlot],
    now: datetime,
) -> int:
    """Say what became of a seat, in the transaction that changed it."""
    what, slot = news
    language = await language_of(session, vault, key.conversation_id)
    intent = INTENT_OF[slot.service]
    buttons = {
        "offered": {"take": f"{intent}/at:{slot.id}", "leave": f"{intent}/leave:{slot.service}"},
        "passed_on": {"wait_again": f"{intent}/wait:{slot.id}"},
    }[what]
    text = words(
        language,
        what,
        when=when(slot, language),
        place=slot.place,
        service=service_name(slot.service, language),
        minutes=MINUTES,
    )
    reply = Reply(
        text=text,
        quick_replies=tuple(
            QuickReply(title=words(language, name), payload=payload)
            for name, payload in buttons.items()
        ),
        language=language,
    )
    await say_in(session, vault, key.conversation_id, reply, now=now)
    return 1
