"""Bookings through whole turns: of many who confirm at once as many get a place as there are."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from sqlalchemy import select

from bot.appointing import calendar_entry
from bot.engine import Engine
from cases.appointments.models import AppointmentSlot
from cases.appointments.wording import told as shown
from core.effects import MoveAppointment
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
    await press(db, engine, user, "psych_support/skip=topic")
    await press(db, engine, user, "psych_support/skip=phone")
    seen = await citizen(db, user)
    return next(b for b in await buttons(db, seen) if "/confirm" in b)


async def test_twelve_who_confirm_at_once_share_three_places(
    database: Database, second: Database
) -> None:
    slot, _ = await offer(
        database, *(replace(s, service="counselling", capacity=3) for s in (SLOT, LATER))
    )
    engines = [make_engine(db, clock=lambda: NOW) for db in (database, second)]
    users = [f"u-{n}" for n in range(12)]
    confirms = [await at_the_summary(database, engines[0], user, slot) for user in users]

    await asyncio.gather(
        *(
            press(database, engines[n % 2], user, confirm)
            for n, (user, confirm) in enumerate(zip(users, confirms, strict=True))
        )
    )

    last = [(await heard(database, await citizen(database, user)))[-1] for user in users]
    assert sum("约好了：" in told for told in last) == 3
    assert sum("刚被约满" in told for told in last) == 9
    assert sorted(await seats(database)) == [(0, 0), (3, 3)]


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
