"""Grids as the conversation asks for them and staff keep them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from cases.grids import binding, reports
from cases.grids.chasing import chase
from cases.grids.reports import Line
from core.clock import Clock
from core.grids import CodeState, DayReport, Grid
from db.engine import Database


class GridDesk:
    """Implements ``core.ports.Grids``, and what staff do with grids."""

    def __init__(self, db: Database, *, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def of(self, contact_id: str) -> Sequence[Grid]:
        """The grids a contact may report for, their own first; none for anybody else."""
        async with self._db.read() as session:
            return await binding.grids_of(session, contact_id)

    async def code(self, code: str, *, contact_id: str) -> CodeState:
        """Whether a binding code may be used."""
        async with self._db.read() as session:
            return await binding.look_at_code(
                session, self._db.vault, code, contact_id=contact_id, now=self._clock()
            )

    async def reported(self, grid_id: str, day: date) -> DayReport | None:
        """What was reported last of a grid and day."""
        async with self._db.read() as session:
            found = await reports.last(session, grid_id, day)
            if found is None:
                return None
            return DayReport(
                day=found.day,
                screened=found.screened,
                found=found.found,
                disputes=self._db.vault.open(found.disputes_sealed),
            )

    async def add(self, name: str, area: str) -> str:
        """A new grid; gives the code that binds its worker."""
        async with self._db.write() as session:
            await binding.add_grid(session, name, area, now=self._clock())
            return await binding.give_code(session, self._db.vault, name)

    async def give_code(self, name: str) -> str:
        """A new code for a grid; its worker so far is bound no more."""
        async with self._db.write() as session:
            return await binding.give_code(session, self._db.vault, name)

    async def sheet(self, day: date) -> Sequence[Line]:
        """Every grid and what was reported of it that day."""
        async with self._db.read() as session:
            return await reports.sheet(session, self._db.vault, day)

    async def keep(self, now: datetime) -> int:
        """Ask for what is missing, in one commit; gives how many were asked."""
        async with self._db.write() as session:
            return await chase(session, self._db.vault, now)
