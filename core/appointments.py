"""Times that can be booked and appointments made, as citizens may see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

# What is booked, by the intent that asks for it; sub-kinds of ``cases/kinds/appointment.yml``.
SERVICES: Mapping[str, tuple[str, ...]] = {
    "lawyer_booking": ("lawyer_police", "lawyer_traffic", "lawyer_detention"),
    "meeting_day": ("leader_day", "talk_day", "contact_day"),
    "psych_support": ("counselling",),
}
INTENT_OF: Mapping[str, str] = {s: intent for intent, listed in SERVICES.items() for s in listed}
# Until then a citizen may move or cancel an appointment: a promise to those who keep the time.
CHANGED_UNTIL = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSlot:
    """A time that can be booked; ``when`` is it in words, ``left`` how many places are free.

    ``area`` is a district's key; ``bring`` is what to bring, ``place`` with its address.
    """

    id: str
    service: str
    service_name: str
    area: str
    place: str
    when: str
    starts_at: datetime
    ends_at: datetime
    left: int
    bring: str = ""
    demo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """An appointment by its reference; ``live`` until it is over or cancelled."""

    reference: str
    slot: TimeSlot
    live: bool

    def may_change(self, now: datetime) -> bool:
        """Whether its citizen may still move or cancel it."""
        return self.live and now <= self.slot.starts_at - CHANGED_UNTIL
