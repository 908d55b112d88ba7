"""Slots are offered once, never on a rest day unasked, found while they are free."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from cases.appointments.slots import add_slots, check, close, free, listing
from cases.errors import BadSlot, SlotTaken
from core.clock import SUZHOU
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    booked,
    citizen,
    offer,
)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SUZHOU)


@pytest.mark.parametrize(
    ("start", "minutes", "capacity", "why"),
    [
        (at(11, 30), 30, 1, "past"),
        (at(12, 1), 0, 1, "order"),
        (at(12, 1, 23), 120, 1, "order"),
        (at(12, 1), 30, 0, "capacity"),
        (at(12, 1), 30, 501, "capacity"),
        (at(12, 5), 30, 1, "rest_day"),
        # New Year's Day 2027.
        (at(12, 31) + timedelta(days=1), 30, 1, "rest_day"),
    ],
)
def test_what_cannot_be_offered(start: datetime, minutes: int, capacity: int, why: str) -> None:
    slot = replace(
        SLOT, starts_at=start, ends_at=start + timedelta(minutes=minutes), capacity=capacity
    )

    with pytest.raises(BadSlot) as refused:
        check(slot, on_rest_day=False, now=NOW)
    assert refused.value.why == why
    if why == "rest_day":
        check(slot, on_rest_day=True, now=NOW)


def test_a_weekend_day_that_is_worked_is_a_workday() -> None:
    worked = datetime(2026, 10, 10, 9, tzinfo=SUZHOU)
    slot = replace(SLOT, starts_at=worked, ends_at=worked + timedelta(minutes=30))

    check(slot, on_rest_day=False, now=worked - timedelta(days=1))


async def test_the_same_time_is_offered_once_and_keeps_who_booked_it(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    await booked(database, slot, await citizen(database))
    async with database.write() as session:
        again = await add_slots(session, [replace(SLOT, capacity=9), LATER], now=NOW)

    assert again == 1
    async with database.read() as session:
        [kept, _] = await listing(session, now=NOW)
    assert (kept.capacity, kept.taken) == (2, 1)


async def test_what_is_free_is_found_the_next_first(database: Database) -> None:
    first, full, gone = await offer(
        database, ELSEWHERE, replace(SLOT, capacity=1), replace(LATER, place="另一处")
    )
    await booked(database, full, await citizen(database))
    async with database.write() as session:
        await close(session, gone.id, reason="停电。", now=NOW)
    async with database.read() as session:
        found = await free(session, ["lawyer_police", "counselling"], now=NOW)
        none = await free(session, ["counselling"], now=NOW)
        over = await free(session, ["lawyer_police"], now=first.starts_at)
        listed = await listing(session, now=NOW, service="lawyer_police")

    assert [s.id for s in found] == [first.id]
    assert (none, over) == ([], [])
    assert len(listed) == 3


async def test_what_is_closed_or_over_is_not_closed_again(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    async with database.write() as session:
        await close(session, slot.id, reason="停电。", now=NOW)
    for slot_id in (slot.id, "nothing"):
        with pytest.raises(SlotTaken):
            async with database.write() as session:
                await close(session, slot_id, reason="停电。", now=NOW)
