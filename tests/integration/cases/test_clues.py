"""Clues: taken down once, answered in a box, and nothing kept of whoever sent them."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from cases.clues import DIGITS, Box, ClueDesk, Tip, ways_to_know
from cases.desk import StaffDesk
from cases.errors import BadOrder, StepNotAllowed, StepNotPossible
from cases.kinds.machine import Actor
from cases.models import Case, CasePerson, ClueBox
from cases.orders import Order
from cases.reader import CaseDesk
from cases.records import events, verify
from cases.service import apply
from conversations.models import Contact, Conversation
from core.case_views import LookupState
from core.clock import SUZHOU
from db.base import Base
from db.engine import Database
from tests.integration.cases.filings import officer

NOW = datetime(2026, 11, 30, 10, tzinfo=SUZHOU)
TIP = Tip(
    once="o" * 43,
    sub_kind="vice",
    district="320508",
    text="地下室里天天有人聚赌",
    place="平江路附近一家棋牌室",
    known="saw",
)


def desk(db: Database, at: datetime = NOW) -> ClueDesk:
    return ClueDesk(db, lambda: at)


async def the_case(db: Database) -> Case:
    async with db.read() as session:
        return (await session.scalars(select(Case))).one()


async def step(db: Database, command: str, text: str = "", **more: object) -> None:
    case = await the_case(db)
    at = max(NOW, case.updated_at) + timedelta(minutes=1)
    order = replace(officer(command, at, text), **more)  # type: ignore[arg-type]
    async with db.write() as session:
        await apply(session, db.vault, await session.get_one(Case, case.id), order)


async def opened(db: Database, receipt: str) -> Box:
    box = await desk(db).open(receipt)
    assert box is not None
    return box


async def test_sixteen_digits_open_the_box(db: Database) -> None:
    receipt = await desk(db).drop(TIP)

    assert re.fullmatch(r"\d{16}", receipt)
    box = await opened(db, receipt)
    assert (box.kind, box.state) == ("赌博、毒品、卖淫嫖娼", "received")
    assert [(line.label, line.text, line.mine) for line in box.lines] == [
        ("收到", "收到了，等工作人员看。", False)
    ]
    assert box.deadline is not None
    assert box.deadline.citation is None
    assert "不是法律规定" in box.deadline.computed


async def test_no_other_digits_do(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    near = f"{(int(receipt) + 1) % 10**DIGITS:016}"

    for wrong in (near, receipt[::-1] + "0", "", "0" * 16, receipt[:-1]):
        assert await desk(db).open(wrong) is None
        assert await desk(db).write(wrong, "还在赌") is None


async def test_nobody_is_in_it(db: Database) -> None:
    await desk(db).drop(TIP)
    case = await the_case(db)

    assert (case.contact_id, case.conversation_id) == (None, None)
    async with db.read() as session:
        [person] = await session.scalars(select(CasePerson))
        counts = [
            await session.scalar(select(func.count()).select_from(model))
            for model in (Contact, Conversation)
        ]
    assert counts == [0, 0]
    assert person.contact_id is None
    sheet = await StaffDesk(db, lambda: NOW).look_at(case.reference)
    assert [dict(block) for _, block in sheet.persons] == [{}]


async def test_neither_words_nor_digits_can_be_read_in_the_database(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await desk(db).write(receipt, "老板姓张")

    stored = json.dumps(await rows(db), default=str, ensure_ascii=False)

    assert TIP.text not in stored
    for secret in ("聚赌", "平江路", "老板姓张", receipt, TIP.once, "亲眼看到"):
        assert secret not in stored


async def rows(db: Database) -> list[list[object]]:
    async with db.read() as session:
        return [
            [list(row) for row in await session.execute(select(table))]
            for table in Base.metadata.sorted_tables
        ]


async def test_staff_read_all_that_was_written(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await desk(db).write(receipt, "老板姓张")

    sheet = await StaffDesk(db, lambda: NOW).look_at((await the_case(db)).reference)

    assert sheet.title == "赌博、毒品、卖淫嫖娼"
    assert [entry.words for entry in sheet.entries] == [
        "地下室里天天有人聚赌\n地点：平江路附近一家棋牌室\n怎么知道的：亲眼看到",
        "老板姓张",
    ]


async def test_the_same_form_sent_again_is_the_same_clue(db: Database) -> None:
    receipts = [await desk(db, NOW + timedelta(hours=n)).drop(TIP) for n in range(3)]

    assert len(set(receipts)) == 1
    await the_case(db)


async def test_the_same_form_sent_many_times_at_once_is_one_clue(db: Database) -> None:
    receipts = await asyncio.gather(*(desk(db).drop(TIP) for _ in range(5)))

    assert len(set(receipts)) == 1
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ClueBox)) == 1


async def test_what_was_changed_or_another_form_is_another_clue(db: Database) -> None:
    receipts = {
        await desk(db).drop(tip)
        for tip in (TIP, replace(TIP, text="又来了"), replace(TIP, once="p" * 43))
    }

    assert len(receipts) == 3


async def test_staff_and_sender_write_to_each_other(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await step(db, "screen", "在看。")
    await step(db, "ask", "是哪一个门牌？")
    asked = await opened(db, receipt)
    answered = await desk(db).write(receipt, "东边第二个门")
    again = await desk(db).write(receipt, "东边第二个门")

    assert asked.state == "insufficient"
    assert asked.lines[-1].text == "是哪一个门牌？"
    assert answered is not None
    assert answered.state == "received"
    assert answered == again
    assert [(line.label, line.text) for line in answered.lines[-2:]] == [
        ("请您补充", "是哪一个门牌？"),
        ("您写了一条", ""),
    ]


async def test_what_staff_keep_to_themselves_is_not_shown(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await step(db, "note", "像是上次那一家。", public=False)

    assert "像是上次" not in str(await opened(db, receipt))


async def test_after_the_end_it_can_go_on(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await step(db, "refer", "这是合同纠纷，请打 12348 问。")
    ended = await opened(db, receipt)
    assert (ended.state, ended.deadline) == ("not_ours", None)
    assert "该找谁" in ended.explained

    await desk(db, NOW + timedelta(days=1)).write(receipt, "不是合同，是真的在赌")
    await step(db, "screen", "重新看。")

    assert (await opened(db, receipt)).state == "screening"
    assert (await the_case(db)).closed_at is None


async def test_one_about_an_official_goes_to_discipline_inspection_alone(db: Database) -> None:
    await desk(db).drop(replace(TIP, sub_kind="official"))
    await step(db, "screen", "在看。")

    for command in ("assign", "classify"):
        with pytest.raises(StepNotPossible):
            await step(db, command, "交。", agency="被举报的单位", sub_kind="other")
    with pytest.raises(BadOrder):
        await step(db, "note", "记一笔。", agency="被举报的单位")
    with pytest.raises(BadOrder):
        await step(db, "to_discipline", "转。", agency="被举报的单位")
    await step(db, "to_discipline", "已转。")

    assert (await the_case(db)).agency == "纪检监察机关"


async def test_public_interest_goes_to_the_procuratorate(db: Database) -> None:
    await desk(db).drop(replace(TIP, sub_kind="environment"))
    await step(db, "screen", "在看。")
    await step(db, "to_procuratorate", "已转。")

    assert (await the_case(db)).agency == "检察机关"


async def test_no_query_code_opens_it_and_no_list_shows_it(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    reference = (await the_case(db)).reference
    cases = CaseDesk(db, lambda: NOW)

    for code in (receipt, receipt[:8], ""):
        found = await cases.look_up(reference, code, contact_id="a")
        assert found.state is LookupState.WRONG
    assert await cases.nearby("XS", "vice", "320508", TIP.place) == ()


async def test_the_record_of_it_is_whole(db: Database) -> None:
    receipt = await desk(db).drop(TIP)
    await step(db, "screen", "在看。")
    await desk(db).write(receipt, "还在赌")
    case = await the_case(db)

    async with db.read() as session:
        await verify(session, await session.get_one(Case, case.id))
        assert len(await events(session, case)) == 3


async def test_the_sender_takes_no_step_but_writing(db: Database) -> None:
    await desk(db).drop(TIP)
    case = await the_case(db)
    order = Order(command="screen", actor=Actor.CITIZEN, at=NOW)

    async with db.write() as session:
        with pytest.raises(StepNotAllowed):
            await apply(session, db.vault, await session.get_one(Case, case.id), order)


@pytest.mark.parametrize("text", ["半个表情\ud83d", "a" * 5000, "<b>&'\""])
async def test_any_text_is_kept(db: Database, text: str) -> None:
    await desk(db).drop(replace(TIP, text=text, place="", known=""))

    sheet = await StaffDesk(db, lambda: NOW).look_at((await the_case(db)).reference)
    assert sheet.entries[0].words == text


def test_not_to_say_how_one_knows_is_possible() -> None:
    assert list(ways_to_know()) == ["", "saw", "heard", "victim"]
