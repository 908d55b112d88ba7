"""The staff's desk: a sheet with everything, and the step that hands a case on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.desk import StaffDesk, assigning
from cases.errors import CaseNotFound, StepNotPossible
from cases.listing import Wanted
from cases.orders import Place
from cases.persons import Party, Role
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, PETITION, UNTIL_ACCEPTED, officer, opened

REFERENCE = "XF3205082610120001236"
FILED = replace(
    PETITION,
    words="电梯停了三周",
    details={"unit": "某物业"},
    place=Place(words="某某新村"),
    persons=(Party(block={"who": "王某"}),),
)


def desk(db: Database) -> StaffDesk:
    return StaffDesk(db, lambda: ACCEPTED + timedelta(days=1))


async def test_a_sheet_holds_everything(db: Database) -> None:
    hidden = replace(officer("note", ACCEPTED, "内部意见"), public=False, author="staff:李")
    await opened(db, FILED, (*UNTIL_ACCEPTED, hidden))
    sheet = await desk(db).look_at(REFERENCE)

    assert (sheet.kind, sheet.sub_kind, sheet.state) == ("信访件", "申诉求决", "办理中")
    assert (sheet.district, sheet.place, sheet.details) == (
        "姑苏区",
        "某某新村",
        {"unit": "某物业"},
    )
    assert sheet.persons == ((Role.FILER, {"who": "王某"}),)
    assert sheet.entries[0].words == "电梯停了三周"
    assert (sheet.entries[-1].text, sheet.entries[-1].author, sheet.entries[-1].public) == (
        "内部意见",
        "staff:李",
        False,
    )
    assert [d.what for d in sheet.deadlines] == ["办结"]
    assert {"reply", "extend", "withdraw"} <= set(sheet.possible)
    assert "rate" not in sheet.possible


async def test_steps_are_taken_by_their_reference(db: Database) -> None:
    await opened(db, FILED, UNTIL_ACCEPTED[:1])
    order = replace(officer("", ACCEPTED, "已转送。"), agency="姑苏区住建部门")
    sheet = await desk(db).take(
        REFERENCE, lambda possible: replace(order, command=assigning(possible))
    )

    assert (sheet.state, sheet.agency) == ("已转送，待受理", "姑苏区住建部门")
    assert [row.reference for row in await desk(db).list_cases(Wanted())] == [REFERENCE]
    assert [f.whole for f in await desk(db).check()] == [True]
    with pytest.raises(CaseNotFound):
        await desk(db).look_at("XF3205082610120009999")


def test_handing_on_is_whatever_the_state_offers() -> None:
    assert assigning(frozenset({"transfer", "reassign", "note"})) == "transfer"
    assert assigning(frozenset({"assign", "reassign"})) == "assign"
    assert assigning(frozenset({"reassign"})) == "reassign"
    with pytest.raises(StepNotPossible):
        assigning(frozenset({"rate"}))
