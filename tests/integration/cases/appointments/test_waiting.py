"""Who waited longest is offered the seat that comes free, for ten minutes, by day; then the next."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from cases.appointments.desk import AppointmentDesk
from cases.appointments.holding import HELD_FOR, Who, hold_seat
from cases.appointments.models import AppointmentSlot, SeatHold, SeatWait
from cases.appointments.waiting import WAITS_FOR, keep_lists, wait
from cases.errors import SlotTaken
from cases.kinds.machine import Actor
from conversations.privacy import erase_person
from conversations.threads import Snapshot
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    START,
    booked,
    buttons,
    citizen,
    heard,
    offer,
    step,
)

ONE = replace(SLOT, capacity=1)
MINUTE = timedelta(minutes=1)
NIGHT = NOW.replace(hour=22)


async def waiting(db: Database, slot: AppointmentSlot, user: str, at: datetime = NOW) -> Snapshot:
    """Somebody who waits since then."""
    seen = await citizen(db, user)
    async with db.write() as session:
        await wait(session, slot.id, who(seen), now=at)
    return seen


def who(seen: Snapshot) -> Who:
    return Who(seen.contact_id, seen.conversation_id)


async def full(db: Database) -> tuple[AppointmentSlot, str]:
    """A slot whose only place is taken, and the reference of whoever has it."""
    [slot] = await offer(db, ONE)
    made = await booked(db, slot, await citizen(db, "has-it"))
    return slot, made.receipt.reference


async def offered_to(db: Database) -> set[str]:
    async with db.read() as session:
        query = select(SeatHold.contact_id).where(SeatHold.offered)
        return set((await session.scalars(query)).all())


async def test_the_longest_waiting_is_offered_it_then_the_next(database: Database) -> None:
    slot, reference = await full(database)
    second = await waiting(database, slot, "second", NOW + MINUTE)
    first = await waiting(database, slot, "first", NOW)
    assert await keep_lists(database, NOW + 2 * MINUTE) == 0
    await step(database, reference, "cancel", NOW + 3 * MINUTE, actor=Actor.CITIZEN)

    at = NOW + 4 * MINUTE
    assert await keep_lists(database, at) == 1
    assert await offered_to(database) == {first.contact_id}
    assert (await heard(database, first))[-1].startswith(
        "您等的位子有了：12月2日 周三 9:30–10:00，姑苏区某派出所"
    )
    assert await buttons(database, first) == [
        f"lawyer_booking/at:{slot.id}",
        "lawyer_booking/leave:lawyer_police",
    ]
    assert await keep_lists(database, at + HELD_FOR - MINUTE) == 0

    # The one before is told, and the next is offered it in the same sweep.
    assert await keep_lists(database, at + HELD_FOR) == 2
    assert await offered_to(database) == {second.contact_id}
    assert "让给下一位" in (await heard(database, first))[-1]
    assert await buttons(database, first) == [f"lawyer_booking/wait:{slot.id}"]


async def test_a_free_seat_is_not_snatched_while_somebody_waits_for_it(database: Database) -> None:
    slot, reference = await full(database)
    first = await waiting(database, slot, "first")
    await step(database, reference, "cancel", NOW, actor=Actor.CITIZEN)
    quick = await citizen(database, "quick")
    desk = AppointmentDesk(database, clock=lambda: NOW)

    assert await desk.free([ONE.service]) == []
    seen = await desk.slot(slot.id)
    assert seen is not None
    assert seen.left == 0
    with pytest.raises(SlotTaken):
        await booked(database, slot, quick)
    await keep_lists(database, NOW)
    taken = await booked(database, slot, first)
    assert taken.slot.id == slot.id


async def test_what_begins_within_two_hours_is_for_all(database: Database) -> None:
    slot, reference = await full(database)
    first = await waiting(database, slot, "first")
    soon = START - timedelta(hours=2)
    await step(database, reference, "cancel_by_office", soon, text="有事")

    assert await keep_lists(database, soon) == 0
    assert "您等的位子有了" not in "".join(await heard(database, first))
    assert (
        await booked(database, slot, await citizen(database, "quick"), soon)
    ).slot.id == slot.id


async def test_nobody_is_woken(database: Database) -> None:
    slot, reference = await full(database)
    first = await waiting(database, slot, "first")
    await step(database, reference, "cancel", NIGHT, actor=Actor.CITIZEN)

    assert await keep_lists(database, NIGHT) == 0
    with pytest.raises(SlotTaken):
        await booked(database, slot, await citizen(database, "awake"), NIGHT)
    morning = NIGHT + timedelta(hours=10)
    assert await keep_lists(database, morning) == 1
    assert await offered_to(database) == {first.contact_id}


async def test_a_time_that_is_put_up_goes_to_them_first(database: Database) -> None:
    slot, _ = await full(database)
    first = await waiting(database, slot, "first")
    [_, other] = await offer(database, replace(LATER, capacity=1), ELSEWHERE)

    assert await keep_lists(database, NOW) == 1
    assert LATER.place in (await heard(database, first))[-1]
    # Other places are nobody's affair.
    assert (await booked(database, other, await citizen(database, "quick"))).slot.id == other.id


async def test_taking_it_up_gives_ten_minutes_for_the_form(database: Database) -> None:
    slot, reference = await full(database)
    first = await waiting(database, slot, "first")
    await step(database, reference, "cancel", NOW, actor=Actor.CITIZEN)
    await keep_lists(database, NOW)
    at = NOW + HELD_FOR - MINUTE

    for later in (at, at + MINUTE):
        async with database.write() as session:
            await hold_seat(session, slot.id, who(first), now=later)
    async with database.read() as session:
        kept = (await session.scalars(select(SeatHold))).one()
    assert (kept.offered, kept.until) == (False, at + HELD_FOR)
    assert await keep_lists(database, at + HELD_FOR) == 0  # nothing was let pass


async def test_waiting_again_keeps_ones_turn_and_another_place_is_another_turn(
    database: Database,
) -> None:
    slot, elsewhere = await offer(database, ONE, ELSEWHERE)
    seen = await waiting(database, slot, "first")

    async def since(at: datetime, which: AppointmentSlot) -> tuple[str, datetime]:
        async with database.write() as session:
            await wait(session, which.id, who(seen), now=at)
        async with database.read() as session:
            found = (await session.scalars(select(SeatWait))).one()
        return found.place, found.since

    later = NOW + MINUTE
    assert await since(later, slot) == (ONE.place, NOW)
    assert await since(later, elsewhere) == (ELSEWHERE.place, later)


async def test_the_list_forgets_who_waited_too_long_or_is_gone(database: Database) -> None:
    slot, reference = await full(database)
    gone = await waiting(database, slot, "gone")
    await waiting(database, slot, "long ago", NOW - WAITS_FOR)
    async with database.write() as session:
        await erase_person(session, gone.conversation_id, now=NOW)
    await step(database, reference, "cancel", NOW, actor=Actor.CITIZEN)

    assert await keep_lists(database, NOW) == 0
    async with database.read() as session:
        assert (await session.scalars(select(SeatWait))).all() == []
    assert (await booked(database, slot, await citizen(database, "next"))).slot.id == slot.id


async def test_many_nodes_offer_a_seat_to_one(database: Database, second: Database) -> None:
    slot, reference = await full(database)
    everybody = [await waiting(database, slot, f"u{n}", NOW + n * MINUTE) for n in range(4)]
    at = NOW + timedelta(hours=1)
    await step(database, reference, "cancel", at, actor=Actor.CITIZEN)

    told = await asyncio.gather(*(keep_lists(db, at) for db in (database, second) * 3))

    assert sum(told) == 1
    assert len(await offered_to(database)) == 1
    assert await offered_to(database) <= {seen.contact_id for seen in everybody}


async def test_places_that_are_full_can_be_waited_for(database: Database) -> None:
    slot, _ = await full(database)
    await offer(database, replace(LATER, capacity=1), replace(LATER, place="另一处", capacity=1))
    desk = AppointmentDesk(database, clock=lambda: NOW)
    assert await desk.full([ONE.service]) == []  # its afternoon is free

    [later] = [s for s in await desk.free([ONE.service]) if s.place == ONE.place]
    async with database.read() as session:
        row = await session.get_one(AppointmentSlot, later.id)
    await booked(database, row, await citizen(database, "another"))

    [place] = await desk.full([ONE.service])
    assert (place.id, place.left) == (slot.id, 0)
