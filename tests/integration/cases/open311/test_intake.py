"""A report of another system becomes a case, once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from cases.codes import ALPHABET, LENGTH
from cases.desk import StaffDesk
from cases.models import Case
from cases.open311.api_keys import Peer
from cases.open311.desk import Open311Desk
from cases.open311.errors import BadRequest
from cases.open311.models import OpenFiling
from cases.open311.offers import Answers
from cases.reader import CaseDesk
from core.case_views import LookupState
from db.engine import Database
from tests.integration.cases.filings import RECEIVED
from tests.integration.cases.open311.reports import (
    HAZARD,
    PETITION,
    case_of,
    offer,
    sending,
)


async def count(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Case)) or 0


async def only(db: Database) -> Case:
    async with db.read() as session:
        return (await session.scalars(select(Case))).one()


async def test_staff_read_all_of_it_and_who_sent_it(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("hazard"), sending(district))
    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(filed.reference)

    assert (sheet.kind, sheet.sub_kind, sheet.district) == ("隐患", "消防", "姑苏区")
    assert (sheet.title, sheet.place) == ("楼道里堆了纸箱。", HAZARD.place.words)
    assert sheet.persons[0][1] == HAZARD.person
    assert sheet.details == {**HAZARD.details, "story": HAZARD.description}
    [entry] = sheet.entries
    assert (entry.author, entry.words) == ("open311:district-1", HAZARD.description)
    assert [deadline.what for deadline in sheet.deadlines] == ["到现场核实"]


async def test_the_code_opens_it_in_the_chat_too(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("hazard"), sending(district))
    chat = CaseDesk(db, lambda: RECEIVED)

    assert set(filed.code) <= set(ALPHABET)
    assert len(filed.code) == LENGTH
    assert filed.code in filed.notice
    found = await chat.look_up(filed.reference, filed.code, contact_id="a")
    assert found.state is LookupState.FOUND


async def test_where_a_petitioner_lives_is_sealed_with_the_rest(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("petition"), sending(district, PETITION))
    case = await only(db)

    assert (filed.reference, len(filed.token)) == ("", 32)
    assert (case.place_sealed, case.latitude, case.longitude) == (None, None, None)
    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(case.reference)
    assert sheet.details["place"] == "某某新村"
    assert sheet.details["point"] == "31.3, 120.6"


async def test_a_report_without_words_is_titled_by_its_sort(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    filed = await desk.file(offer("hazard"), sending(district, replace(HAZARD, description="")))

    assert (await StaffDesk(db, lambda: RECEIVED).look_at(filed.reference)).title == "消防"


async def test_a_long_first_line_is_cut_for_the_title(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    long = replace(HAZARD, description="堵" * 4000)
    filed = await desk.file(offer("hazard"), sending(district, long))

    assert (await StaffDesk(db, lambda: RECEIVED).look_at(filed.reference)).title == "堵" * 40


@pytest.mark.parametrize("code", ["hazard", "petition"])
async def test_the_same_again_is_answered_alike_and_another_refused(
    db: Database, desk: Open311Desk, district: Peer, code: str
) -> None:
    report = replace(HAZARD if code == "hazard" else PETITION, client_id="c-1")
    first = await desk.file(offer(code), sending(district, report))

    assert await desk.file(offer(code), sending(district, report)) == first
    with pytest.raises(BadRequest):
        await desk.file(offer(code), sending(district, report, "something else"))
    assert await count(db) == 1


async def test_without_a_name_of_its_own_each_is_another(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    first = await desk.file(offer("hazard"), sending(district))
    second = await desk.file(offer("hazard"), sending(district))

    assert first.reference != second.reference
    assert first.code != second.code
    assert await count(db) == 2


async def test_neither_code_nor_token_is_kept(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    report = replace(PETITION, client_id="c-1")
    filed = await desk.file(offer("petition"), sending(district, report))
    async with db.read() as session:
        row = (await session.scalars(select(OpenFiling))).one()
        kept = f"{vars(row)} {vars(await session.get_one(Case, row.case_id))}"

    assert filed.code not in kept
    assert filed.token not in kept
    assert PETITION.description not in kept


async def test_a_case_that_cannot_be_opened_leaves_nothing(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    nowhere = replace(HAZARD, district="000000", client_id="c-1")
    with pytest.raises(Exception, match="reference"):
        await desk.file(offer("hazard"), sending(district, nowhere))

    async with db.read() as session:
        assert (await session.scalars(select(OpenFiling))).all() == []
    assert await count(db) == 0


async def test_a_black_box_answers_with_a_notice_alone(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    silent = replace(offer("hazard"), answers=Answers.BLACKBOX, notice="已收到。")
    filed = await desk.file(silent, sending(district))

    assert (filed.notice, filed.reference, filed.token, filed.code) == ("已收到。", "", "", "")
    assert (await case_of(db, (await only(db)).reference)).kind == "YH"
