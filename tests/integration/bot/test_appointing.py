"""Bookings through whole turns: of many who confirm at once as many get a place as there are."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import select

from bot.appointing import calendar_entry
from bot.engine import Engine
from cases.appointments.desk import AppointmentDesk
from cases.appointments.models import AppointmentSlot, SeatWait
from cases.appointments.wording import told as shown
from core.effects import (
    AwaitSeat,
    CancelAppointment,
    EraseMe,
    HoldSeat,
    LeaveList,
    MoveAppointment,
)
from db.engine import Database
from documents.desk import DocumentDesk
from documents.issuing import TOKEN
from documents.links import token_of
from tests.integration.bot.test_effects import carry_out
from tests.integration.cases.appointments.bookings import (
    LATER,
    NOW,
    SLOT,
    booked,
    buttons,
    citizen,
    heard,
    offer,
    seats,
)
from tests.integration.talk import NOON, make_engine, message, store


async def press(db: Database, engine: Engine, user: str, payload: str) -> None:
    [received] = await store(db, message(payload=payload, user=user))
    await engine.answer(received.conversation_id)


async def at_the_summary(db: Database, engine: Engine, user: str, slot: AppointmentSlot) -> str:
    """Bring somebody to the summary; gives the button that confirms."""
    await press(db, engine, user, f"psych_support/at:{slot.id}")
    return await through_the_form(db, engine, user)


async def through_the_form(db: Database, engine: Engine, user: str) -> str:
    """From the chosen time to the summary; gives the button that confirms."""
    await press(db, engine, user, "psych_support/skip=topic")
    await press(db, engine, user, "psych_support/skip=phone")
    seen = await citizen(db, user)
    return next(b for b in await buttons(db, seen) if "/confirm" in b)


async def test_twelve_who_choose_at_once_share_three_places(
    database: Database, second: Database
) -> None:
    slot, _ = await offer(
        database, *(replace(s, service="counselling", capacity=3) for s in (SLOT, LATER))
    )
    engines = [make_engine(db, clock=lambda: NOW) for db in (database, second)]
    users = {f"u-{n}": await citizen(database, f"u-{n}") for n in range(12)}
    await asyncio.gather(
        *(
            press(database, engines[n % 2], user, f"psych_support/at:{slot.id}")
            for n, user in enumerate(users)
        )
    )
    last = {user: (await heard(database, seen))[-1] for user, seen in users.items()}
    kept = [user for user, told in last.items() if "给您留 10 分钟" in told]
    assert len(kept) == 3
    assert sum("刚被约满" in told for told in last.values()) == 9
    assert sorted(await seats(database)) == [(0, 0), (3, 0)]

    # Whoever has it kept gets it, however late the others come.
    for user in kept:
        await press(database, engines[0], user, await through_the_form(database, engines[0], user))
        assert "约好了：" in (await heard(database, users[user]))[-1]
    assert sorted(await seats(database)) == [(0, 0), (3, 3)]


async def test_the_list_is_joined_offered_and_booked_from(database: Database) -> None:
    [slot] = await offer(database, replace(SLOT, service="counselling", capacity=1))
    engine = make_engine(database, clock=lambda: NOW)
    desk = AppointmentDesk(database, clock=lambda: NOW)
    first, waits = await citizen(database, "first"), await citizen(database, "waits")
    confirm = await at_the_summary(database, engine, "first", slot)

    # While one fills the form in, the place is not there for the other.
    await press(database, engine, "waits", "psych_support/start")
    await press(database, engine, "waits", f"psych_support/wait:{slot.id}")
    assert "给您排上了" in (await heard(database, waits))[-1]
    await press(database, engine, "first", confirm)
    [own] = await desk.mine(first.contact_id)
    await carry_out(database, first, CancelAppointment(reference=own.reference))
    assert await desk.keep(NOW) == 1

    take = (await buttons(database, waits))[0]
    assert take == f"psych_support/at:{slot.id}"
    confirm = await at_the_summary(database, engine, "waits", slot)
    await press(database, engine, "waits", confirm)

    assert "约好了：" in (await heard(database, waits))[-1]
    assert await seats(database) == [(1, 1)]


async def test_who_asks_to_be_forgotten_holds_and_waits_for_nothing(database: Database) -> None:
    slot, psych = await offer(database, SLOT, replace(LATER, service="counselling"))
    seen = await citizen(database)
    await carry_out(database, seen, HoldSeat(slot=slot.id), AwaitSeat(slot=psych.id))
    assert (1, 0) in await seats(database)

    await carry_out(database, seen, EraseMe())

    assert await seats(database) == [(0, 0), (0, 0)]
    async with database.read() as session:
        assert (await session.scalars(select(SeatWait))).all() == []


async def test_what_is_offered_can_be_refused(database: Database) -> None:
    [slot] = await offer(database, SLOT)
    seen = await citizen(database)
    await carry_out(database, seen, HoldSeat(slot=slot.id))

    await carry_out(database, seen, LeaveList(service=SLOT.service))

    assert await seats(database) == [(0, 0)]


async def test_a_move_keeps_the_number_and_gives_a_new_calendar_file(database: Database) -> None:
    first, later = await offer(database, SLOT, LATER)
    seen = await citizen(database)
    reference = (await booked(database, first, seen)).receipt.reference

    fills = await carry_out(database, seen, MoveAppointment(reference=reference, slot=later.id))

    assert fills["{case.reference}"] == reference
    token = token_of(str(fills["{document.ics}"]))
    assert TOKEN.fullmatch(token or "")
    file = await DocumentDesk(database, clock=lambda: NOON).copy(token or "")
    assert file is not None
    assert b"DTSTART:20261202T053000Z" in file.content
    assert reference.encode() in file.content


async def test_the_calendar_entry_is_that_of_the_slot(database: Database) -> None:
    await offer(database, SLOT)
    async with database.read() as session:
        slot = (await session.scalars(select(AppointmentSlot))).one()
    entry = calendar_entry("YY1", shown(slot))

    assert entry["uid"] == "YY1@sufatong"
    assert entry["start"] == "2026-12-02T01:30:00+00:00"
    assert (entry["location"], entry["summary"]) == ("姑苏区某派出所", "派出所驻点律师")
    assert entry["description"] == "YY1\n身份证"
