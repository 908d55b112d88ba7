"""A worker is bound and a report kept inside the turn's commit; nobody else's is."""

from __future__ import annotations

import pytest

from cases.errors import BadFiling
from core.effects import BindGrid, ReportGrid
from core.errors import Outrun
from core.grids import DayReport
from db.engine import Database
from tests.integration.bot.test_effects import carry_out, seen_by
from tests.integration.cases.grids.workers import desk
from tests.integration.talk import NOON


async def test_bound_then_reported(database: Database) -> None:
    code = await desk(database).add("12网格", "320508")
    seen = await seen_by(database)
    bound = await carry_out(database, seen, BindGrid(code=code))
    [grid] = await desk(database).of(seen.contact_id)
    told = DayReport(day=NOON.date(), screened=3, found=0)
    kept = await carry_out(database, seen, ReportGrid(grid=grid.id, report=told))

    assert bound == kept == {"{grid.name}": "12网格"}
    assert await desk(database).reported(grid.id, told.day) == told
    with pytest.raises(Outrun):
        await carry_out(database, seen, BindGrid(code=code))
    stranger = await seen_by(database, "b")
    with pytest.raises(BadFiling):
        await carry_out(database, stranger, ReportGrid(grid=grid.id, report=told))
