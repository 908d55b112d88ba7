from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from cases.errors import (
    BadFiling,
    BadOrder,
    BadReference,
    BrokenChain,
    CaseChanged,
    CaseNotFound,
    KindNotOffered,
    StepNotAllowed,
    StepNotPossible,
)
from cases.kinds.machine import Actor
from cases.models import Case, CaseClock
from cases.opening import open_case
from cases.orders import Filing, Order
from cases.persons import Party, seals_of
from cases.records import events, find, timeline, verify
from cases.references import Kind, Reference
from cases.service import apply
from core.knowledge import CaseStep
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


async def test_opening_writes_event_and_period_and_keeps_no_code(db: Database) -> None:
    made = await opened(db)

    async with db.read() as session:
        case = await find(session, " xf3205082610120001236 ")
        (event,) = await events(session, case)
    assert (case.state, case.last_seq, case.agency) == ("submitted", 1, "姑苏区信访部门")
    assert (event.command, event.from_state, event.to_state) == ("submit", "", "submitted")
    assert await clocks(db, case) == {"placement": (date(2026, 10, 27), None)}
    assert made.code == "7QK2M9XD"
    assert "7QK2M9XD" not in str(vars(case))
    assert "电梯" not in str(vars(case))


async def test_references_are_counted_by_kind_area_and_day(db: Database) -> None:
    filings = [
        FRESH,
        FRESH,
        replace(FRESH, district="SIP000"),
        replace(FRESH, at=RECEIVED + timedelta(hours=15)),  # after midnight in Suzhou
        FRESH,
    ]
    found = [Reference.parse((await opened(db, filing)).case.reference) for filing in filings]

    assert [(r.area, r.day.day, r.sequence) for r in found] == [
        ("320508", 12, 1),
        ("320508", 12, 2),
        ("SIP000", 12, 1),
        ("320508", 13, 1),
        ("320508", 12, 3),
    ]


async def test_a_reference_chosen_beforehand_is_never_given_out(db: Database) -> None:
    await opened(db)
    made = await opened(db, FRESH)

    assert Reference.parse(made.case.reference).sequence == 124


async def test_cases_opened_at_once_get_different_references(db: Database) -> None:
    made = await asyncio.gather(*(opened(db, FRESH) for _ in range(12)))

    assert len({m.case.reference for m in made}) == 12
    assert len({m.code for m in made}) == 12


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


@pytest.mark.parametrize(
    ("error", "filing"),
    [
        (BadFiling, replace(FRESH, title="  ")),
        (BadFiling, replace(FRESH, title="长" * 41)),
        (BadFiling, replace(FRESH, sub_kind="other")),
        (BadFiling, replace(FRESH, code="O0O0O0O0")),
        (BadReference, replace(FRESH, district="110101")),
        (KindNotOffered, replace(FRESH, kind=Kind.CLUE)),
        (BadFiling, replace(FRESH, persons=(Party(),) * 6)),
        (StepNotAllowed, replace(FRESH, actor=Actor.SYSTEM)),
    ],
)
async def test_a_bad_filing_opens_nothing(
    db: Database, error: type[Exception], filing: Filing
) -> None:
    with pytest.raises(error):
        await opened(db, filing)

    async with db.read() as session:
        assert (await session.scalars(select(Case))).all() == []


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


async def test_the_timeline_tells_what_is_public(db: Database) -> None:
    made = await opened(db, steps=UNTIL_ACCEPTED)
    hidden = replace(officer("note", LATER, "内部意见"), public=False)
    case = await take(db, made.case, hidden)

    async with db.read() as session:
        steps = await timeline(session, await seals_of(session, db.vault, [case]), case)
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


async def test_opening_rolls_back_whole(db: Database) -> None:
    async def fail_after_opening() -> None:
        async with db.write() as session:
            await open_case(session, db.vault, FRESH)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_opening()

    made = await opened(db, FRESH)
    assert Reference.parse(made.case.reference).sequence == 1
