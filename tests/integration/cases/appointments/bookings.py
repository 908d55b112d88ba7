"""Slots and wishes for tests, and citizens who have a conversation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select

from cases.appointments.booking import Booked, Wish, book
from cases.appointments.models import AppointmentSlot, Seat
from cases.appointments.slots import NewSlot, add_slots
from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.records import find
from cases.service import apply
from conversations.history import before
from conversations.models import Contact, Conversation
from conversations.threads import Snapshot, snapshot
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.talk import message, store

# A Monday; the slot is on the Wednesday after.
NOW = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
START = datetime(2026, 12, 2, 9, 30, tzinfo=SUZHOU)
SLOT = NewSlot(
    service="lawyer_police",
    area="320508",
    place="姑苏区某派出所",
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    capacity=2,
    bring="身份证",
)
LATER = replace(
    SLOT, starts_at=START + timedelta(hours=4), ends_at=START + timedelta(hours=4, minutes=30)
)
ELSEWHERE = replace(LATER, area="320583", place="昆山市某派出所")


async def offer(db: Database, *new: NewSlot) -> list[AppointmentSlot]:
    """Put slots up; gives them in the order they were given."""
    async with db.write() as session:
        await add_slots(session, new, now=NOW)
        found = (await session.scalars(select(AppointmentSlot))).all()
    by_key = {(s.service, s.place, s.starts_at): s for s in found}
    return [by_key[n.service, n.place, n.starts_at] for n in new]


async def contacts(db: Database, count: int) -> list[str]:
    """So many people who have no conversation."""
    names = [f"contact-{number}" for number in range(count)]
    async with db.write() as session:
        session.add_all(Contact(id=name, created_at=NOW) for name in names)
    return names


async def citizen(db: Database, user: str = "u-1") -> Snapshot:
    """Somebody who has written to us."""
    [received] = await store(db, message(user=user))
    async with db.read() as session:
        seen = await snapshot(session, db.vault, received.conversation_id)
    assert seen is not None
    return seen


async def booked(
    db: Database, slot: AppointmentSlot, seen: Snapshot, at: datetime = NOW
) -> Booked:
    """Book a slot for somebody."""
    async with db.write() as session:
        return await book(session, db.vault, wish(slot, seen, at))


def wish(slot: AppointmentSlot, seen: Snapshot, at: datetime = NOW) -> Wish:
    return Wish(
        slot_id=slot.id,
        text="什么事：房东不退押金",
        contact_id=seen.contact_id,
        conversation_id=seen.conversation_id,
        at=at,
    )


async def step(db: Database, reference: str, command: str, at: datetime, **more: object) -> Case:
    """Take a step, an officer's unless said otherwise."""
    order = Order(
        **{"command": command, "actor": Actor.OFFICER, "at": at, **more}  # type: ignore[arg-type]
    )
    async with db.write() as session:
        case = await find(session, reference)
        await apply(session, db.vault, case, order)
    return case


async def seats(db: Database) -> list[tuple[int, int]]:
    """Of each slot what its counter says and how many live seats it really has."""
    async with db.read() as session:
        slots = (await session.scalars(select(AppointmentSlot))).all()
        live = (await session.scalars(select(Seat).where(Seat.live))).all()
    return [(slot.taken, sum(seat.slot_id == slot.id for seat in live)) for slot in slots]


async def heard(db: Database, seen: Snapshot) -> Sequence[str]:
    """What the bot has said to somebody, oldest first."""
    async with db.read() as session:
        told = await before(session, db.vault, seen.conversation_id, None)
    return [said.text for said in told if said.author != "citizen"]


async def buttons(db: Database, seen: Snapshot) -> list[str]:
    """The payloads of the last thing the bot said."""
    async with db.read() as session:
        told = await before(session, db.vault, seen.conversation_id, None)
    last = [said.reply for said in told if said.reply is not None][-1]
    return [button.payload for button in last.quick_replies]


async def conversations(db: Database, names: Sequence[str]) -> None:
    """A conversation for each of some contacts."""
    async with db.write() as session:
        session.add_all(
            Conversation(contact_id=n, channel="web", last_activity_at=NOW, created_at=NOW)
            for n in names
        )
