"""Updates: read by time, taken once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.desk import StaffDesk
from cases.listing import Wanted
from cases.open311 import api_keys
from cases.open311.api_keys import Peer
from cases.open311.desk import Open311Desk
from cases.open311.errors import BadRequest, Unknown
from cases.open311.listing import Page, Window
from cases.open311.offers import Answers, catalogue
from cases.open311.updates import Sent, Update, UpdatesWanted
from cases.records import find, verify
from db.engine import Database
from tests.integration.cases.filings import RECEIVED
from tests.integration.cases.open311.reports import HAZARD, offer, peer, sending, take

WINDOW = Window(since=RECEIVED - timedelta(days=1), until=RECEIVED + timedelta(days=1))
WANTED = UpdatesWanted(window=WINDOW)


def sent(reference: str, update_id: str = "u-1", text: str = "又堆了。") -> Sent:
    return Sent(update_id=update_id, reference=reference, status="open", text=text, at=RECEIVED)


def told(found: list[Update]) -> list[tuple[str, str]]:
    return [(update.status, update.note.text) for update in found]


@pytest.fixture
async def number(desk: Open311Desk, district: Peer) -> str:
    return (await desk.file(offer("hazard"), sending(district))).reference


@pytest.fixture
async def stranger(db: Database) -> Peer:
    return await peer(db, await api_keys.issue(db, "district-2", now=RECEIVED))


async def test_everybody_hears_of_steps_and_the_sender_what_was_said(
    db: Database, desk: Open311Desk, district: Peer, stranger: Peer, number: str
) -> None:
    await take(db, number, "accept", text="请李先生留意。")

    public = [("open", "收到"), ("investigating", "核实属实")]
    assert told(await desk.updates(WANTED, None)) == public
    assert told(await desk.updates(WANTED, stranger)) == public
    own = told(await desk.updates(WANTED, district))
    assert own[1] == ("investigating", "请李先生留意。")


async def test_the_sender_alone_hears_of_what_came_to_nothing(
    db: Database, desk: Open311Desk, district: Peer, stranger: Peer, number: str
) -> None:
    await take(db, number, "dismiss", text="没有发现。")

    assert await desk.updates(WANTED, None) == []
    assert await desk.updates(WANTED, stranger) == []
    assert told(await desk.updates(WANTED, district))[-1] == ("no_further_action", "没有发现。")


async def test_one_case_or_one_page_may_be_asked_for(
    db: Database, desk: Open311Desk, district: Peer, number: str
) -> None:
    other = (await desk.file(offer("hazard"), sending(district))).reference
    await take(db, number, "accept")
    await take(db, other, "accept")

    one = await desk.updates(replace(WANTED, reference=number.lower()), None)
    pages = [
        await desk.updates(replace(WANTED, page=Page(number=n, size=3)), None) for n in (1, 2, 3)
    ]

    assert {update.reference for update in one} == {number}
    assert [len(page) for page in pages] == [3, 1, 0]
    assert len({update.id for page in pages for update in page}) == 4
    outside = replace(
        WANTED, window=Window(since=RECEIVED - timedelta(days=2), until=WINDOW.since)
    )
    assert await desk.updates(outside, None) == []


async def test_what_is_added_is_for_staff_and_changes_no_state(
    db: Database, desk: Open311Desk, district: Peer, number: str
) -> None:
    await desk.take(district, replace(sent(number), status="fixed"))
    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(number)

    assert sheet.state == "已报告，待核实"
    entry = sheet.entries[-1]
    assert (entry.command, entry.author, entry.words) == (
        "supplement",
        "open311:district-1",
        "[fixed] 又堆了。",
    )
    assert all("又堆了" not in note for _, note in told(await desk.updates(WANTED, district)))
    async with db.read() as session:
        await verify(session, await find(session, number))


async def test_the_same_update_is_added_once(
    db: Database, desk: Open311Desk, district: Peer, number: str
) -> None:
    await asyncio.gather(*(desk.take(district, sent(number)) for _ in range(4)))
    await desk.take(district, sent(number, "u-2"))

    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(number)
    assert [entry.command for entry in sheet.entries] == ["submit", "supplement", "supplement"]
    other = (await desk.file(offer("hazard"), sending(district))).reference
    with pytest.raises(BadRequest):
        await desk.take(district, sent(other))


async def test_only_the_sender_adds_and_only_while_it_is_open(
    db: Database, desk: Open311Desk, district: Peer, stranger: Peer, number: str
) -> None:
    # Whether it is there is not told to whoever did not file it.
    for by, reference in ((stranger, number), (district, "YH320508261120000009A")):
        with pytest.raises(Unknown) as unknown:
            await desk.take(by, sent(reference))
        assert unknown.value.fault.name == "not_filed"
    await desk.take(district, sent(number))
    await take(db, number, "dismiss")
    # What was taken before is still answered the same.
    await desk.take(district, sent(number))
    with pytest.raises(BadRequest) as refused:
        await desk.take(district, sent(number, "u-2"))
    assert refused.value.faults[0].name == "over"


async def test_a_petition_can_be_added_to_but_is_in_no_update(
    db: Database, desk: Open311Desk, district: Peer
) -> None:
    await desk.file(offer("petition"), sending(district, replace(HAZARD, sub_kind="claim")))
    [row] = await StaffDesk(db, lambda: RECEIVED).list_cases(Wanted())
    await desk.take(district, sent(row.reference))

    assert await desk.updates(WANTED, district) == []
    sheet = await StaffDesk(db, lambda: RECEIVED).look_at(row.reference)
    assert sheet.entries[-1].words == "[open] 又堆了。"


async def test_a_black_box_takes_nothing_more(db: Database, number: str, district: Peer) -> None:
    offered = catalogue()
    silent = tuple(replace(o, answers=Answers.BLACKBOX) for o in offered.offers)
    desk = Open311Desk(db, lambda: RECEIVED, lambda: replace(offered, offers=silent))

    with pytest.raises(Unknown):
        await desk.take(district, sent(number))
