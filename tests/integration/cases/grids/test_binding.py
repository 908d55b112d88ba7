"""A code binds one worker, once; wrong ones shut the door for a while."""

from __future__ import annotations

import asyncio

import pytest

from cases.attempts import TRIES_PER_CONTACT, count_failure
from cases.errors import BadFiling, CaseNotFound
from cases.grids.binding import SUBJECT, bind
from core.errors import Outrun
from core.grids import CodeState
from db.engine import Database
from tests.integration.cases.appointments.bookings import citizen
from tests.integration.cases.grids.workers import NOW, desk, worker


async def test_a_code_is_used_once_by_one(database: Database, second: Database) -> None:
    code = await desk(database).add("12网格", "320508")
    people = [await citizen(database, f"u-{n}") for n in range(6)]

    async def use(number: int) -> bool:
        node, seen = (database, second)[number % 2], people[number]
        try:
            async with node.write() as session:
                who = (seen.contact_id, seen.conversation_id)
                await bind(session, node.vault, code, who, now=NOW)
        except Outrun:
            return False
        return True

    assert sum(await asyncio.gather(*map(use, range(6)))) == 1
    assert await desk(database).code(code, contact_id="anybody") is CodeState.WRONG


async def test_a_new_code_puts_the_worker_out(database: Database) -> None:
    seen, _ = await worker(database, "12网格")
    code = await desk(database).give_code("12网格")

    assert await desk(database).of(seen.contact_id) == []
    assert await desk(database).code(code.lower(), contact_id="c") is CodeState.FITS
    with pytest.raises(CaseNotFound):
        await desk(database).give_code("13网格")


async def test_a_name_is_taken_once_and_an_area_is_known(database: Database) -> None:
    await desk(database).add(" 12网格 ", "320508")
    for name, area in (("12网格", "320508"), ("", "320508"), ("长" * 65, "320508"), ("新", "1")):
        with pytest.raises(BadFiling):
            await desk(database).add(name, area)


async def test_too_many_wrong_codes_shut_the_door(database: Database) -> None:
    code = await desk(database).add("12网格", "320508")
    async with database.write() as session:
        for _ in range(TRIES_PER_CONTACT):
            await count_failure(session, database.vault, SUBJECT, "c", NOW)

    assert await desk(database).code(code, contact_id="c") is CodeState.LOCKED
    assert await desk(database).code(code, contact_id="d") is CodeState.FITS


async def test_a_worker_may_report_for_others_of_the_same_area(database: Database) -> None:
    seen, own = await worker(database, "12网格")
    await worker(database, "13网格")
    await worker(database, "昆山1网格", "320583")

    grids = await desk(database).of(seen.contact_id)
    assert [(g.name, g.own) for g in grids] == [("12网格", True), ("13网格", False)]
    assert grids[0].id == own
    assert await desk(database).of("stranger") == []
