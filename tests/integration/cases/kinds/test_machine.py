"""Random walks through a petition's course: table, record and periods stay of one mind."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.clocks import running_clocks
from cases.errors import StepNotAllowed, StepNotPossible
from cases.kinds.machine import Actor
from cases.kinds.petition import Command, petition
from cases.models import Case
from cases.orders import Order
from cases.service import apply, open_case, verify
from db.base import Base
from db.encryption import Vault
from db.engine import Database, open_database
from tests.integration.cases.filings import FRESH, RECEIVED

# Merging and extending need more than the command; other tests take them.
STEPS = st.tuples(
    st.sampled_from([c for c in Command if c not in {Command.MERGE, Command.EXTEND}]),
    st.sampled_from(Actor),
    st.integers(0, 40),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(STEPS, min_size=5, max_size=60))
def test_a_walk_never_leaves_the_table(steps: list[tuple[Command, Actor, int]]) -> None:
    asyncio.run(_walk(steps))


async def _walk(steps: list[tuple[Command, Actor, int]]) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'walk.db'}"
        db = open_database(url, Vault({"k1": b"\x01" * 32}, current="k1"))
        try:
            async with db.engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            await _take_all(db, steps)
        finally:
            await db.close()


async def _take_all(db: Database, steps: list[tuple[Command, Actor, int]]) -> None:
    machine, at = petition(), RECEIVED
    async with db.write() as session:
        case: Case = (await open_case(session, db.vault, FRESH)).case
        for command, actor, days in steps:
            at += timedelta(days=days)
            before = (case.state, case.head, case.last_seq)
            try:
                event = await apply(
                    session, db.vault, case, Order(command=command, actor=actor, at=at)
                )
            except (StepNotPossible, StepNotAllowed):
                assert (case.state, case.head, case.last_seq) == before
                continue
            assert machine.moves[before[0], command].to == case.state == event.to_state
        running = await running_clocks(session, case)
        names = [clock.name for clock in running]
        assert len(set(names)) == len(names)
        assert (case.closed_at is not None) == (case.state not in machine.open_states)
        assert case.closed_at is None or not running
        await verify(session, case)
