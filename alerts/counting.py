"""Sightings counted by hour, area and type of fraud: a number each, of nobody."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import String, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from alerts.baseline import Counts, Slots, slot_of
from alerts.models import FraudCount
from core.clock import SUZHOU
from db.base import UtcDateTime

HOUR = timedelta(hours=1)
# A count below this could point at somebody; outside staff nobody sees it.
SHOWN_FROM = 10
# One statement that both databases know.
_ADD = text(
    "INSERT INTO fraud_counts (hour, area, fraud_type, count) VALUES (:hour, :area, :kind, 1) "
    "ON CONFLICT (hour, area, fraud_type) DO UPDATE SET count = fraud_counts.count + 1"
).bindparams(
    bindparam("hour", type_=UtcDateTime),
    bindparam("area", type_=String),
    bindparam("kind", type_=String),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Axes:
    """What the counts are counted by: the common types, the areas, and a special form's type."""

    kinds: Sequence[str]
    areas: Sequence[str]
    family: Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Counts with the axes hour, type, area, and of each hour which one of the week it is."""

    counts: Counts
    slots: Slots


async def count(session: AsyncSession, fraud_type: str, area: str, *, now: datetime) -> None:
    """Count one sighting, in the caller's commit."""
    await session.execute(_ADD, {"hour": hour_of(now), "area": area, "kind": fraud_type})


async def first_hour(session: AsyncSession) -> datetime | None:
    """The first hour that anything was counted in."""
    found: datetime | None = await session.scalar(select(func.min(FraudCount.hour)))
    return found


async def history(session: AsyncSession, axes: Axes, begin: datetime, hours: int) -> History:
    """The ``hours`` from ``begin`` on; areas and types that are not on the axes are passed over."""
    kinds = {key: place for place, key in enumerate(axes.kinds)}
    areas = {key: place for place, key in enumerate(axes.areas)}
    counts = np.zeros((hours, len(kinds), len(areas)))
    query = select(
        FraudCount.hour, FraudCount.area, FraudCount.fraud_type, FraudCount.count
    ).where(FraudCount.hour >= begin, FraudCount.hour < begin + hours * HOUR)
    for hour, area, kind, number in await session.execute(query):
        place = kinds.get(axes.family(kind))
        if place is not None and area in areas:
            counts[(hour - begin) // HOUR, place, areas[area]] += number
    return History(counts=counts, slots=_slots(begin, hours))


def hour_of(moment: datetime) -> datetime:
    """The full hour that a moment lies in."""
    return moment.replace(minute=0, second=0, microsecond=0)


def shown(number: int) -> int | None:
    """A count as anybody may see it: None below ``SHOWN_FROM``."""
    return number if number >= SHOWN_FROM else None


def _slots(begin: datetime, hours: int) -> Slots:
    local = [(begin + number * HOUR).astimezone(SUZHOU) for number in range(hours)]
    return np.array([slot_of(moment.date(), moment.hour) for moment in local])
