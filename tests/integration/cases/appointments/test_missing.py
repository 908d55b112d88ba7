"""Missed twice within ninety days: a person books, until the earlier one is ninety days ago."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from cases.appointments.booking import book
from cases.appointments.desk import AppointmentDesk
from cases.appointments.missing import MISSED_WITHIN, by_asking_until
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    LATER,
    NOW,
    SLOT,
    booked,
    citizen,
    offer,
    step,
    wish,
)

LAWYERS = ["lawyer_police"]


async def test_twice_is_what_counts_and_for_ninety_days(database: Database) -> None:
    seen = await citizen(database)
    desk = AppointmentDesk(database, clock=lambda: LATER.ends_at)
    references = []
    for slot in await offer(database, SLOT, LATER):
        reference = (await booked(database, slot, seen)).receipt.reference
        await step(database, reference, "no_show", slot.ends_at)
        references.append(reference)
        if len(references) == 1:
            assert await desk.by_asking_until(seen.contact_id, LAWYERS) is None

    # 2 December and ninety days.
    assert await desk.by_asking_until(seen.contact_id, LAWYERS) == date(2027, 3, 2)
    # Of any service but counselling: nobody in distress is turned away.
    assert await desk.by_asking_until(seen.contact_id, ["leader_day"]) == date(2027, 3, 2)
    assert await desk.by_asking_until(seen.contact_id, ["counselling"]) is None
    async with database.read() as session:
        for after, until in ((timedelta(seconds=-1), date(2027, 3, 2)), (timedelta(), None)):
            now = SLOT.ends_at + MISSED_WITHIN + after
            assert await by_asking_until(session, seen.contact_id, LAWYERS, now=now) == until

    # The office was wrong about one of them.
    await step(database, references[0], "attend", LATER.ends_at)
    assert await desk.by_asking_until(seen.contact_id, LAWYERS) is None


async def test_counselling_missed_does_not_count(database: Database) -> None:
    seen = await citizen(database)
    talks = [replace(slot, service="counselling") for slot in (SLOT, LATER)]
    for slot in await offer(database, *talks):
        reference = (await booked(database, slot, seen)).receipt.reference
        await step(database, reference, "no_show", slot.ends_at)

    desk = AppointmentDesk(database, clock=lambda: LATER.ends_at)
    assert await desk.by_asking_until(seen.contact_id, LAWYERS) is None


async def test_staff_book_for_somebody_who_has_no_contact_here(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    rang = replace(
        wish(slot, await citizen(database)),
        contact_id=None,
        conversation_id=None,
        author="staff:王",
    )

    for _ in range(SLOT.capacity):
        async with database.write() as session:
            made = await book(session, database.vault, rang)

    assert made.slot.left == 0
    desk = AppointmentDesk(database, clock=lambda: NOW)
    assert (await desk.of(made.receipt.reference)) is not None
    async with database.read() as session:
        assert await by_asking_until(session, None, LAWYERS, now=NOW) is None
