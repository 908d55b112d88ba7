"""Reminders a day and two hours before, once; closed slots and meetings that are over."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from cases.appointments.desk import AppointmentDesk
from cases.appointments.reminding import PASSED_AFTER, remind
from cases.appointments.slots import close
from cases.records import find
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    LATER,
    NOW,
    SLOT,
    START,
    booked,
    citizen,
    heard,
    offer,
    seats,
)


async def tick(db: Database, at: datetime) -> int:
    async with db.write() as session:
        return await remind(session, db.vault, at)


async def state(db: Database, reference: str) -> str:
    async with db.read() as session:
        return (await find(session, reference)).state


async def test_two_reminders_each_once(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    made = await booked(database, slot, seen)
    hours = [25, 24, 23.9, 3, 2, 1.5, 0.1]

    told = [await tick(database, START - timedelta(hours=h)) for h in hours]

    assert told == [0, 1, 0, 0, 1, 0, 0]
    first, last = await heard(database, seen)
    assert first.startswith(
        "提醒您：12月2日 周三 9:30–10:00，姑苏区某派出所，派出所驻点律师。带上：身份证。"
    )
    assert last.startswith("快到了：今天 9:30 开始")
    assert await state(database, made.receipt.reference) == "reminded"


async def test_who_books_late_is_reminded_only_of_what_is_still_to_come(
    database: Database,
) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    await booked(database, slot, seen, START - timedelta(hours=5))

    told = [await tick(database, START - timedelta(hours=h)) for h in (4, 2, 1)]

    assert told == [0, 1, 0]


async def test_a_timer_that_slept_sends_the_one_that_matters(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    await booked(database, slot, seen)

    assert [await tick(database, START - timedelta(hours=h)) for h in (1, 0.9)] == [1, 0]
    assert len(await heard(database, seen)) == 1


async def test_two_nodes_remind_once(database: Database, second: Database) -> None:
    slots = await offer(database, SLOT, LATER)
    people = [await citizen(database, f"u-{n}") for n in range(4)]
    for number, seen in enumerate(people):
        await booked(database, slots[number % 2], seen)

    at = START - timedelta(hours=20)
    told = await asyncio.gather(*(tick(db, at) for db in (database, second, database, second)))

    assert sum(told) == 4
    assert [len(await heard(database, seen)) for seen in people] == [1, 1, 1, 1]


async def test_when_it_is_over_and_nobody_said_otherwise_they_met(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    made = await booked(database, slot, seen)
    over = SLOT.ends_at + PASSED_AFTER

    assert await tick(database, over - timedelta(minutes=1)) == 0
    assert await tick(database, over) == 1
    assert await tick(database, over) == 0
    assert await state(database, made.receipt.reference) == "done"
    assert "按见过面记" in (await heard(database, seen))[-1]


async def test_what_a_crash_left_after_closing_is_told_by_the_timer(database: Database) -> None:
    [slot, other] = await offer(database, SLOT, LATER)
    seen = await citizen(database)
    made = await booked(database, slot, seen)
    async with database.write() as session:
        await close(session, slot.id, reason="律师生病了。", now=NOW)

    assert await tick(database, NOW) == 1
    assert await tick(database, NOW) == 0
    assert await state(database, made.receipt.reference) == "cancelled_by_office"
    assert await seats(database) == [(0, 0), (0, 0)]
    assert other.taken == 0


async def test_the_desk_closes_and_tells_at_once(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    people = [await citizen(database, f"u-{n}") for n in range(2)]
    for seen in people:
        await booked(database, slot, seen)

    assert await AppointmentDesk(database, clock=lambda: NOW).close(slot.id, "停电。") == 2
    for seen in people:
        [told] = await heard(database, seen)
        assert "被单位取消了。停电。" in told
        assert "现在还没有别的时间" in told
