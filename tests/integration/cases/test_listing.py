"""Lists: what staff see, and what is like a report about to be filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from cases.kinds.machine import Actor
from cases.listing import Spot, Wanted, listing, nearby
from cases.models import Case
from cases.orders import Order
from cases.reader import CaseDesk
from cases.service import apply
from db.engine import Database
from tests.integration.cases.filings import (
    ACCEPTED,
    FRESH,
    HAZARD,
    RECEIVED,
    RECTIFIED,
    UNTIL_ACCEPTED,
    officer,
    opened,
)


async def spots(db: Database, *, sub_kind: str = "fire", area: str = "320508", place: str) -> int:
    async with db.read() as session:
        spot = Spot("YH", sub_kind, area, place)
        return len(await nearby(session, db.vault, spot, RECEIVED + timedelta(days=1)))


async def test_the_same_place_is_found_however_it_is_said(db: Database) -> None:
    await opened(db, HAZARD)

    assert await spots(db, place="桂花新村12幢东侧消防通道") == 1
    assert await spots(db, place="桂花新村 12 幢 消防通道") == 1
    assert await spots(db, place="平江路 8 号") == 0
    assert await spots(db, place=" ") == 0
    assert await spots(db, place="桂花新村12幢东侧消防通道", sub_kind="gas") == 0
    assert await spots(db, place="桂花新村12幢东侧消防通道", area="320506") == 0


async def test_what_is_over_or_old_is_another_hazard(db: Database) -> None:
    await opened(db, replace(HAZARD, at=RECEIVED - timedelta(days=40)))
    await opened(db, HAZARD, (officer("withdraw", RECEIVED),))

    assert await spots(db, place="桂花新村12幢东侧消防通道") == 0


async def test_demo_data_keeps_nobody_from_filing(db: Database) -> None:
    await opened(db, replace(HAZARD, demo=True))

    assert await spots(db, place="桂花新村12幢东侧消防通道") == 0


async def test_a_petition_is_never_found_by_others(db: Database) -> None:
    await opened(db, replace(FRESH, place=HAZARD.place))
    desk = CaseDesk(db, lambda: RECEIVED)

    assert await desk.nearby("XF", "claim", "320508", "桂花新村 12 幢东侧消防通道") == ()


async def test_staff_see_what_is_due_first(db: Database) -> None:
    late = (await opened(db, FRESH, UNTIL_ACCEPTED)).case
    soon = (await opened(db, replace(HAZARD, demo=False), RECTIFIED)).case
    over = (await opened(db, FRESH, (officer("withdraw", RECEIVED),))).case
    now = ACCEPTED + timedelta(days=5)

    async def listed(**wanted: object) -> list[str]:
        async with db.read() as session:
            rows = await listing(session, db.vault, Wanted(**wanted), now)  # type: ignore[arg-type]
        return [row.reference for row in rows]

    assert await listed() == [soon.reference, late.reference]
    assert await listed(kind="XF") == [late.reference]
    assert await listed(overdue=True) == [soon.reference]
    assert await listed(state="accepted") == [late.reference]
    assert await listed(agency="桂花新村物业") == [soon.reference]
    assert set(await listed(closed=True)) == {late.reference, soon.reference, over.reference}


async def test_staff_find_who_was_not_content(db: Database) -> None:
    replied = (*UNTIL_ACCEPTED, officer("reply", ACCEPTED, "已答复。"))
    rows = [(await opened(db, FRESH, replied)).case for _ in range(2)]
    for case, score in zip(rows, (2, 3), strict=True):
        async with db.write() as session:
            current = await session.get_one(Case, case.id)
            rate = Order(command="rate", actor=Actor.CITIZEN, at=ACCEPTED, score=score)
            await apply(session, db.vault, current, rate)

    async with db.read() as session:
        found = await listing(session, db.vault, Wanted(unhappy=True, closed=True), ACCEPTED)
    assert [row.reference for row in found] == [rows[0].reference]
