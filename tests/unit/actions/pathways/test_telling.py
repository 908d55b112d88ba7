"""Every place of every way: short enough, with a next thing to do, a number, and sources."""

from __future__ import annotations

import pytest

from actions.pathways.loading import pathways
from actions.pathways.spec import Pathway, Step
from actions.pathways.telling import Teller, noted
from actions.pathways.walk import Trail, follow
from core.messages import Reply
from tests.unit.actions.conftest import Shelf, Toolset, entry
from tests.unit.actions.pathways.ways import TODAY, places

EVERY = [pytest.param(pathway, id=name) for name, pathway in pathways().items()]
SCREEN = 220
BUTTONS, PAYLOAD = 8, 64
LEFT = {"employer": "unit", "iou": "no", "still_there": "no"}


def teller(trail: Trail, tools: Toolset) -> Teller:
    return Teller(trail=trail, knowledge=tools.knowledge, today=TODAY)


def here(trail: Trail, tools: Toolset) -> Reply:
    line = noted(trail, trail.answered[-1], TODAY) if trail.answered else ""
    return teller(trail, tools).here(line=line)


@pytest.mark.parametrize("pathway", EVERY)
def test_every_place_fits_a_screen_and_leads_on(pathway: Pathway, tools: Toolset) -> None:
    for trail in places(pathway.name):
        told = here(trail, tools)
        titles = [button.title for button in told.quick_replies]

        assert len(told.text) <= SCREEN, told.text
        assert len(titles) == len(set(titles)) <= BUTTONS
        assert {"换一种情况", "转人工"} <= set(titles)
        assert ("上一步" in titles) == bool(trail.answered)
        assert all(len(b.payload.encode()) <= PAYLOAD for b in told.quick_replies)
        if isinstance(trail.node, Step):
            assert f"现在做：{trail.node.do}" in told.text
            assert f"费用：{trail.node.cost}" in told.text
            assert "看全部步骤" in titles
            assert any(number in told.text for number in trail.node.hotlines)


@pytest.mark.parametrize("pathway", EVERY)
def test_a_day_that_was_told_becomes_the_last_day(pathway: Pathway, tools: Toolset) -> None:
    for trail in places(pathway.name):
        step = trail.node
        if not isinstance(step, Step) or step.latest is None:
            continue
        text = here(trail, tools).text
        known = trail.dates.get(step.latest.day or "", "unknown") != "unknown"
        assert ("最晚 " in text or "已过：" in text) == known, text
        assert ("期限：" in text) == (not known), text
        assert f"《{step.latest.source.law}》{step.latest.source.article}" in text


def test_a_step_says_where_when_what_and_whom(tools: Toolset) -> None:
    told = here(follow(pathways()["wages"], {**LEFT, "ended": "2026-08-01"}, TODAY), tools)

    assert told.text.splitlines() == [
        "记下了：离开单位，2026年8月1日。",
        "【被拖欠工资】第1步：投诉劳动监察（找部门）",
        "现在做：打12333问清用工地的劳动监察窗口，去投诉：哪几个月、欠多少。",
        "投诉和仲裁可以都走，别让一年过去。",
        "最晚 2027年8月1日：申请仲裁，从离开单位起1年（《劳动争议调解仲裁法》第二十七条）。那天休息，请提前。",
        "费用：一般不收费。",
        "带上：身份证、工资流水、考勤或聊天。",
        "电话：12333、12345",
    ]
    assert [b.title for b in told.quick_replies] == [
        *("没要到", "给了", "日子怎么算的", "看全部步骤", "上一步", "换一种情况", "转人工")
    ]
    assert told.citations[0].label == "《劳动争议调解仲裁法》第二十七条"
    assert told.source == "pathway:wages.complain"


