"""Own matters need no code, others their receipt; what cannot be done now is told why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions import matters
from actions.forms.conduct import Desk
from actions.matters import ACTS, FINISHES
from core.case_views import UrgeState, Urging
from core.effects import (
    AddToCase,
    AskReview,
    CountFailedLookup,
    RateCase,
    ReopenCase,
    UrgeCase,
    WithdrawCase,
)
from core.messages import Entity
from core.turns import Outcome, Session
from tests.unit.actions.conftest import CODE, REFERENCE, MakeTurn, Toolset
from tests.unit.actions.conftest import petition as case

OTHER = "YH3205082611200000017"
DAY = date(2026, 12, 19)
STEPS = ("urge", "rate", "request_review", "withdraw", "reopen", "supplement")
OPEN = replace(case(), steps_open=STEPS, urging=Urging(state=UrgeState.YES))
REF = Entity(name="case_ref", value=REFERENCE, start=0, end=21)
KEY = Entity(name="query_code", value=CODE, start=0, end=8)


async def begin(make_turn: MakeTurn, tools: Toolset, intent: str, **turn: object) -> Outcome:
    return await matters.begin(intent)(make_turn(intent, "办", **turn), tools)


async def go_on(
    make_turn: MakeTurn, tools: Toolset, session: Session, text: str, *entities: Entity
) -> Outcome:
    turn = make_turn("inform", text, session=session, entities=entities)
    taken = await Desk(turn=turn, tools=tools, finishes=FINISHES).take(weak=False)
    assert taken is not None
    return taken


async def test_ones_only_case_is_urged_without_a_question(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (OPEN,)
    outcome = await begin(make_turn, tools, "petition_urge")

    assert outcome.effects == (UrgeCase(reference=REFERENCE),)
    assert "{case.due}" in outcome.replies[0].text
    assert "不是法律规定" in outcome.replies[0].text
    assert tools.desk.asked == []


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (UrgeState.NOT_DUE, "2026年12月19日"),
        (UrgeState.ASKED, "2026年12月19日"),
        (UrgeState.NOTHING_RUNS, "催不了"),
    ],
)
async def test_whoever_cannot_urge_is_told_why(
    make_turn: MakeTurn, tools: Toolset, state: UrgeState, told: str
) -> None:
    tools.desk.own = (replace(OPEN, urging=Urging(state=state, until=DAY)),)
    outcome = await begin(make_turn, tools, "petition_urge")

    assert outcome.effects == ()
    assert told in outcome.replies[0].text


async def test_of_several_one_is_chosen(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.desk.own = (OPEN, replace(OPEN, reference=OTHER, kind="YH"), replace(OPEN, closed=True))
    asked = await begin(make_turn, tools, "petition_urge")
    payloads = [b.payload for b in asked.replies[0].quick_replies]
    chosen = await begin(make_turn, tools, "petition_urge", press=f"petition_urge/{OTHER}")

    assert payloads == [f"petition_urge/{REFERENCE}", f"petition_urge/{OTHER}"]
    assert all(len(p.encode()) <= 64 for p in payloads)
    assert chosen.effects == (UrgeCase(reference=OTHER),)
    assert "第四十条" not in chosen.replies[0].text


async def test_whoever_has_nothing_here_is_told_how_it_is_done(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await begin(make_turn, tools, "petition_review")

    assert outcome.session.form is None
    assert outcome.effects == ()


async def test_anothers_case_needs_its_code(make_turn: MakeTurn, tools: Toolset) -> None:
    asked = await begin(make_turn, tools, "petition_urge", entities=(REF,))
    assert "查询码" in asked.replies[0].text
    done = await go_on(make_turn, tools, asked.session, CODE, KEY)

    assert tools.desk.asked == [(REFERENCE, CODE, "contact")]
    assert done.effects == ()  # the petition of the shelf is not overdue
    wrong = replace(KEY, value="AAAA2222")
    refused = await go_on(make_turn, tools, asked.session, "AAAA2222", wrong)
    assert refused.effects == (CountFailedLookup(reference=REFERENCE),)


async def test_a_rating_is_a_score_and_words_if_wanted(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (OPEN,)
    asked = await begin(make_turn, tools, "petition_rate")
    assert [b.payload for b in asked.replies[0].quick_replies][:4] == [
        f"petition_rate/score={n}" for n in (5, 4, 3, 2)
    ]
    scored = await go_on(make_turn, tools, asked.session, "不满意")
    said = await go_on(make_turn, tools, scored.session, "没有人来看过")
    skipped = await go_on(make_turn, tools, scored.session, "跳过")

    assert said.effects == (RateCase(reference=REFERENCE, score=2, words="没有人来看过"),)
    assert skipped.effects == (RateCase(reference=REFERENCE, score=2),)


@pytest.mark.parametrize(
    ("intent", "said", "effect"),
    [
        ("petition_review", "没查清楚", AskReview(reference=REFERENCE, words="没查清楚")),
        ("case_withdraw", "确定撤回", WithdrawCase(reference=REFERENCE)),
        ("case_reopen", "灯又不亮了", ReopenCase(reference=REFERENCE, words="灯又不亮了")),
        ("case_update", "补一个时间", AddToCase(reference=REFERENCE, words="补一个时间")),
    ],
)
async def test_each_step_takes_one_answer(
    make_turn: MakeTurn, tools: Toolset, intent: str, said: str, effect: object
) -> None:
    tools.desk.own = (OPEN,)
    asked = await begin(make_turn, tools, intent)
    done = await go_on(make_turn, tools, asked.session, said)

    assert done.effects == (effect,)
    assert done.session.form is None
    assert done.replies[0].source == f"case:{REFERENCE}"


@pytest.mark.parametrize("intent", [i for i in ACTS if i != "petition_urge"])
async def test_what_cannot_be_done_now_is_refused_with_a_word(
    make_turn: MakeTurn, tools: Toolset, intent: str
) -> None:
    tools.desk.own = (replace(OPEN, steps_open=()),)
    answers = {"petition_rate": "5", "case_withdraw": "确定撤回"}
    step = await begin(make_turn, tools, intent, press=f"{intent}/{REFERENCE}")
    step = await go_on(make_turn, tools, step.session, answers.get(intent, "说明一下"))
    if intent == "petition_rate":
        step = await go_on(make_turn, tools, step.session, "跳过")

    assert step.effects == ()
    assert step.replies[0].text


async def test_second_thoughts_keep_the_case(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.desk.own = (OPEN,)
    asked = await begin(make_turn, tools, "case_withdraw")
    kept = await go_on(make_turn, tools, asked.session, "不撤了")

    assert (kept.effects, kept.session.form) == ((), None)
    assert "照常办" in kept.replies[0].text


async def test_the_second_review_is_told_with_its_own_article(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (replace(OPEN, steps_open=("request_recheck",)),)
    asked = await begin(make_turn, tools, "petition_review")
    done = await go_on(make_turn, tools, asked.session, "复查也没查清楚")

    assert "第三十六条" in done.replies[0].text


async def test_what_was_filed_here_is_listed(make_turn: MakeTurn, tools: Toolset) -> None:
    nothing = await matters.list_own(make_turn("my_cases", "我的事项"), tools)
    assert "没有您提交过的" in nothing.replies[0].text

    tools.desk.own = tuple(replace(OPEN, kind_name="信访件", reference=r) for r in refs())
    listed = await matters.list_own(make_turn("my_cases", "我的事项"), tools)
    assert len(listed.replies[0].quick_replies) == matters.MOST_SHOWN
    assert f"信访件 {REFERENCE}：办理中，办结到 2026年12月19日" in listed.replies[0].text


def refs() -> list[str]:
    return [REFERENCE, *(f"XF320508261012000{n}000" for n in range(6))]


AID = "FY3205832611230000017"


async def test_a_refusal_of_legal_aid_is_objected_to(make_turn: MakeTurn, tools: Toolset) -> None:
    refused = replace(OPEN, reference=AID, kind="FY", closed=True, steps_open=("contest", "rate"))
    tools.desk.own = (refused,)
    asked = await begin(make_turn, tools, "petition_review", press=f"petition_review/{AID}")
    done = await go_on(make_turn, tools, asked.session, "我没有收入")

    assert done.effects == (AskReview(reference=AID, words="我没有收入"),)
    assert "司法行政部门" in done.replies[0].text
    assert "{case.due}" in done.replies[0].text


async def test_without_a_decision_there_is_nothing_to_object_to(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.own = (replace(OPEN, reference=AID, kind="FY", steps_open=()),)
    asked = await begin(make_turn, tools, "petition_review", press=f"petition_review/{AID}")
    done = await go_on(make_turn, tools, asked.session, "不服")

    assert done.effects == ()
    assert "要先有一个决定" in done.replies[0].text
    assert "信访" not in done.replies[0].text
