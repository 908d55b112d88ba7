"""Petition status: one thing asked at a time, and the same words for every wrong pair."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import petition
from core.effects import CountFailedLookup
from core.messages import Entity
from core.turns import Session
from tests.unit.actions.conftest import CODE, REFERENCE, Desk, MakeTurn, Toolset
from tests.unit.actions.conftest import petition as case

REF = Entity(name="case_ref", value=REFERENCE, start=0, end=21)
KEY = Entity(name="query_code", value=CODE, start=0, end=8)


async def test_asks_for_both_then_for_the_code(make_turn: MakeTurn, tools: Toolset) -> None:
    first = await petition.status(make_turn("petition_status", "查信访"), tools)
    second = await petition.status(
        make_turn("inform", REFERENCE, entities=(REF,), session=first.session), tools
    )

    assert "信访编号" in first.replies[0].text
    assert "还要 8 位查询码" in second.replies[0].text
    assert second.session.slots == {"case_ref": REFERENCE}
    assert second.session.requested_slot == "query_code"


async def test_asks_for_the_reference_when_the_code_came_first(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await petition.status(make_turn("inform", CODE, entities=(KEY,)), tools)

    assert "还要编号" in outcome.replies[0].text


async def test_both_are_looked_up_for_this_contact(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await petition.status(make_turn("petition_status", "查", entities=(REF, KEY)), tools)

    assert tools.desk.asked == [(REFERENCE, CODE, "contact")]
    assert outcome.session.form is None
    assert outcome.effects == ()
    assert outcome.replies[0].source == f"case:{REFERENCE}"


@pytest.mark.parametrize("reference", [REFERENCE, "XF3205082610120009999"])
async def test_every_wrong_pair_is_told_and_counted_alike(
    make_turn: MakeTurn, tools: Toolset, reference: str
) -> None:
    ref = Entity(name="case_ref", value=reference, start=0, end=21)
    bad = Entity(name="query_code", value="AAAA2222", start=0, end=8)

    outcome = await petition.status(make_turn("inform", "x", entities=(ref, bad)), tools)

    assert outcome.replies[0].text.startswith("没有查到。编号或查询码可能抄错了")
    assert outcome.effects == (CountFailedLookup(reference=reference),)
    assert outcome.session.slots == {}


async def test_locked_tells_until_when_in_suzhou(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.desk = Desk(locked=True)

    outcome = await petition.status(make_turn("inform", "x", entities=(REF, KEY)), tools)

    assert "先锁到11:05" in outcome.replies[0].text
    assert outcome.effects == ()


async def test_another_form_lends_no_slots(make_turn: MakeTurn, tools: Toolset) -> None:
    stale = Session(form="fraud_check", slots={"case_ref": REFERENCE, "query_code": CODE})

    await petition.status(make_turn("petition_status", "查信访", session=stale), tools)

    assert tools.desk.asked == []


def test_a_case_is_told_with_its_timeline_in_suzhou_days() -> None:
    told = petition.tell(case())

    assert told.text.splitlines() == [
        f"（演示数据）办理中。{REFERENCE}，承办：住建部门（姑苏区）。",
        "办结：2026年12月19日（《信访工作条例》第三十四条；从受理次日起算）。",
    ]
    assert [(s.at, s.label) for s in told.timeline] == [("10月12日", "收到"), ("10月20日", "受理")]


def test_an_overdue_case_says_so() -> None:
    told = petition.tell(case(demo=False, overdue=True))

    assert "演示" not in told.text
    assert told.text.endswith("已经超过期限。")


async def test_lost_receipt_and_other_places(make_turn: MakeTurn, tools: Toolset) -> None:
    lost = await petition.rules(make_turn(press="petition_rules/lost"), tools)
    elsewhere = await petition.rules(make_turn(press="petition_rules/elsewhere"), tools)

    assert "不能凭姓名替您查" in lost.replies[0].text
    assert "到原来的地方查" in elsewhere.replies[0].text


async def test_other_kinds_are_not_looked_up_but_a_petition_is(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    other_kind = Entity(name="case_ref", value="LB320507261110000006Y", start=0, end=21)

    other = await petition.status_of_other(
        make_turn("case_status", "x", entities=(other_kind,)), tools
    )
    mine = await petition.status_of_other(make_turn("case_status", "x", entities=(REF,)), tools)

    assert "信访件（XF 开头）" in other.replies[0].text
    assert "还要 8 位查询码" in mine.replies[0].text


def test_only_petitions_always_offer_a_review() -> None:
    def offered(kind: str, *steps: str) -> list[str]:
        shown = petition.acts(replace(case(), kind=kind, steps_open=steps))
        return [button.payload.partition("/")[0] for button in shown]

    assert offered("XF") == ["petition_urge", "petition_review"]
    assert offered("TJ", "withdraw") == ["petition_urge", "case_withdraw"]
    assert offered("FY", "contest") == ["petition_urge", "petition_review"]


async def test_a_number_of_another_system_is_asked_its_code_and_looked_up(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("case_status", "我要查工单 GD20261120123456 的进度")
    asked = await petition.status_of_other(turn, tools)
    told = await petition.status(
        make_turn("inform", CODE, entities=(KEY,), session=asked.session), tools
    )

    assert asked.session.slots == {"case_ref": "GD20261120123456"}
    assert tools.desk.asked == [("GD20261120123456", CODE, "contact")]
    assert "编号是谁给的就问谁" in told.replies[0].text
    assert told.effects == (CountFailedLookup(reference="GD20261120123456"),)
