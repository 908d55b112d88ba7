"""However many ask at once, a slot gives as many places as it has, on both databases."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from cases.appointments.booking import Wish, book
from cases.appointments.models import AppointmentSlot
from cases.appointments.seats import exchange, give_back, take_seat
from cases.errors import SlotTaken
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    contacts,
    offer,
    seats,
)


async def test_sixty_at_once_from_two_nodes_get_seven_places(
    database: Database, second: Database
) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=7))
    names = await contacts(database, 60)
    nodes = (database, second)

    async def try_to_book(number: int, name: str) -> bool:
        node = nodes[number % len(nodes)]
        wish = Wish(slot_id=slot.id, text="什么事", contact_id=name, at=NOW)
        try:
            async with node.write() as session:
                await book(session, node.vault, wish)
        except SlotTaken:
            return False
        return True

    got = await asyncio.gather(*(try_to_book(n, name) for n, name in enumerate(names)))

    assert sum(got) == 7
    assert await seats(database) == [(7, 7)]


async def test_one_person_who_presses_ten_times_gets_one_place(
    database: Database, second: Database
) -> None:
    first, later = await offer(database, replace(SLOT, capacity=9), replace(LATER, capacity=9))
    [name] = await contacts(database, 1)

    async def try_to_book(number: int) -> bool:
        node, slot = (database, second)[number % 2], (first, later)[number // 2 % 2]
        wish = Wish(slot_id=slot.id, text="什么事", contact_id=name, at=NOW)
        try:
            async with node.write() as session:
                await book(session, node.vault, wish)
        except IntegrityError:
            return False
        return True

    assert sum(await asyncio.gather(*map(try_to_book, range(10)))) == 1
    assert sorted(await seats(database)) == [(0, 0), (1, 1)]


async def test_places_that_are_changed_crosswise_are_never_lost_nor_doubled(
    database: Database, second: Database
) -> None:
    one, two, three = await offer(
        database, *(replace(s, capacity=20) for s in (SLOT, LATER, ELSEWHERE))
    )
    ids = [one.id, two.id, three.id]
    async with database.write() as session:
        for slot_id in ids:
            for _ in range(10):
                await take_seat(session, slot_id, now=NOW)

    async def change(number: int) -> None:
        old, new = random.Random(number).sample(ids, 2)
        node = (database, second)[number % 2]
        async with node.write() as session:
            await exchange(session, old, new, now=NOW)

    await asyncio.gather(*map(change, range(40)))

    async with database.read() as session:
        taken = [(await session.get_one(AppointmentSlot, i)).taken for i in ids]
    assert sum(taken) == 30
    assert all(0 <= t <= 20 for t in taken)


async def test_what_is_over_closed_or_unknown_is_not_given(database: Database) -> None:
    over, closed = await offer(database, SLOT, LATER)
    async with database.write() as session:
        (await session.get_one(AppointmentSlot, closed.id)).closed_at = NOW

    for slot_id, now in ((over.id, over.starts_at), (closed.id, NOW), ("nothing", NOW)):
        with pytest.raises(SlotTaken):
            async with database.write() as session:
                await take_seat(session, slot_id, now=now)


async def test_the_table_itself_refuses_one_too_many_and_one_too_few(database: Database) -> None:
    [slot] = await offer(database, SLOT)

    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(text("UPDATE appointment_slots SET taken = capacity + 1"))
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await give_back(session, slot.id)
