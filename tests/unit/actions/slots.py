"""Two times of a lawyer at a police station, and an appointment at one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.appointments import Appointment, TimeSlot

START = datetime(2026, 11, 25, 1, 30, tzinfo=UTC)
FIRST = TimeSlot(
    id="0198f1aa-0000-7000-8000-000000000001",
    service="lawyer_police",
    service_name="派出所驻点律师",
    area="320508",
    place="某派出所",
    when="11月25日 周三 9:30–10:00",
    starts_at=START,
    ends_at=START + timedelta(minutes=30),
    left=1,
    bring="身份证",
)
SECOND = replace(
    FIRST,
    id="0198f1aa-0000-7000-8000-000000000002",
    area="320583",
    when="11月26日 周四 14:00–14:30",
    starts_at=START + timedelta(hours=28, minutes=30),
    ends_at=START + timedelta(hours=29),
)
PSYCH = replace(FIRST, id="0198f1aa-0000-7000-8000-000000000003", service="counselling")
OWN = Appointment(reference="YY3205082611220000011", slot=FIRST, live=True)
