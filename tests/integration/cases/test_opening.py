from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from cases.errors import (
    BadFiling,
    BadReference,
    KindNotOffered,
    StepNotAllowed,
)
from cases.kinds.machine import Actor
from cases.models import Case, CaseClock
from cases.opening import open_case
from cases.orders import Filing
from cases.persons import Party
from cases.records import events, find
from cases.references import Kind, Reference
from db.engine import Database
from tests.integration.cases.filings import (
    ACCEPTED,
    FRESH,
    RECEIVED,
    opened,
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


@pytest.mark.parametrize(
    ("error", "filing"),
    [
        (BadFiling, replace(FRESH, title="  ")),
        (BadFiling, replace(FRESH, title="长" * 41)),
        (BadFiling, replace(FRESH, sub_kind="other")),
        (BadFiling, replace(FRESH, code="O0O0O0O0")),
        (BadReference, replace(FRESH, district="110101")),
        (KindNotOffered, replace(FRESH, kind=Kind.ZERO_REPORT)),
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


async def test_opening_rolls_back_whole(db: Database) -> None:
    async def fail_after_opening() -> None:
        async with db.write() as session:
            await open_case(session, db.vault, FRESH)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after_opening()

    made = await opened(db, FRESH)
    assert Reference.parse(made.case.reference).sequence == 1
