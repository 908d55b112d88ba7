"""Lists of public cases by time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import text

from cases.open311.api_keys import Peer
from cases.open311.desk import Open311Desk
from cases.open311.listing import Page, Wanted, Window, statement
from cases.open311.offers import catalogue
from cases.orders import Place
from cases.references import Kind
from db.engine import Database, is_sqlite
from tests.integration.cases.filings import FRESH, RECEIVED, officer, opened
from tests.integration.cases.open311.reports import offer, sending, take

WINDOW = Window(since=RECEIVED - timedelta(days=1), until=RECEIVED)
WANTED = Wanted(offers=catalogue().offers, window=WINDOW)


async def listed(desk: Open311Desk, wanted: Wanted = WANTED) -> list[str]:
    return [case.reference for case in await desk.requests(wanted)]


async def test_what_was_filed_in_the_chat_is_there_too(db: Database, desk: Open311Desk) -> None:
    there = replace(FRESH, kind=Kind.HAZARD, sub_kind="gas", place=Place(words="某某路"))
    made = await opened(db, there, (officer("accept", RECEIVED, "属实。"),))

    [case] = await desk.requests(WANTED)

    assert (case.reference, case.place, case.latitude) == (made.case.reference, "某某路", None)


async def test_what_came_to_nothing_is_on_no_list_but_known_by_its_number(
    desk: Open311Desk, district: Peer, db: Database
) -> None:
    number = (await desk.file(offer("hazard"), sending(district))).reference
    await take(db, number, "dismiss")

    assert await listed(desk) == []
    assert await listed(desk, replace(WANTED, references=[f" {number.lower()} "])) == [number]


async def test_both_ends_of_the_window_belong_to_it(
    desk: Open311Desk, district: Peer, db: Database
) -> None:
    late = replace(sending(district), at=RECEIVED + timedelta(milliseconds=900))
    number = (await desk.file(offer("hazard"), late)).reference
    await take(db, number, "accept")

    async def within(since: int, until: int) -> int:
        window = Window(
            since=RECEIVED + timedelta(seconds=since), until=RECEIVED + timedelta(seconds=until)
        )
        return len(await listed(desk, replace(WANTED, window=window)))

    # It is told as of the full second.
    assert await within(-5, 0) == 1
    assert await within(0, 5) == 1
    assert await within(1, 5) == 0
    assert await within(-5, -1) == 0


async def test_no_page_has_more_than_a_thousand_rows(desk: Open311Desk) -> None:
    assert await listed(desk, replace(WANTED, page=Page(size=10**9))) == []


async def test_the_list_is_read_off_its_index(db: Database, desk: Open311Desk) -> None:
    compiled = statement(WANTED).compile(
        db.engine.sync_engine, compile_kwargs={"literal_binds": True}
    )
    explain = "EXPLAIN QUERY PLAN" if is_sqlite(db.engine) else "EXPLAIN"
    async with db.read() as session:
        if not is_sqlite(db.engine):
            # An empty table is read and sorted at no cost: only with neither is there a choice.
            await session.execute(text("SET LOCAL enable_seqscan = off"))
            await session.execute(text("SET LOCAL enable_sort = off"))
        plan = str((await session.execute(text(f"{explain} {compiled}"))).all())

    assert "ix_cases_kind_created_at" in plan
