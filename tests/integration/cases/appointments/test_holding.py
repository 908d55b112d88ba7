"""A place is kept for ten minutes while its form is filled in, and counts as taken meanwhile."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cases.appointments.booking import Wish, book
from cases.appointments.desk import AppointmentDesk
from cases.appointments.holding import HELD_FOR, Who, hold_seat, leave, use_hold
from cases.appointments.models import AppointmentSlot, Seat, SeatHold
from cases.appointments.waiting import keep_lists, wait
from cases.errors import SlotTaken
from conversations.models import Conversation
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    booked,
    citizen,
    contacts,
    conversations,
    offer,
)

SHORT = timedelta(seconds=1)


async def people(db: Database, count: int) -> list[Who]:
    """Contacts with a conversation each."""
    names = await contacts(db, count)
    await conversations(db, names)
    async with db.read() as session:
        rows = (await session.scalars(select(Conversation))).all()
    where = {row.contact_id: row.id for row in rows}
    return [Who(name, where[name]) for name in names]


async def held(db: Database, slot: AppointmentSlot, who: Who, at: datetime = NOW) -> bool:
    """Whether they could have a place kept."""
    try:
        async with db.write() as session:
            await hold_seat(session, slot.id, who, now=at)
    except SlotTaken:
        return False
    return True


async def confirmed(db: Database, slot: AppointmentSlot, who: Who, at: datetime = NOW) -> bool:
    """Whether they could book."""
    wish = Wish(slot_id=slot.id, text="什么事", contact_id=who.contact_id, at=at)
    try:
        async with db.write() as session:
            await book(session, db.vault, wish)
    except (SlotTaken, IntegrityError):
        return False
    return True


async def counted(db: Database) -> list[tuple[int, int, int]]:
    """Of each slot what its counter says, its live seats, and the places kept in it."""
    async with db.read() as session:
        query = select(AppointmentSlot).order_by(AppointmentSlot.id)
        slots = (await session.scalars(query)).all()
        live = (await session.scalars(select(Seat).where(Seat.live))).all()
        kept = (await session.scalars(select(SeatHold))).all()
    return [
        (
            slot.taken,
            sum(seat.slot_id == slot.id for seat in live),
            sum(hold.slot_id == slot.id for hold in kept),
        )
        for slot in slots
    ]


async def test_what_is_kept_for_one_is_full_for_the_others(database: Database) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=1))
    first, second = await people(database, 2)
    desk = AppointmentDesk(database, clock=lambda: NOW)

    assert await held(database, slot, first)
    assert not await held(database, slot, second)
    assert not await confirmed(database, slot, second)
    assert await desk.free([SLOT.service], holder=second.contact_id) == []
    [own] = await desk.free([SLOT.service], holder=first.contact_id)
    theirs = await desk.slot(slot.id, holder=first.contact_id)
    others = await desk.slot(slot.id, holder=second.contact_id)
    assert (own.id, theirs and theirs.left, others and others.left) == (slot.id, 1, 0)
    assert await confirmed(database, slot, first)
    assert await counted(database) == [(1, 1, 0)]


async def test_after_ten_minutes_it_is_free_again(database: Database) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=1))
    first, second = await people(database, 2)
    assert await held(database, slot, first)

    # Chosen again it is kept no longer.
    assert await held(database, slot, first, NOW + HELD_FOR - SHORT)
    assert await keep_lists(database, NOW + HELD_FOR - SHORT) == 0
    assert await counted(database) == [(1, 0, 1)]
    assert await keep_lists(database, NOW + HELD_FOR) == 0
    assert await counted(database) == [(0, 0, 0)]
    assert await held(database, slot, second, NOW + HELD_FOR)
    assert not await confirmed(database, slot, first, NOW + HELD_FOR)


async def test_who_confirms_late_still_gets_it_while_nobody_has_taken_it_away(
    database: Database,
) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=1))
    [who] = await people(database, 1)
    await held(database, slot, who)

    assert await confirmed(database, slot, who, NOW + 2 * HELD_FOR)
    assert await counted(database) == [(1, 1, 0)]


async def test_one_place_is_kept_a_person_and_service(database: Database) -> None:
    first, later, psych = await offer(
        database, SLOT, LATER, replace(SLOT, service="counselling", place="某咨询室")
    )
    [who] = await people(database, 1)

    assert all([await held(database, slot, who) for slot in (first, later, psych)])
    assert sorted(await counted(database)) == [(0, 0, 0), (1, 0, 1), (1, 0, 1)]
    async with database.write() as session:
        await leave(session, who.contact_id, [SLOT.service])
    assert sorted(await counted(database)) == [(0, 0, 0), (0, 0, 0), (1, 0, 1)]


async def test_a_kept_place_in_a_closed_slot_is_not_given(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    [who] = await people(database, 1)
    await held(database, slot, who)
    await AppointmentDesk(database, clock=lambda: NOW).close(slot.id, "临时开庭")

    assert not await confirmed(database, slot, who)
    async with database.write() as session:
        assert await use_hold(session, "another", who.contact_id, now=NOW) is None
    assert not await held(database, replace_id(slot, "nothing"), who)


def replace_id(slot: AppointmentSlot, slot_id: str) -> AppointmentSlot:
    return AppointmentSlot(id=slot_id, service=slot.service)


async def test_sixty_who_hold_and_then_confirm_get_seven_places(
    database: Database, second: Database
) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=7))
    everybody = await people(database, 60)
    nodes = (database, second)

    async def whole(number: int, who: Who) -> bool:
        node = nodes[number % 2]
        return await held(node, slot, who) and await confirmed(nodes[1 - number % 2], slot, who)

    got = await asyncio.gather(*(whole(n, who) for n, who in enumerate(everybody)))

    assert sum(got) == 7
    assert await counted(database) == [(7, 7, 0)]


async def test_of_a_confirmation_and_its_lapse_at_once_one_wins(
    database: Database, second: Database
) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=6))
    everybody = await people(database, 6)
    for who in everybody:
        await held(database, slot, who)
    over = NOW + HELD_FOR

    await asyncio.gather(
        *(confirmed(database, slot, who, over) for who in everybody),
        *(keep_lists(second, over) for _ in range(3)),
    )

    [(taken, live, kept)] = await counted(database)
    assert (taken, kept) == (live, 0)


@pytest.mark.parametrize("seed", range(8))
async def test_whatever_happens_each_place_is_counted_once(database: Database, seed: int) -> None:
    """Sixty random steps of five people with three slots: the counter is seats plus holds."""
    chance = random.Random(seed)
    slots = await offer(
        database, *(replace(s, capacity=chance.randint(1, 2)) for s in (SLOT, LATER, ELSEWHERE))
    )
    everybody = await people(database, 5)
    now = NOW

    for _ in range(60):
        slot, who = chance.choice(slots), chance.choice(everybody)
        match chance.choice(("hold", "hold", "book", "wait", "leave", "time", "sweep")):
            case "hold":
                await held(database, slot, who, now)
            case "book":
                await confirmed(database, slot, who, now)
            case "wait":
                async with database.write() as session:
                    await wait(session, slot.id, who, now=now)
            case "leave":
                async with database.write() as session:
                    await leave(session, who.contact_id, [slot.service])
            case "time":
                now += timedelta(minutes=chance.randint(1, 8))
            case _:
                await keep_lists(database, now)
        by_id = sorted(slots, key=lambda s: s.id)
        for (taken, live, kept), made in zip(await counted(database), by_id, strict=True):
            assert taken == live + kept <= made.capacity


async def test_whoever_books_waits_no_more(database: Database) -> None:
    first, _ = await offer(database, SLOT, LATER)
    seen = await citizen(database)
    who = Who(seen.contact_id, seen.conversation_id)
    await held(database, first, who)
    await booked(database, first, seen)

    assert (1, 1, 0) in await counted(database)
