"""Grids for tests and workers bound to them."""

from __future__ import annotations

from datetime import datetime

from cases.grids.binding import bind
from cases.grids.desk import GridDesk
from cases.grids.reports import Kept, report
from conversations.threads import Snapshot
from core.clock import SUZHOU
from core.grids import DayReport
from db.engine import Database
from tests.integration.cases.appointments.bookings import citizen

# A Monday afternoon before the hour of chasing.
NOW = datetime(2026, 11, 30, 15, tzinfo=SUZHOU)
ZERO = DayReport(day=NOW.date(), screened=26, found=0)


def desk(db: Database, now: datetime = NOW) -> GridDesk:
    return GridDesk(db, clock=lambda: now)


async def worker(db: Database, name: str, area: str = "320508") -> tuple[Snapshot, str]:
    """Somebody bound to a new grid; gives them and the grid's id."""
    seen = await citizen(db, name)
    code = await desk(db).add(name, area)
    async with db.write() as session:
        who = (seen.contact_id, seen.conversation_id)
        assert await bind(session, db.vault, code, who, now=NOW) == name
    [grid, *_] = await desk(db).of(seen.contact_id)
    return seen, grid.id


async def tell(
    db: Database, seen: Snapshot, grid_id: str, told: DayReport = ZERO, at: datetime = NOW
) -> Kept:
    async with db.write() as session:
        return await report(session, db.vault, grid_id, told, (seen.contact_id, at))
