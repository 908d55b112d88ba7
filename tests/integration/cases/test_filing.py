"""A petition filed in the conversation: its first state, its clock, and who may read its words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from cases.clocks import running_clocks
from cases.errors import BadFiling, BadReference
from cases.filing import Receipt, Told, file_case
from cases.kinds.petition import State
from cases.models import Case
from cases.persons import seals_of
from cases.reader import CaseDesk
from cases.records import events, find, verify
from conversations.models import Contact
from core.case_views import LookupState
from db.encryption import UnknownKey
from db.engine import Database
from tests.integration.cases.filings import RECEIVED

TOLD = Told(
    kind="XF",
    sub_kind="claim",
    title="路灯坏了半年",
    text="诉求：路灯坏了半年\n联系电话：13900000000",
    area="320508",
    contact_id="c-1",
    at=RECEIVED,
)


async def filed(db: Database, told: Told = TOLD) -> Receipt:
    async with db.write() as session:
        if await session.get(Contact, told.contact_id) is None:
            session.add(Contact(id=told.contact_id, created_at=told.at))
            await session.flush()
        return await file_case(session, db.vault, told)


async def test_it_waits_to_be_registered_and_its_clock_runs(db: Database) -> None:
    receipt = await filed(db)

    async with db.read() as session:
        case = await find(session, receipt.reference)
        (clock,) = await running_clocks(session, case)
        await verify(session, case)
    assert (case.state, case.district, case.contact_id) == (State.SUBMITTED, "320508", "c-1")
    assert (clock.name, clock.article, clock.due) == ("placement", "第二十二条", receipt.due)
    assert receipt.due == date(2026, 10, 27)


async def test_the_receipt_opens_it_and_shows_no_word_of_the_citizen(db: Database) -> None:
    receipt = await filed(db)

    found = await CaseDesk(db, clock=lambda: RECEIVED).look_up(
        receipt.reference, receipt.code, contact_id="c-1"
    )

    assert found.state is LookupState.FOUND
    assert found.case is not None
    assert [step.label for step in found.case.steps] == ["收到"]
    assert "13900000000" not in str(found.case)
    assert not found.case.demo


async def test_its_words_are_kept_sealed_for_staff(db: Database) -> None:
    receipt = await filed(db)

    async with db.read() as session:
        case = await find(session, receipt.reference)
        (event,) = await events(session, case)
        seals = await seals_of(session, db.vault, [case])
    assert event.words_sealed is not None
    assert "13900000000" not in event.words_sealed
    assert seals.open(event.words_sealed) == TOLD.text
    with pytest.raises(UnknownKey):
        db.vault.open(event.words_sealed)


async def test_two_petitions_have_two_references_and_codes(db: Database) -> None:
    first, second = await filed(db), await filed(db)

    assert first.reference != second.reference
    assert first.code != second.code


@pytest.mark.parametrize(
    ("told", "error"),
    [(replace(TOLD, title=""), BadFiling), (replace(TOLD, area="999999"), BadReference)],
)
async def test_what_cannot_be_filed_leaves_nothing(
    db: Database, told: Told, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await filed(db, told)

    async with db.read() as session:
        assert (await session.scalars(select(Case))).all() == []
