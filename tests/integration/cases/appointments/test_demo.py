"""Demo slots: on the next workdays, marked as demo, topped up and never doubled."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from cases.appointments.demo import load_demo_slots
from cases.appointments.models import AppointmentSlot
from core.appointments import INTENT_OF
from db.engine import Database
from tests.integration.cases.appointments.bookings import NOW
from timekeeping.periods import day_of
from timekeeping.workdays import is_workday


async def test_they_are_topped_up(database: Database) -> None:
    first = await load_demo_slots(database, NOW)
    again = await load_demo_slots(database, NOW + timedelta(hours=3))
    next_day = await load_demo_slots(database, NOW + timedelta(days=1))

    assert (again, next_day) == (0, first // 5)
    async with database.read() as session:
        slots = (await session.scalars(select(AppointmentSlot))).all()
    assert len(slots) == first + next_day
    assert all(s.demo and s.place.startswith("演示数据·") for s in slots)
    assert all(is_workday(day_of(s.starts_at)) and s.starts_at > NOW for s in slots)
    assert {s.service for s in slots} <= set(INTENT_OF)
    assert max(len(s.place) for s in slots) <= 60
