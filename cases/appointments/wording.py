"""The sentences about appointments, and times and services as people read them."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from cases.appointments.models import AppointmentSlot
from cases.kinds.appointment import appointment
from cases.references import Kind
from cases.translation import translation
from core.appointments import TimeSlot
from core.clock import SUZHOU
from core.messages import CHINESE

FILE = Path(__file__).with_name("wording.yml")


def words(language: str, key: str, **values: object) -> str:
    """A sentence with its ``{names}`` filled; raises ``KeyError`` for an unknown name."""
    template: str = _read()[language][key]
    return template.format(**values)


def when(slot: AppointmentSlot, language: str = CHINESE) -> str:
    """A slot's day and hours in Suzhou: 12月1日 周二 9:00–9:30."""
    start, end = (moment.astimezone(SUZHOU) for moment in (slot.starts_at, slot.ends_at))
    return words(
        language,
        "when",
        month=start.month,
        month_name=f"{start:%B}",
        day=start.day,
        weekday=_read()[language]["weekdays"][start.weekday()],
        start=clock_time(start),
        end=clock_time(end),
    )


def day_words(day: date, language: str = CHINESE) -> str:
    """A day with its year: 2027年3月2日."""
    return words(
        language, "day", year=day.year, month=day.month, month_name=f"{day:%B}", day=day.day
    )


def clock_time(moment: datetime) -> str:
    """9:00, as clocks in Suzhou show it."""
    local = moment.astimezone(SUZHOU)
    return f"{local.hour}:{local.minute:02}"


def service_name(service: str, language: str = CHINESE) -> str:
    """What a service is called."""
    if language == CHINESE:
        return appointment().sub_kind_labels[service]
    return translation(language).kinds[Kind.APPOINTMENT].sub_kinds[service]


def told(slot: AppointmentSlot, language: str = CHINESE, *, left: int | None = None) -> TimeSlot:
    """A slot as citizens may see it; ``left`` is how many places there are for this one."""
    return TimeSlot(
        id=slot.id,
        service=slot.service,
        service_name=service_name(slot.service, language),
        area=slot.area,
        place=slot.place,
        when=when(slot, language),
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        left=0 if slot.closed_at else slot.capacity - slot.taken if left is None else left,
        bring=slot.bring,
        demo=slot.demo,
    )


@cache
def _read() -> dict[str, dict[str, Any]]:  # Any: sentences, and the list of weekdays
    read: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: YAML
    return read
