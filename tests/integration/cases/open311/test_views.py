"""How much of a case is seen, and by whom."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cases.kinds.machine import Actor
from cases.open311.api_keys import Peer
from cases.open311.desk import Open311Desk
from cases.open311.views import Shown, Sight, beside, shown, sight_of
from cases.orders import Order
from cases.persons import erase_persons, seals_of
from cases.records import attachments_of, find
from cases.service import apply
from db.engine import Database
from tests.integration.cases.filings import PHOTOS, RECEIVED
from tests.integration.cases.open311.reports import HAZARD, case_of, offer, sending, take


async def seen(db: Database, reference: str, sight: Sight) -> Shown:
    async with db.read() as session:
        case = await find(session, reference)
        near = await beside(session, await seals_of(session, db.vault, [case]), [case], noted=True)
        return shown(case, offer("hazard"), sight, near)


@pytest.fixture
async def reference(db: Database, desk: Open311Desk, district: Peer) -> str:
    return (await desk.file(offer("hazard"), sending(district))).reference


async def test_before_somebody_looked_only_how_it_stands_is_seen(
    db: Database, reference: str
) -> None:
    assert sight_of(await case_of(db, reference)) is Sight.GLANCE
    view = await seen(db, reference, Sight.GLANCE)

    assert (view.place, view.latitude, view.longitude, view.description) == (
        "",
        None,
        None,
        "消防",
    )
    assert view.state_label == "已报告，待核实"


async def test_everybody_sees_the_place_and_the_names_of_steps(
    db: Database, reference: str
) -> None:
    await take(db, reference, "accept", text="请李先生留意。")
    assert sight_of(await case_of(db, reference)) is Sight.PUBLIC
    view = await seen(db, reference, Sight.PUBLIC)

    assert (view.place, view.latitude) == (HAZARD.place.words, 31.3)
    assert [note.text for note in view.notes] == ["收到", "核实属实"]
    assert "李" not in str(view)
    assert "王某" not in str(view)


async def test_its_owner_sees_what_was_told_and_answered(db: Database, reference: str) -> None:
    await take(db, reference, "accept", text="请李先生留意。")
    view = await seen(db, reference, Sight.OWN)

    assert view.description == HAZARD.description
    assert view.notes[-1].text == "请李先生留意。"


async def test_that_somebody_urged_is_theirs_to_know(db: Database, reference: str) -> None:
    await take(db, reference, "accept")
    async with db.write() as session:
        case = await find(session, reference)
        order = Order(
            command="supervise", actor=Actor.OFFICER, at=RECEIVED, reason="shirking", text="督办。"
        )
        await apply(session, db.vault, case, order)

    assert (await seen(db, reference, Sight.PUBLIC)).supervision == "none"
    assert (await seen(db, reference, Sight.OWN)).supervision == "supervised"
    await take(db, reference, "list", text="挂牌。")
    assert (await seen(db, reference, Sight.PUBLIC)).supervision == "listed"


async def test_what_was_erased_is_told_as_erased(db: Database, reference: str) -> None:
    async with db.write() as session:
        case = await find(session, reference)
        await erase_persons(session, [case.id], now=RECEIVED)

    assert (await seen(db, reference, Sight.OWN)).description == "（已按本人要求删除）"


async def test_public_pictures_are_seen_as_long_as_the_case_is_public(
    db: Database, reference: str
) -> None:
    await take(db, reference, "accept")
    async with db.write() as session:
        case = await find(session, reference)
        order = Order(command="note", actor=Actor.OFFICER, at=RECEIVED, files=PHOTOS[::-1])
        await apply(session, db.vault, case, order)
        files = {file.stage: file.id for file in await attachments_of(session, case)}
    assert (await seen(db, reference, Sight.OWN)).pictures == ()

    async with db.write() as session:
        case = await find(session, reference)
        show = frozenset(files.values())
        order = Order(command="publish", actor=Actor.OFFICER, at=RECEIVED, show=show)
        await apply(session, db.vault, case, order)
    for sight in (Sight.PUBLIC, Sight.OWN):
        assert (await seen(db, reference, sight)).pictures == (files["before"], files["after"])

    await take(db, reference, "dismiss")
    for sight in (Sight.GLANCE, Sight.OWN):
        assert (await seen(db, reference, sight)).pictures == ()


async def test_demo_data_is_never_public(db: Database, reference: str) -> None:
    await take(db, reference, "accept")
    case = await case_of(db, reference)
    case.demo = True

    assert sight_of(case) is Sight.GLANCE


async def test_what_is_closed_is_expected_no_more(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("hazard"), sending(district, replace(HAZARD, description="x")))
    expected = (await seen(db, filed.reference, Sight.PUBLIC)).expected_on
    await take(db, filed.reference, "dismiss")
    over = await seen(db, filed.reference, Sight.PUBLIC)

    assert expected is not None
    assert (over.closed, over.expected_on) == (True, None)
