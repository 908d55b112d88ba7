"""One report a grid and day, corrections beside it; zero is not silence."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from cases.errors import BadFiling
from cases.grids.models import GridReport
from cases.grids.reports import OLDEST_DAYS, State
from db.engine import Database
from tests.integration.cases.grids.workers import NOW, ZERO, desk, tell, worker

FOUND = replace(ZERO, found=2, disputes="漏水；噪声")
DAY = ZERO.day


async def test_reported_zero_and_missing_are_told_apart(database: Database) -> None:
    one, first = await worker(database, "1网格")
    two, second = await worker(database, "2网格")
    await worker(database, "3网格")
    await desk(database).add("4网格", "320508")
    await tell(database, one, first)
    await tell(database, two, second, FOUND)

    lines = {line.grid: line for line in await desk(database).sheet(DAY)}
    assert {g: line.state for g, line in lines.items()} == {
        "1网格": State.ZERO,
        "2网格": State.REPORTED,
        "3网格": State.MISSING,
        "4网格": State.MISSING,
    }
    assert (lines["2网格"].found, lines["2网格"].disputes) == (2, "漏水；噪声")
    assert (lines["3网格"].bound, lines["4网格"].bound) == (True, False)


async def test_a_correction_stands_beside_the_original(database: Database) -> None:
    seen, grid = await worker(database, "1网格")
    await tell(database, seen, grid)
    kept = await tell(database, seen, grid, FOUND)

    assert kept.edition == 2
    [line] = await desk(database).sheet(DAY)
    assert (line.state, line.edition) == (State.REPORTED, 2)
    async with database.read() as session:
        found = (await session.scalars(select(GridReport).order_by(GridReport.edition))).all()
    assert [(r.edition, r.found) for r in found] == [(1, 0), (2, 2)]
    assert await desk(database).reported(grid, DAY) == FOUND
    assert await desk(database).reported(grid, DAY - timedelta(days=1)) is None


async def test_late_and_substitute_reports_are_marked(database: Database) -> None:
    seen, own = await worker(database, "1网格")
    _, other = await worker(database, "2网格")
    late = await tell(database, seen, own, replace(ZERO, day=DAY - timedelta(days=1)))
    stood_in = await tell(database, seen, other)

    assert (late.late, late.substitute) == (True, False)
    assert (stood_in.late, stood_in.substitute) == (False, True)


async def test_two_at_once_are_not_both_the_first(database: Database, second: Database) -> None:
    seen, grid = await worker(database, "1网格")

    async def try_to_tell(number: int) -> int | None:
        try:
            return (await tell((database, second)[number % 2], seen, grid)).edition
        except IntegrityError:
            return None

    editions = [e for e in await asyncio.gather(*map(try_to_tell, range(8))) if e is not None]
    assert sorted(editions) == list(range(1, len(editions) + 1))


async def test_what_cannot_be_is_refused(database: Database) -> None:
    seen, grid = await worker(database, "1网格")
    stranger, _ = await worker(database, "昆山1网格", "320583")
    wrong = [
        replace(ZERO, day=DAY + timedelta(days=1)),
        replace(ZERO, day=DAY - timedelta(days=OLDEST_DAYS + 1)),
        replace(ZERO, screened=-1),
        replace(ZERO, found=1),
        replace(ZERO, disputes="有事"),
    ]
    for told in wrong:
        with pytest.raises(BadFiling):
            await tell(database, seen, grid, told)
    with pytest.raises(BadFiling):
        await tell(database, stranger, grid, at=NOW)
