"""A citizen is erased from what is over; every body that was told of it hears so."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select, update

from cases.delivery import CaseDelivery
from cases.erasing import erase_closed
from cases.models import Case
from cases.persons import Party, seals_of
from conversations.models import Contact
from db.engine import Database
from tests.integration.cases.filings import PETITION, RECEIVED, officer, opened, take

MINE = replace(
    PETITION,
    reference=None,
    code=None,
    title="电梯停了，王某来反映",
    persons=(Party(block={"who": "王某"}),),
    contact_id="c-1",
)


async def test_only_what_is_over_is_erased_for_a_contact(db: Database) -> None:
    async with db.write() as session:
        session.add(Contact(id="c-1", created_at=RECEIVED))
        session.add(Contact(id="c-2", created_at=RECEIVED))
    over = [(await opened(db, f)).case for f in (MINE, replace(MINE, contact_id="c-2"))]
    for case in over:
        await take(db, case, officer("withdraw", RECEIVED))
    in_hand = (await opened(db, MINE)).case
    async with db.write() as session:
        await erase_closed(session, "c-1", now=RECEIVED)

    async with db.read() as session:
        cases = {c.id: c for c in await session.scalars(select(Case))}
        seals = await seals_of(session, db.vault, cases.values())
        left = {i for i, c in cases.items() if seals.open_or_none(c.title_sealed) is not None}
    assert left == {in_hand.id, over[1].id}


async def test_whoever_was_told_is_to_be_told_and_nobody_else(db: Database) -> None:
    async with db.write() as session:
        session.add(Contact(id="c-1", created_at=RECEIVED))
    told, never, open_still = [(await opened(db, MINE)).case for _ in range(3)]
    for case in (told, never):
        await take(db, case, officer("withdraw", RECEIVED))
    async with db.write() as session:
        session.add_all(
            CaseDelivery(
                case_id=case.id, body="elsewhere", state="acknowledged", wanted=2,
                told=0 if case is never else 2, tries=3, next_try_at=RECEIVED, created_at=RECEIVED,
            )
            for case in (told, never, open_still)
        )  # fmt: skip
    async with db.write() as session:
        await erase_closed(session, "c-1", now=RECEIVED)

    async def states() -> dict[str, str]:
        async with db.read() as session:
            rows = await session.scalars(
                select(CaseDelivery).where(CaseDelivery.body == "elsewhere")
            )
            return {row.case_id: row.state for row in rows}

    there = "acknowledged"
    assert await states() == {told.id: "queued", never.id: there, open_still.id: there}

    # Erased once, it is not told again each time.
    async with db.write() as session:
        await session.execute(update(CaseDelivery).values(state=there))
    async with db.write() as session:
        await erase_closed(session, "c-1", now=RECEIVED)
    assert set((await states()).values()) == {there}
