"""A body gets what it needs of a case, and nothing of whom it need not know."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bodies.contract import Parcel
from bodies.parcels import parcel_of
from cases.delivery import deliveries_of
from cases.models import Case
from cases.orders import Order, Place
from cases.persons import Party, Role, erase_persons
from cases.routing import routing
from db.engine import Database
from tests.integration.bodies.town import FILED, PASSED_ON
from tests.integration.cases.filings import officer, opened
from tests.integration.talk import NOON

TOLD = replace(
    FILED,
    words="电梯停了三周",
    details={"unit": "演示物业"},
    place=Place(words="演示新村"),
    persons=(
        Party(block={"who": "演示甲", "phone": "13800000000"}),
        Party(role=Role.OTHER_PARTY, block={"who": "演示乙"}),
    ),
)
HIDDEN = replace(officer("note", NOON, "内部意见"), public=False)


async def parcel(db: Database, case: Case) -> Parcel:
    async with db.read() as session:
        case = await session.get_one(Case, case.id)
        [row] = await deliveries_of(session, case)
        return await parcel_of(session, db.vault, case, row)


async def test_all_that_it_needs_is_in_it(db: Database) -> None:
    made = await opened(db, TOLD, (*PASSED_ON, HIDDEN))
    told = await parcel(db, made.case)

    assert (told.kind_name, told.sub_kind_name, told.title) == ("信访件", "申诉求决", TOLD.title)
    assert (told.place, told.details, told.words) == (
        "演示新村",
        {"unit": "演示物业"},
        "电梯停了三周",
    )
    assert told.person == {"who": "演示甲", "phone": "13800000000"}
    assert [step.command for step in told.steps] == ["submit", "register", "transfer", "note"]
    # What staff note among themselves stays there.
    assert "内部意见" not in told.model_dump_json()
    assert "演示乙" not in told.model_dump_json()


async def test_whoever_was_erased_is_not_in_it(db: Database) -> None:
    made = await opened(db, TOLD, PASSED_ON)
    async with db.write() as session:
        await erase_persons(session, [made.case.id], now=NOON)
    sent = await parcel(db, made.case)
    told = sent.model_dump_json()

    assert sent.erased
    assert not any(secret in told for secret in ("演示甲", "13800000000", "电梯", "演示物业"))


async def test_a_body_that_needs_no_name_gets_none(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await opened(db, TOLD, PASSED_ON)
    bodies = routing().bodies
    changed = {**bodies, "gusu": replace(bodies["gusu"], person=False)}
    table = replace(routing(), bodies=changed)
    monkeypatch.setattr("bodies.parcels.routing", lambda: table)

    assert (await parcel(db, made.case)).person == {}


async def test_of_a_case_that_was_taken_away_only_that_is_told(db: Database) -> None:
    away = Order(command="reassign", actor=HIDDEN.actor, at=NOON, agency="12345 热线")
    made = await opened(db, TOLD, (*PASSED_ON, away))
    async with db.read() as session:
        case = await session.get_one(Case, made.case.id)
        row = next(r for r in await deliveries_of(session, case) if r.body == "gusu")
        told = await parcel_of(session, db.vault, case, row)

    assert told.model_dump(exclude_defaults=True) == {
        "reference": case.reference,
        "revision": 4,
        "released": True,
    }
