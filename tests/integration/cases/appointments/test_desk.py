"""What the conversation is told of times and appointments."""

from __future__ import annotations

from datetime import timedelta

from cases.appointments.desk import AppointmentDesk
from cases.kinds.machine import Actor
from core.appointments import CHANGED_UNTIL
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    LATER,
    NOW,
    SLOT,
    START,
    booked,
    citizen,
    offer,
    step,
)


async def test_free_times_and_ones_own(database: Database) -> None:
    desk = AppointmentDesk(database, clock=lambda: NOW)
    assert await desk.add([SLOT, LATER]) == 2
    first, later = await offer(database, SLOT, LATER)
    seen = await citizen(database)
    made = await booked(database, first, seen)
    reference = made.receipt.reference

    assert [s.id for s in await desk.free(["lawyer_police"])] == [first.id, later.id]
    assert [s.left for s in await desk.free(["lawyer_police"])] == [1, 2]
    one = await desk.slot(first.id, language="en")
    assert one is not None
    assert one.service_name == "lawyer at a police station"
    assert await desk.slot("nothing") is None
    [mine] = await desk.mine(seen.contact_id)
    assert (mine.reference, mine.slot.id, mine.live) == (reference, first.id, True)
    assert await desk.mine("nobody") == []
    assert (await desk.of(reference.lower())) == mine
    assert await desk.of("YY3205082611300000990") is None
    assert mine.may_change(START - CHANGED_UNTIL)
    assert not mine.may_change(START - CHANGED_UNTIL + timedelta(minutes=1))


async def test_what_is_cancelled_is_not_ones_own_any_more(database: Database) -> None:
    desk = AppointmentDesk(database, clock=lambda: NOW)
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    reference = (await booked(database, slot, seen)).receipt.reference
    await step(database, reference, "cancel", NOW, actor=Actor.CITIZEN)

    assert await desk.mine(seen.contact_id) == []
    over = await desk.of(reference)
    assert over is not None
    assert not over.may_change(NOW)


async def test_the_timer_does_what_is_due(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    await booked(database, slot, await citizen(database))
    desk = AppointmentDesk(database, clock=lambda: NOW)

    assert [await desk.keep(START - timedelta(hours=h)) for h in (30, 20, 19)] == [0, 1, 0]
    assert len(await desk.listing()) == 1