def test_what_is_held_is_cited_as_in_force_and_the_rest_as_attested(tools: Toolset) -> None:
    trail = follow(pathways()["wages"], {**LEFT, "ended": "unknown"}, TODAY)
    law = here(trail, tools).citations

    assert {c.in_force for c in law} == {"attested"}
    held = [a for a in Shelf().laws if a.law == "劳动法"]
    assert held  # a corpus that holds one of them
    tools.shelf.laws = [
        type(held[0])(
            law=law[0].law, number=law[0].article, text="…自劳动关系终止之日起一年内提出"
        )
    ]
    assert here(trail, tools).citations[0].in_force is True


def test_how_a_day_was_counted_is_told_with_the_rest_day(tools: Toolset) -> None:
    trail = follow(pathways()["wages"], {**LEFT, "ended": "2026-08"}, TODAY)

    told = teller(trail, tools).counted()

    assert told is not None
    assert told.text.splitlines() == [
        "“申请仲裁”：从2026年8月1日（离开单位）的第二天开始数，数满1年，到2027年8月1日为止（《民法典》第二百零一条）。",
        "您没说到哪天，这里按最早的2026年8月1日算，宁早勿晚。",
        "这天是休息日，法律允许顺延到2027年8月2日，但别等到那天。",
        "中间催要过、投诉过，或者对方答应过，可能从那天重新算，记录都留好。",
    ]
    assert [c.label for c in told.citations] == [
        *("《劳动争议调解仲裁法》第二十七条", "《民法典》第二百零一条", "《民法典》第二百零三条")
    ]
    assert teller(follow(pathways()["wages"], {}, TODAY), tools).counted() is None


def test_two_periods_one_after_the_other_are_told_so(tools: Toolset) -> None:
    given = {"violence": "no", "agreed": "yes", "filed": "yes", "applied": "2026-11-02"}
    trail = follow(pathways()["divorce"], given, TODAY)
    counted = teller(trail, tools).counted()

    assert counted is not None
    assert "数满30日，再数满30日，到2027年1月1日为止" in counted.text
    assert "最早 2026年12月3日：可以领证" in here(trail, tools).text


def test_a_day_that_has_passed_is_said_to_have(tools: Toolset) -> None:
    trail = follow(pathways()["wages"], {**LEFT, "ended": "2024-08-01"}, TODAY)

    assert here(trail, tools).text.startswith(
        "记下了：离开单位，2024年8月1日。这样算，申请仲裁到2025年8月1日为止，看来已经过了。"
    )


def test_a_step_after_its_last_day_says_that_it_may_be_late(tools: Toolset) -> None:
    given = {**LEFT, "ended": "2024-08-01", "labour_restarted": "yes", "work_proof": "yes"}
    trail = follow(pathways()["wages"], given, TODAY)

    assert "2025年8月1日已过：申请仲裁" in here(trail, tools).text
    assert "先问12348，别自己放弃" in here(trail, tools).text


def test_more_is_told_by_an_entry_that_citizens_may_get(tools: Toolset) -> None:
    trail = follow(
        pathways()["wages"], {"employer": "unit", "iou": "no", "still_there": "yes"}, TODAY
    )
    assert "详细" not in [b.title for b in here(trail, tools).quick_replies]

    step = trail.node
    assert isinstance(step, Step)

    tools.shelf.entries = (entry(step.entry or "", "wage_complaint"),)
    assert ("详细", "wage_complaint/wage-complaint-now") in [
        (b.title, b.payload) for b in here(trail, tools).quick_replies
    ]


def test_another_pathway_that_takes_over_is_offered(tools: Toolset) -> None:
    trail = follow(pathways()["divorce"], {"violence": "yes"}, TODAY)

    assert ("看这条路怎么走", "pathway/violence") in [
        (b.title, b.payload) for b in here(trail, tools).quick_replies
    ]


def test_the_whole_way_is_drawn(tools: Toolset) -> None:
    told = teller(follow(pathways()["loan"], {}, TODAY), tools).whole()

    assert [step.label for step in told.timeline][:3] == ["先书面催", "向法院起诉", "申请强制执行"]
    assert "借钱不还" in told.text
