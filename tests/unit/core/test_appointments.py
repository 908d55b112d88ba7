from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.appointments import INTENT_OF, SERVICES, Appointment, TimeSlot

START = datetime(2026, 12, 2, 1, 30, tzinfo=UTC)
SLOT = TimeSlot(
    id="s",
    service="counselling",
    service_name="心理疏导",
    area="320508",
    place="某处",
    when="12月2日",
    starts_at=START,
    ends_at=START + timedelta(hours=1),
    left=1,
)


def test_it_may_be_changed_until_two_hours_before() -> None:
    booked = Appointment(reference="YY", slot=SLOT, live=True)

    assert booked.may_change(START - timedelta(hours=2))
    assert not booked.may_change(START - timedelta(hours=2) + timedelta(seconds=1))
    assert not replace(booked, live=False).may_change(START - timedelta(days=1))


def test_every_service_is_asked_for_by_one_intent() -> None:
    assert all(INTENT_OF[s] == intent for intent, listed in SERVICES.items() for s in listed)
