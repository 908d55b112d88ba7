from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from cases.errors import (
    BrokenChain,
    StepNotPossible,
)
from cases.kinds.machine import Actor
from cases.kinds.petition import petition
from cases.orders import Order
from cases.persons import seals_of
from cases.records import closing_event, find, timeline, told_of, verify
from core.case_views import CaseStep
from db.engine import Database
from tests.integration.cases.filings import (
    ACCEPTED,
    RECEIVED,
    UNTIL_ACCEPTED,
    officer,
    opened,
    take,
)

LATER = ACCEPTED + timedelta(days=5)


async def test_the_timeline_tells_what_is_public(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    hidden = replace(officer("note", LATER, "内部意见"), public=False)
    case = await take(db, made.case, hidden)

    async with db.read() as session:
        seals = await seals_of(session, db.vault, [case])
        steps = timeline(
            seals, (await told_of(session, [case]))[case.id], petition().command_labels
        )
    assert steps == (
        CaseStep(at=RECEIVED, label="收到", text="材料已收到。"),
        CaseStep(at=RECEIVED + timedelta(days=1), label="登记", text="已登记。"),
        CaseStep(at=RECEIVED + timedelta(days=3), label="转送", text="已转送。"),
        CaseStep(at=ACCEPTED, label="受理", text="已受理。"),
    )


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE case_events SET text_sealed = 'k1:x' WHERE seq = 2",
        "UPDATE case_events SET public = false WHERE seq = 4",
        "DELETE FROM case_events WHERE seq = 3",
        "DELETE FROM case_events WHERE seq = 4",
        "UPDATE cases SET state = 'concluded'",
        "UPDATE cases SET title_sealed = 'k1:x'",
    ],
)
async def test_tampering_in_the_database_shows(db: Database, tampering: str) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    async with db.read() as session:
        await verify(session, await find(session, made.case.reference))
    async with db.write() as session:
        await session.execute(text(tampering))

    async with db.read() as session:
        case = await find(session, made.case.reference)
        with pytest.raises(BrokenChain):
            await verify(session, case)


async def test_the_step_that_closed_a_case_is_the_last_that_changed_its_state(
    db: Database,
) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    async with db.read() as session:
        with pytest.raises(StepNotPossible):
            await closing_event(session, await find(session, made.case.reference))
    await take(db, made.case, officer("reply", LATER), officer("conclude", LATER))
    await take(db, made.case, Order(command="rate", actor=Actor.CITIZEN, at=LATER, score=3))

    async with db.read() as session:
        found = await closing_event(session, await find(session, made.case.reference))
    assert (found.command, found.from_state) == ("conclude", "replied")
