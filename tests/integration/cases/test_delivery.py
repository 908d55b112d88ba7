"""What is to be told outside is written with the case itself, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from cases.delivery import CaseDelivery, cases_numbered, deliveries_of, responsible
from cases.errors import StepNotPossible
from cases.kinds.machine import Actor
from cases.models import Case
from cases.opening import open_case
from cases.orders import Order
from cases.references import Kind
from db.engine import Database
from tests.integration.cases.filings import FRESH, RECEIVED, UNTIL_ACCEPTED, officer, opened, take

HAZARD = replace(FRESH, kind=Kind.HAZARD, sub_kind="fire", agency="")


async def rows(db: Database) -> list[tuple[str, str, int, bool]]:
    async with db.read() as session:
        found = await session.scalars(select(CaseDelivery).order_by(CaseDelivery.id))
        return [(r.body, r.state, r.wanted, r.released) for r in found]


async def test_a_hazard_goes_out_as_it_is_filed_and_a_petition_when_passed_on(
    db: Database,
) -> None:
    await opened(db, HAZARD)
    assert await rows(db) == [("gusu", "queued", 1, False)]
    petition = await opened(db, FRESH, UNTIL_ACCEPTED[:1])
    assert len(await rows(db)) == 1
    await take(db, petition.case, UNTIL_ACCEPTED[1])

    assert await rows(db) == [("gusu", "queued", 1, False), ("gusu", "queued", 3, False)]


async def test_a_step_that_fails_queues_nothing(db: Database) -> None:
    made = await opened(db, HAZARD)
    with pytest.raises(StepNotPossible):
        await take(
            db, made.case, officer("note", RECEIVED + timedelta(days=1)), officer("pass", RECEIVED)
        )

    assert await rows(db) == [("gusu", "queued", 1, False)]


async def test_a_transaction_that_is_rolled_back_leaves_no_delivery(db: Database) -> None:
    async def half() -> None:
        async with db.write() as session:
            await open_case(session, db.vault, HAZARD)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await half()

    assert await rows(db) == []


async def test_there_and_back_again(db: Database) -> None:
    made = await opened(db, HAZARD)
    at = RECEIVED + timedelta(days=1)
    to = Order(command="reassign", actor=Actor.OFFICER, at=at, agency="12345 热线")
    await take(db, made.case, to, replace(to, agency="gusu"))

    assert await rows(db) == [("gusu", "queued", 3, False), ("hotline", "queued", 3, True)]


async def test_cases_are_found_by_the_number_a_body_gave(db: Database) -> None:
    one, two = await opened(db, HAZARD), await opened(db, replace(HAZARD, district="320506"))
    async with db.write() as session:
        for made in (one, two):
            [row] = await deliveries_of(session, made.case)
            row.number = "GS0001"
    async with db.read() as session:
        found = await cases_numbered(session, "gs-0001")
        assert {case.id for case in found} == {one.case.id, two.case.id}
        assert await cases_numbered(session, "") == []
        assert await cases_numbered(session, "GS-1") == []


def test_who_is_responsible() -> None:
    case = Case(kind="XF", sub_kind="claim", district="320508", agency="演示科")
    found = [responsible(case), responsible(case, "hotline")]
    case.agency = "市信访部门"
    found.append(responsible(case, "hotline"))

    assert [body.id if body else None for body in found] == ["gusu", "hotline", "petition_office"]
