"""Random walks through the course of each kind: table, record and periods stay of one mind."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.clocks import running_clocks
from cases.errors import BadOrder, NotOverdue, StepNotAllowed, StepNotPossible, TooLate
from cases.kinds.catalogue import machine_of, machines
from cases.kinds.machine import Actor, Binds, Money
from cases.models import Case
from cases.opening import open_case
from cases.orders import Filing, KeptFile, Order
from cases.records import verify
from cases.references import Kind
from cases.service import apply
from cases.transfers import Trace
from core.fraud_reports import Transfer
from db.base import Base
from db.encryption import Vault
from db.engine import Database, open_database
from tests.integration.cases.filings import FRESH, RECEIVED

# Merging needs another case; other tests take it.
COMMANDS = sorted({c for m in machines() for c in m.commands} - {"merge", "publish"})
# A step by its name, mostly not possible then, or one of those that the state has.
CHOSEN = st.sampled_from(COMMANDS) | st.integers(0, 99)
STEPS = st.tuples(CHOSEN, st.sampled_from(Actor), st.integers(0, 40))
Steps = list[tuple[str | int, Actor, int]]
REFUSED = (StepNotPossible, StepNotAllowed, NotOverdue, TooLate, BadOrder)
FILINGS = {
    "XF": FRESH,
    "YH": replace(FRESH, kind=Kind.HAZARD, sub_kind="fire"),
    "TJ": replace(FRESH, kind=Kind.MEDIATION, sub_kind="medical"),
    "FY": replace(FRESH, kind=Kind.LEGAL_AID, sub_kind="wages"),
    "QX": replace(FRESH, kind=Kind.WAGE_COMPLAINT, sub_kind="site"),
    "ZP": replace(
        FRESH, kind=Kind.FRAUD_REPORT, sub_kind="brush", sent=(Transfer(amount=1, at=RECEIVED),)
    ),
    "YY": replace(FRESH, kind=Kind.APPOINTMENT, sub_kind="counselling"),
}


@pytest.mark.parametrize("kind", FILINGS)
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.differing_executors, HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(STEPS, min_size=20, max_size=90))
def test_a_walk_never_leaves_the_table(kind: str, steps: Steps) -> None:
    asyncio.run(_walk(FILINGS[kind], steps))


async def _walk(filing: Filing, steps: Steps) -> None:
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'walk.db'}"
        db = open_database(url, Vault({"k1": b"\x01" * 32}, current="k1"))
        try:
            async with db.engine.begin() as connection:
                await connection.run_sync(Base.metadata.create_all)
            await _take_all(db, filing, steps)
        finally:
            await db.close()


async def _take_all(db: Database, filing: Filing, steps: Steps) -> None:
    machine, at = machine_of(filing.kind), RECEIVED
    async with db.write() as session:
        case: Case = (await open_case(session, db.vault, filing)).case
        for chosen, actor, days in steps:
            at += timedelta(days=days)
            command = chosen if isinstance(chosen, str) else _named(case, chosen)
            before = (case.state, case.head, case.last_seq)
            try:
                event = await apply(session, db.vault, case, _order(case, command, actor, at))
            except REFUSED:
                assert (case.state, case.head, case.last_seq) == before
                continue
            move = machine.moves[before[0], command]
            assert case.state == event.to_state
            assert move.revives or (move.to or before[0]) == case.state
            assert (case.closed_at is not None) == (case.state in machine.ends)
        running = await running_clocks(session, case)
        names = [clock.name for clock in running if not clock.name.endswith("_reply")]
        assert len(set(names)) == len(names)
        assert all(c.binds == Binds.CITIZEN for c in running if case.closed_at is not None)
        assert all(c.due >= c.started_on for c in running)
        await verify(session, case)


def _named(case: Case, number: int) -> str:
    machine = machine_of(case.kind)
    rows = [c for state, c in machine.moves if state == case.state and c in COMMANDS]
    return rows[number % len(rows)] if rows else COMMANDS[0]


def _order(case: Case, command: str, actor: Actor, at: datetime) -> Order:
    """An order with all that the step wants, if it wants anything."""
    move = machine_of(case.kind).moves.get((case.state, command))
    money = move.money if move else None
    reasons = machine_of(case.kind).reasons.get(move.reasons or "", {}) if move else {}
    return Order(
        command=command,
        actor=actor,
        at=at,
        text="说明",
        days=7,
        approver="负责人",
        reason=max(reasons) if reasons else "",
        sub_kind=case.sub_kind if move and move.classifies else None,
        score=2 if move and move.rates else None,
        sent=(Transfer(amount=1, at=RECEIVED),) if money is Money.ADDS else (),
        trace=Trace(number=1, state="stop_requested") if money is Money.FOLLOWS else None,
        files=(PHOTO,) if move and move.photo else (),
    )


PHOTO = KeptFile(
    address="0" * 64,
    digest="d",
    mime="image/jpeg",
    size=1,
    name="a.jpg",
    key="k",
    stage="after",
)
