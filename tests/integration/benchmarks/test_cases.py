"""The case benchmark writes rows that the real code reads, and measures what it says."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from benchmarks import cases
from benchmarks.case_data import CODE, NOW, contact_of, grow, reference_of
from cases.listing import Wanted, listing
from cases.models import Case, CaseEvent
from cases.reader import CaseDesk
from core.case_views import LookupState
from db.engine import Database

SIZE = 120


def quiet(line: str) -> None:
    """Nobody listens."""


async def test_every_row_can_be_read(database: Database) -> None:
    await grow(database, 0, SIZE // 2, quiet)
    await grow(database, SIZE // 2, SIZE, quiet)
    desk = CaseDesk(database, lambda: NOW)

    for number in range(0, SIZE, 7):
        looked = await desk.look_up(reference_of(number), CODE, contact_id="c")
        assert looked.state is LookupState.FOUND
        assert looked.case is not None
        assert len(looked.case.steps) == 8
    assert len(await desk.mine(contact_of(7))) == 5
    async with database.read() as session:
        assert await session.scalar(select(func.count(Case.id))) == SIZE
        assert await session.scalar(select(func.count(CaseEvent.id))) == 8 * SIZE
        assert len(await listing(session, database.vault, Wanted(overdue=True), NOW)) == 2


def test_references_are_all_different() -> None:
    drawn = [*range(5_000), *range(990_000, 1_000_000)]

    assert len({reference_of(number) for number in drawn}) == len(drawn)


async def test_the_figures_are_taken_and_judged(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cases, "SAMPLES", 3)
    await grow(database, 0, SIZE, quiet)
    found = await cases.figures_of(database, SIZE)

    assert found["due_today"] == 2
    assert all(value >= 0 for value in found.values())
    limits = cases.limits_of("x", {str(cases.SMALL): found, str(cases.LARGE): found})
    assert [limit.bound for limit in limits] == [5, 10, 20, 2, 2, 1.5]
    assert limits[-1].value == 1
