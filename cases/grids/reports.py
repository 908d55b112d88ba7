"""Daily reports of grids: one a grid and day, corrections beside it, and the sheet of a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import BadFiling
from cases.grids.binding import grids_of
from cases.grids.models import GridRecord, GridReport
from core.grids import DayReport
from db.encryption import Vault
from timekeeping.periods import day_of

MOST = 100_000
# Reports are made up for so long; what is older is a matter for the office.
OLDEST_DAYS = 31


class State(StrEnum):
    """What a grid's day came to; silence is not nothing found."""

    REPORTED = "reported"
    ZERO = "zero"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report as it was kept."""

    grid: str
    edition: int
    late: bool
    substitute: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A grid on the sheet of a day; the numbers are those of the newest edition."""

    grid: str
    area: str
    state: State
    screened: int = 0
    found: int = 0
    disputes: str = ""
    edition: int = 0
    late: bool = False
    substitute: bool = False
    bound: bool = True


async def report(
    session: AsyncSession, vault: Vault, grid_id: str, told: DayReport, who: tuple[str, datetime]
) -> Kept:
    """Keep a report; ``who`` is the contact and when. A second one of a day is its correction.

    Raises ``BadFiling`` for somebody who may not, a day to come or too long ago, a count that is
    none. Of two at once one meets the unique key (``IntegrityError``) and is looked at again.
    """
    contact_id, now = who
    mine = {grid.id: grid for grid in await grids_of(session, contact_id)}
    age = (day_of(now) - told.day).days
    if grid_id not in mine or not 0 <= age <= OLDEST_DAYS:
        raise BadFiling("a worker reports for their own area, of today or the month before")
    if not 0 <= told.screened <= MOST or not 0 <= told.found <= MOST:
        raise BadFiling("a count is a number that is not negative")
    if bool(told.found) != bool(told.disputes.strip()):
        raise BadFiling("what was found is told in a few words, and nothing where nothing was")
    before = await last(session, grid_id, told.day)
    kept = GridReport(
        grid_id=grid_id,
        day=told.day,
        edition=1 if before is None else before.edition + 1,
        screened=told.screened,
        found=told.found,
        disputes_sealed=vault.seal(told.disputes.strip()),
        late=age > 0,
        substitute=not mine[grid_id].own,
        contact_id=contact_id,
        at=now,
    )
    session.add(kept)
    await session.flush()
    return Kept(
        grid=mine[grid_id].name,
        edition=kept.edition,
        late=kept.late,
        substitute=kept.substitute,
    )


async def last(session: AsyncSession, grid_id: str, day: date) -> GridReport | None:
    """The newest edition of a grid's day."""
    query = (
        select(GridReport)
        .where(GridReport.grid_id == grid_id, GridReport.day == day)
        .order_by(GridReport.edition.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def sheet(session: AsyncSession, vault: Vault, day: date) -> Sequence[Line]:
    """Every grid and what was reported of it that day, by area and name."""
    grids = await session.scalars(select(GridRecord).order_by(GridRecord.area, GridRecord.name))
    found = []
    for grid in grids.all():
        newest = await last(session, grid.id, day)
        found.append(_line(vault, grid, newest))
    return found


def _line(vault: Vault, grid: GridRecord, newest: GridReport | None) -> Line:
    bound = grid.contact_id is not None
    if newest is None:
        return Line(grid=grid.name, area=grid.area, state=State.MISSING, bound=bound)
    return Line(
        grid=grid.name,
        area=grid.area,
        state=State.REPORTED if newest.found else State.ZERO,
        screened=newest.screened,
        found=newest.found,
        disputes=vault.open(newest.disputes_sealed),
        edition=newest.edition,
        late=newest.late,
        substitute=newest.substitute,
        bound=bound,
    )
