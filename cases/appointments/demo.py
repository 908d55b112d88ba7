"""Demo slots, so that a fresh installation has times to book; topped up at each start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import yaml

from cases.appointments.slots import NewSlot, add_slots
from core.clock import SUZHOU
from db.engine import Database
from timekeeping.periods import add_workdays, day_of

FILE = Path(__file__).with_name("demo.yml")


async def load_demo_slots(db: Database, now: datetime) -> int:
    """Offer the demo slots of the next workdays; gives how many were not there yet."""
    async with db.write() as session:
        return await add_slots(session, _slots(now), now=now)


def _slots(now: datetime) -> Iterator[NewSlot]:
    document: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))  # Any: YAML
    for row in document["slots"]:
        for ahead in document["days"]:
            day = add_workdays(day_of(now), ahead)
            for hours in row["hours"]:
                start, end = (
                    datetime.combine(day, time.fromisoformat(clock), tzinfo=SUZHOU)
                    for clock in hours.split("-")
                )
                yield NewSlot(
                    service=row["service"],
                    area=row["area"],
                    place=row["place"],
                    starts_at=start,
                    ends_at=end,
                    capacity=row["capacity"],
                    bring=row["bring"],
                    demo=True,
                )
