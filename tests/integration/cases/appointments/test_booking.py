"""A booking is a case with a place; moved and cancelled until two hours before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from cases.appointments.booking import book, citizens, needless, rebook
from cases.appointments.models import Seat
from cases.errors import BadOrder, SlotTaken, StepNotPossible, TooLate
from cases.kinds.machine import Actor
from cases.reader import CaseDesk
from cases.records import find, verify
from core.appointments import CHANGED_UNTIL
from db.engine import Database
from tests.integration.cases.appointments.bookings import (
    ELSEWHERE,
    LATER,
    NOW,
    SLOT,
    START,
    booked,
    citizen,
    offer,
    seats,
    step,
    wish,
)

LAST = START - CHANGED_UNTIL


async def test_it_is_a_case_with_its_time_place_and_words(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    made = await booked(database, slot, seen)

    desk = CaseDesk(database, lambda: NOW)
    found = await desk.look_up(made.receipt.reference, made.receipt.code, contact_id="x")
    assert found.case is not None
    assert made.receipt.reference.startswith("YY320508261130")
    assert found.case.title == "派出所驻点律师 12月2日 周三 9:30–10:00"
    assert found.case.agency == "姑苏区某派出所"
    assert found.case.steps[0].text == "约在 12月2日 周三 9:30–10:00，姑苏区某派出所。"
    assert found.case.deadline is None
    assert (made.slot.left, made.slot.bring) == (1, "身份证")
    async with database.read() as session:
        await verify(session, await find(session, made.receipt.reference))


async def test_a_person_has_one_of_a_service_until_it_is_over(database: Database) -> None:
    first, later, psych = await offer(
        database, SLOT, LATER, replace(LATER, service="counselling", place="某咨询室")
    )
    seen = await citizen(database)
    made = await booked(database, first, seen)

    with pytest.raises(IntegrityError):
        await booked(database, later, seen)
    await booked(database, psych, seen)
    await step(database, made.receipt.reference, "cancel", NOW, actor=Actor.CITIZEN)
    await booked(database, later, seen)
    assert sorted(await seats(database)) == [(0, 0), (1, 1), (1, 1)]


async def test_it_is_moved_to_another_time_of_its_service_only(database: Database) -> None:
    first, later, psych, full = await offer(
        database,
        SLOT,
        ELSEWHERE,
        replace(LATER, service="counselling"),
        replace(LATER, capacity=1, place="满的"),
    )
    await booked(database, full, await citizen(database, "u-2"))
    made = await booked(database, first, await citizen(database))
    reference = made.receipt.reference

    async def move(slot_id: str) -> str:
        async with database.write() as session:
            case = await find(session, reference)
            moved = await rebook(session, database.vault, case, slot_id, citizens(NOW))
        return moved.place

    for wrong, error in ((psych.id, BadOrder), (first.id, BadOrder), (full.id, SlotTaken)):
        with pytest.raises(error):
            await move(wrong)
    assert await move(later.id) == "昆山市某派出所"

    async with database.read() as session:
        case = await find(session, reference)
        assert (case.state, case.agency) == ("booked", "昆山市某派出所")
        assert (await session.get_one(Seat, case.id)).slot_id == later.id
        await verify(session, case)
    assert sorted(await seats(database)) == [(0, 0), (0, 0), (1, 1), (1, 1)]


@pytest.mark.parametrize("command", ["cancel", "rebook"])
async def test_a_citizen_changes_it_until_two_hours_before(
    database: Database, command: str
) -> None:
    first, later = await offer(database, SLOT, LATER)
    made = await booked(database, first, await citizen(database))

    async def change(at_minutes: int) -> None:
        at = LAST + timedelta(minutes=at_minutes)
        async with database.write() as session:
            case = await find(session, made.receipt.reference)
            if command == "rebook":
                await rebook(session, database.vault, case, later.id, citizens(at))
        if command == "cancel":
            await step(database, made.receipt.reference, command, at, actor=Actor.CITIZEN)

    with pytest.raises(TooLate):
        await change(1)
    assert (1, 1) in await seats(database)
    await change(0)


async def test_a_place_given_back_is_taken_by_the_next(database: Database) -> None:
    [slot] = await offer(database, replace(SLOT, capacity=1))
    made = await booked(database, slot, await citizen(database, "a"))
    with pytest.raises(SlotTaken):
        await booked(database, slot, await citizen(database, "b"))
    await step(database, made.receipt.reference, "cancel", NOW, actor=Actor.CITIZEN)
    with pytest.raises(StepNotPossible):
        await step(database, made.receipt.reference, "cancel", NOW, actor=Actor.CITIZEN)

    await booked(database, slot, await citizen(database, "b"))
    assert await seats(database) == [(1, 1)]


async def test_what_fails_leaves_nothing_behind(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)

    async def fails() -> None:
        async with database.write() as session:
            await book(session, database.vault, wish(slot, seen))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fails()
    assert await seats(database) == [(0, 0)]


def test_a_reminder_of_what_was_just_said_is_needless() -> None:
    slot = SLOT
    told = [
        needless(slot, START - timedelta(hours=hours))  # type: ignore[arg-type]  # only its start
        for hours in (25, 24, 3, 2, 1)
    ]

    assert told == [0, 1, 1, 2, 2]
