from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.errors import (
    BadOrder,
    CaseChanged,
    CaseNotFound,
    StepNotAllowed,
    StepNotPossible,
)
from cases.kinds.machine import Actor
from cases.models import Case, CaseClock
from cases.orders import Order
from cases.records import find, verify
from cases.service import apply
from db.engine import Database
from tests.integration.cases.filings import (
    ACCEPTED,
    FRESH,
    PETITION,
    RECEIVED,
    UNTIL_ACCEPTED,
    officer,
    opened,
    take,
)

LATER = ACCEPTED + timedelta(days=5)


async def clocks(db: Database, case: Case) -> dict[str, tuple[date, str | None]]:
    async with db.read() as session:
        found = await session.scalars(select(CaseClock).where(CaseClock.case_id == case.id))
        return {clock.name: (clock.due, clock.stopped_by) for clock in found}


async def test_the_periods_follow_the_course(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    case = await take(
        db,
        made.case,
        officer("reply", LATER),
        Order(command="request_review", actor=Actor.CITIZEN, at=LATER + timedelta(days=3)),
    )

    assert case.state == "under_review"
    assert await clocks(db, case) == {
        "placement": (date(2026, 10, 27), "transfer"),
        "notice": (date(2026, 10, 30), "accept"),
        "objection": (date(2026, 10, 22), "accept"),
        "handling": (date(2026, 12, 19), "reply"),
        "ask_review": (date(2026, 11, 24), "request_review"),
        "review": (date(2026, 11, 27), None),
    }


async def test_a_suggestion_has_no_handling_period(db: Database) -> None:
    made = await opened(db, replace(PETITION, sub_kind="suggestion"), UNTIL_ACCEPTED)

    assert set(await clocks(db, made.case)) == {"placement", "notice", "objection"}


async def test_an_end_stops_everything_and_closes(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    case = await take(db, made.case, Order(command="withdraw", actor=Actor.CITIZEN, at=LATER))

    assert case.closed_at == LATER
    assert {stopped for _, stopped in (await clocks(db, case)).values()} == {
        "transfer",
        "accept",
        "withdraw",
        None,
    }
    assert (await clocks(db, case))["reopening"] == (date(2026, 11, 24), None)


async def test_an_extension_needs_a_reason_and_moves_the_end(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    extend = replace(officer("extend", LATER, "要请第三方检测。"), days=30, approver="局长")

    for wrong in (replace(extend, text=" "), replace(extend, approver=" ")):
        with pytest.raises(BadOrder):
            await take(db, made.case, wrong)
    assert (await clocks(db, made.case))["handling"] == (date(2026, 12, 19), None)
    await take(db, made.case, extend)

    assert (await clocks(db, made.case))["handling"] == (date(2027, 1, 18), None)


async def test_a_period_that_does_not_run_cannot_be_extended(db: Database) -> None:
    made = await opened(db, replace(PETITION, sub_kind="suggestion"), UNTIL_ACCEPTED)

    with pytest.raises(BadOrder):
        await take(
            db, made.case, replace(officer("extend", LATER, "情况复杂"), days=5, approver="局长")
        )


async def test_a_merger_names_the_other_case(db: Database) -> None:
    kept = await opened(db, FRESH)
    made = await opened(db, steps=UNTIL_ACCEPTED)
    merge = officer("merge", LATER)

    for wrong in (merge, replace(merge, into=made.case.reference)):
        with pytest.raises(BadOrder):
            await take(db, made.case, wrong)
    with pytest.raises(CaseNotFound):
        await take(db, made.case, replace(merge, into="XF3205082610120099999"))
    case = await take(db, made.case, replace(merge, into=kept.case.reference))

    assert (case.state, case.merged_into) == ("merged", kept.case.id)


async def test_a_refused_step_leaves_no_trace(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    refused = [
        (StepNotPossible, officer("register", LATER)),
        (StepNotPossible, officer("nonsense", LATER)),
        (StepNotAllowed, Order(command="reply", actor=Actor.CITIZEN, at=LATER)),
        (BadOrder, officer("reply", RECEIVED)),
        (BadOrder, replace(officer("reply", LATER), into=made.case.reference)),
    ]
    for error, order in refused:
        with pytest.raises(error):
            await take(db, made.case, order)

    async with db.read() as session:
        case = await find(session, made.case.reference)
        await verify(session, case)
    assert (case.state, case.last_seq) == ("accepted", 4)


async def test_of_two_steps_at_once_the_slower_is_refused(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    async with db.read() as session:
        stale = await session.get_one(Case, made.case.id)
    await take(db, made.case, officer("reply", LATER))

    async def step_from_the_old_state() -> None:
        async with db.write() as session:
            case = await session.merge(stale, load=False)
            await apply(session, db.vault, case, officer("note", LATER))

    with pytest.raises(CaseChanged):
        await step_from_the_old_state()

    async with db.read() as session:
        case = await find(session, made.case.reference)
        await verify(session, case)
    assert (case.state, case.last_seq) == ("replied", 5)
