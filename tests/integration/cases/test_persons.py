"""A person's words are under their own key; without it they are gone, and the chain is whole."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select, text

from cases.desk import StaffDesk
from cases.models import CasePerson
from cases.orders import Place
from cases.persons import Party, Role, blocks_of, erase_persons, seals_of
from cases.reader import CaseDesk
from cases.records import events, find, verify
from cases.wording import wording
from db.encryption import UnknownKey
from db.engine import Database
from tests.integration.cases.filings import (
    PETITION,
    RECEIVED,
    UNTIL_ACCEPTED,
    officer,
    opened,
    take,
)

NAME, PHONE = "王某", "13900000000"
FILED = replace(
    PETITION,
    title="电梯停了，王某来反映",
    words=f"电梯停了三周。{NAME} {PHONE}",
    details={"story": "电梯停了三周"},
    place=Place(words="某某新村 3 幢"),
    persons=(
        Party(block={"who": NAME, "phone": PHONE}),
        Party(role=Role.REPRESENTATIVE, block={"who": "李某"}),
    ),
)
REFERENCE = "XF3205082610120001236"


async def everything_stored(db: Database) -> str:
    """Every value of every row of every table of cases, as one text."""
    tables = ("cases", "case_events", "case_clocks", "case_persons", "case_attachments")
    async with db.read() as session:
        rows = [
            row
            for table in tables
            for row in await session.execute(text(f"SELECT * FROM {table}"))
        ]
    return "\n".join(map(str, rows))


async def test_nothing_of_a_person_lies_open(db: Database) -> None:
    await opened(db, FILED)
    stored = await everything_stored(db)

    assert REFERENCE in stored
    assert not [word for word in (NAME, PHONE, "李某", "电梯", "某某新村") if word in stored]


async def test_staff_read_who_it_is(db: Database) -> None:
    case = (await opened(db, FILED)).case
    async with db.read() as session:
        blocks = await blocks_of(session, db.vault, case)

    assert blocks == (
        (Role.FILER, {"who": NAME, "phone": PHONE}),
        (Role.REPRESENTATIVE, {"who": "李某"}),
    )


async def test_each_person_of_each_case_has_a_key_of_their_own(db: Database) -> None:
    await opened(db, FILED)
    await opened(db, replace(FILED, reference=None, code=None))
    async with db.read() as session:
        keys = {
            db.vault.open(person.key_sealed)
            for person in await session.scalars(select(CasePerson))
            if person.key_sealed
        }

    assert len(keys) == 4


async def test_erasing_destroys_the_key_and_leaves_the_chain_whole(db: Database) -> None:
    made = await opened(db, FILED, UNTIL_ACCEPTED)
    async with db.read() as session:
        sealed = (await events(session, made.case))[0].words_sealed
    async with db.write() as session:
        erased = await erase_persons(session, [made.case.id], now=RECEIVED)
        again = await erase_persons(session, [made.case.id], now=RECEIVED)

    assert (len(erased), again) == (2, ())
    async with db.read() as session:
        case = await find(session, REFERENCE)
        await verify(session, case)
        seals = await seals_of(session, db.vault, [case])
        assert await blocks_of(session, db.vault, case) == ()
        assert sealed is not None
        assert seals.open(sealed) == wording().erased
        assert seals.open_or_none(case.title_sealed) is None
        with pytest.raises(UnknownKey):
            db.vault.open(sealed)
    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(REFERENCE)
    assert (sheet.title, sheet.entries[0].words) == (wording().erased, wording().erased)
    assert [entry.text for entry in sheet.entries[1:]] == ["已登记。", "已转送。", "已受理。"]


async def test_an_erased_case_goes_on_and_is_still_found_by_its_receipt(db: Database) -> None:
    made = await opened(db, FILED, UNTIL_ACCEPTED)
    async with db.write() as session:
        await erase_persons(session, [made.case.id], now=RECEIVED)
    await take(db, made.case, officer("reply", UNTIL_ACCEPTED[-1].at, "已答复。"))

    found = await CaseDesk(db, lambda: UNTIL_ACCEPTED[-1].at).look_up(
        REFERENCE, "7QK2M9XD", contact_id="a"
    )
    assert found.case is not None
    assert (found.case.title, found.case.state) == (wording().erased, "已答复")
