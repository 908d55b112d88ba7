"""A body without an interface is heard through its sheet; the same sheet again changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bodies.connections import Connection
from bodies.contract import Standing, Status
from bodies.hearing import Difference, hear
from bodies.outbox import arrived, claim
from cases.delivery import CaseDelivery
from cases.records import find
from cases.routing import routing
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON
from tests.integration.cases.filings import officer, opened
from tests.integration.talk import NOON

OFFICE = "petition_office"


@pytest.fixture
def connection(tmp_path: Path) -> Connection:
    body = routing().bodies[OFFICE]
    return Connection(body=body, name=body.name, folder=tmp_path)


async def handed(db: Database) -> tuple[str, str]:
    """A petition in the office's sheet; its reference and its delivery."""
    given = replace(officer("reassign", NOON, "交办"), agency="市信访部门")
    made = await opened(db, FILED, (*PASSED_ON, given))
    async with db.write() as session:
        [one] = await claim(session, db.vault, OFFICE, now=NOON)
        await arrived(session, db.vault, one, "", now=NOON)
    return made.case.reference, one.delivery_id


async def test_lines_become_steps_and_acknowledge(db: Database, connection: Connection) -> None:
    reference, delivery_id = await handed(db)
    line = Standing(
        reference=reference, number="信〔2026〕1号", status=Status.ACCEPTED, unit="演示科"
    )
    first = await hear(db, connection, [line], now=NOON)
    again = await hear(db, connection, [line], now=NOON)

    assert (first.applied, first.refused) == (1, ())
    assert (again.applied, again.refused) == (0, ())
    async with db.read() as session:
        row = await session.get_one(CaseDelivery, delivery_id)
        case = await find(session, reference)
    assert (row.state, row.number, row.heard) == ("acknowledged", "信20261号", 1)
    assert (case.state, case.agency) == ("accepted", "演示科")


async def test_a_number_alone_acknowledges(db: Database, connection: Connection) -> None:
    reference, delivery_id = await handed(db)
    heard = await hear(db, connection, [Standing(reference=reference, number="9")], now=NOON)

    async with db.read() as session:
        row = await session.get_one(CaseDelivery, delivery_id)
        case = await find(session, reference)
    assert (heard.applied, row.state, row.number) == (0, "acknowledged", "9")
    assert case.delivery == "acknowledged"


async def test_what_cannot_be_is_told_and_the_rest_is_taken(
    db: Database, connection: Connection
) -> None:
    (one, _), (two, _) = await handed(db), await handed(db)
    lines = [
        Standing(reference=one, number="1", status=Status.CLOSED),
        Standing(reference="XF3205082610120001236", number="3", status=Status.ACCEPTED),
        Standing(reference=two, number="2", status=Status.ACCEPTED),
    ]
    heard = await hear(db, connection, lines, now=NOON)

    assert heard.applied == 1
    assert [(f.what, f.reference, f.ours) for f in heard.refused] == [
        (Difference.REFUSED, one, "StepNotPossible")
    ]
