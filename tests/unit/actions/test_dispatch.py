"""Who answers a turn, in the order of urgency, status, button, form, intent."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.dispatch import act
from core.effects import LeaveQueue, RequestHandoff
from core.messages import Attachment, Entity
from core.turns import ConversationStatus, Outcome, Session, Turn
from nlu.training import intents
from tests.unit.actions.conftest import CODE, REFERENCE, MakeTurn, Shelf, Toolset

KNOWN = frozenset(intents())
KEY = Entity(name="query_code", value=CODE, start=0, end=8)
REF = Entity(name="case_ref", value=REFERENCE, start=0, end=21)
FORM = Session(form="petition_status", requested_slot="query_code", slots={"case_ref": REFERENCE})
CHECKING = Session(form="fraud_check", requested_slot="text")


async def answer(turn: Turn, tools: Toolset) -> Outcome:
    return await act(turn, tools, known=KNOWN)


async def told(turn: Turn, tools: Toolset) -> str:
    return "\n".join(r.text for r in (await answer(turn, tools)).replies)


@pytest.mark.parametrize("status", list(ConversationStatus))
@pytest.mark.parametrize(
    ("intent", "number"),
    [("crisis", "12356"), ("emergency", "110"), ("fraud_emergency", "96110")],
)
async def test_urgency_comes_first_whoever_holds_the_chat(
    make_turn: MakeTurn, tools: Toolset, status: ConversationStatus, intent: str, number: str
) -> None:
    outcome = await answer(make_turn(intent, "出事了快点", status=status), tools)

    assert number in outcome.replies[0].text
    assert outcome.replies[0].safety


async def test_urgency_keeps_the_form(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answer(make_turn("crisis", "我不想活了", session=FORM), tools)

    assert (outcome.session.form, outcome.session.slots) == (FORM.form, FORM.slots)


async def test_a_guess_at_urgency_is_no_alarm(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn("crisis", "娃才三岁怎么弄", confidence=0.12, second=("legal_minor", 0.1))

    assert "12356" not in await told(turn, tools)


async def test_a_typed_answer_to_a_card_goes_on(make_turn: MakeTurn, tools: Toolset) -> None:
    last = Session(last_intent="fraud_emergency")
    outcome = await answer(make_turn("goodbye", "挂了", session=last), tools)

    assert "多久之前转的" in outcome.replies[0].text
    assert outcome.session.last_intent == "fraud_emergency"


async def test_after_a_card_little_words_are_never_misunderstood(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    last = Session(last_intent="crisis")

    assert "我在" in await told(make_turn("affirm", "嗯", session=last), tools)
    assert "我在" in await told(make_turn("cancel", "算了", session=last), tools)
    assert "我在" in await told(make_turn("greet", "好", session=last), tools)


async def test_a_card_that_is_settled_asks_no_more(make_turn: MakeTurn, tools: Toolset) -> None:
    settled = await answer(make_turn(press="fraud_emergency/reported"), tools)
    after = make_turn("affirm", "好的", session=settled.session)

    assert "110" not in await told(after, tools)


async def test_a_question_after_a_card_is_answered(make_turn: MakeTurn, tools: Toolset) -> None:
    last = Session(last_intent="fraud_emergency")

    assert "先投诉" in await told(make_turn("legal_labour", "被拖欠工资", session=last), tools)


async def test_a_text_to_check_that_speaks_of_money_is_checked(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    text = "客服说我误开了百万保障 要我下载会议软件共享屏幕"
    pasted = make_turn("fraud_emergency", text, confidence=0.5, session=CHECKING)
    certain = make_turn("fraud_emergency", text, confidence=0.9, session=CHECKING)

    assert "可疑" in await told(pasted, tools)
    assert "紧急止付" in await told(certain, tools)


async def test_queued_words_are_kept_and_cancel_leaves(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    queued = ConversationStatus.QUEUED

    assert "记录里" in await told(make_turn("legal_labour", "工资", status=queued), tools)
    left = await answer(make_turn("cancel", "算了", status=queued), tools)
    assert left.effects == (LeaveQueue(),)


async def test_an_assigned_chat_is_the_persons(make_turn: MakeTurn, tools: Toolset) -> None:
    held = ConversationStatus.ASSIGNED

    assert await told(make_turn("cancel", "算了", status=held), tools) == ""
    left = await answer(make_turn(press="cancel/queue", status=held), tools)
    assert left.effects == (LeaveQueue(),)


async def test_an_unknown_button_is_stale(make_turn: MakeTurn, tools: Toolset) -> None:
    assert "已经不能用了" in await told(make_turn(press="no_such"), tools)


@pytest.mark.parametrize("text", ["", "😀", "。。。"])
async def test_a_message_that_says_nothing(make_turn: MakeTurn, tools: Toolset, text: str) -> None:
    assert "没看到文字" in await told(make_turn("out_of_scope", text), tools)


async def test_a_picture_that_was_not_kept(make_turn: MakeTurn, tools: Toolset) -> None:
    photo = Attachment(kind="image", file_id="1")

    assert "没有收到" in await told(make_turn(attachments=(photo,)), tools)


async def test_the_open_form_takes_its_slot(make_turn: MakeTurn, tools: Toolset) -> None:
    text = await told(make_turn("inform", CODE, entities=(KEY,), session=FORM), tools)

    assert "办理中" in text


async def test_a_bare_reference_opens_the_form(make_turn: MakeTurn, tools: Toolset) -> None:
    assert "还要 8 位查询码" in await told(make_turn("inform", "x", entities=(REF,)), tools)


async def test_a_question_in_between_keeps_the_form(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answer(make_turn("legal_labour", "被拖欠工资", session=FORM), tools)

    assert outcome.session.form == "petition_status"
    assert outcome.session.slots == FORM.slots
    assert "要接着查吗" in outcome.replies[-1].text


async def test_cancel_leaves_the_form(make_turn: MakeTurn, tools: Toolset) -> None:
    typed = await answer(make_turn("cancel", "这个词", session=FORM), tools)
    pressed = await answer(make_turn(press="cancel", session=FORM), tools)

    assert typed.session.form is None
    assert pressed.session.form is None


@pytest.mark.parametrize("intent", ["human_handoff", "help"])
async def test_these_put_the_form_aside(make_turn: MakeTurn, tools: Toolset, intent: str) -> None:
    outcome = await answer(make_turn(intent, "这个词", session=FORM), tools)

    assert (outcome.session.form, outcome.session.slots) == (FORM.form, FORM.slots)
    assert outcome.session.pause is not None


async def test_no_is_no_answer_and_asks_again(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answer(make_turn("deny", "这个词", session=FORM), tools)

    assert "没认出查询码" in outcome.replies[0].text


@pytest.mark.parametrize("press", ["thanks", "no_such", "legal_labour/unpaid"])
async def test_other_buttons_do_not_lose_the_form(
    make_turn: MakeTurn, tools: Toolset, press: str
) -> None:
    outcome = await answer(make_turn(press=press, session=FORM), tools)

    assert outcome.session.slots == FORM.slots
    assert "要接着查吗" in outcome.replies[-1].text


async def test_waiting_for_a_person_does_not_lose_the_form(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    queued = ConversationStatus.QUEUED
    waiting = await answer(make_turn("legal_labour", "工资", session=FORM, status=queued), tools)
    left = await answer(make_turn("cancel", "算了", session=waiting.session, status=queued), tools)

    assert waiting.session.slots == left.session.slots == FORM.slots


@pytest.mark.parametrize(
    ("asked", "text"), [("unit", "跳过"), ("open", "不公开"), ("summary", "确认")]
)
async def test_the_forms_own_words_are_no_alarm(
    make_turn: MakeTurn, tools: Toolset, asked: str, text: str
) -> None:
    session = Session(
        form="petition_submit", requested_slot=asked, slots={"story": "灯坏", "district": "320508"}
    )

    outcome = await answer(make_turn("crisis", text, confidence=0.95, session=session), tools)

    assert not outcome.replies[0].safety


async def test_a_yes_after_a_card_files_nothing(make_turn: MakeTurn, tools: Toolset) -> None:
    slots = {"story": "路灯坏了", "district": "320508", "open": "no"}
    slots |= dict.fromkeys(("unit", "time", "who", "phone"), "-")
    session = Session(form="petition_submit", requested_slot="summary", slots=slots)
    card = await answer(make_turn("crisis", "我不想活了", session=session), tools)
    yes = await answer(make_turn("affirm", "好", session=card.session), tools)

    assert yes.effects == ()
    assert "我在" in yes.replies[0].text
    assert yes.session.slots == slots


async def test_a_message_that_opens_a_form_opens_it_whatever_it_tells(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("legal_labour", "我要信访 老板欠我们三个月工资不给")

    assert (await answer(turn, tools)).session.form == "petition_submit"


async def test_words_that_ask_on_are_about_the_last_entry(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told_before = Session(entry="unpaid")
    turn = make_turn("hotline", "电话呢", session=told_before)

    assert "12333" in await told(turn, tools)


async def test_the_second_wish_is_offered_after_the_first(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("legal_labour", "被拖欠工资，还有我想查信访")
    two = replace(
        turn.parse, first_text="被拖欠工资", second="petition_status", second_text="我想查信访"
    )
    outcome = await answer(replace(turn, parse=two), tools)

    assert "先投诉" in outcome.replies[0].text
    assert "您还问了“我想查信访”" in outcome.replies[1].text
    assert outcome.session.wish == "我想查信访"
    stale = await answer(make_turn(press="petition_status/wish"), tools)
    assert "已经不能用了" in stale.replies[0].text


async def test_a_person_is_asked_for(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answer(make_turn("human_handoff", "转人工"), tools)

    assert outcome.effects == (RequestHandoff(reason="citizen"),)


async def test_a_weak_reading_with_a_fitting_entry_is_answered(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("legal_rental", "被拖欠工资", confidence=0.1, second=("legal_labour", 0.09))

    assert "先投诉" in await told(turn, tools)


async def test_a_weak_reading_without_one_lets_the_citizen_choose(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.shelf = Shelf(entries=())
    turn = make_turn("legal_rental", "这个嘛", confidence=0.3, second=("legal_labour", 0.25))

    outcome = await answer(turn, tools)

    assert "没完全听明白" in outcome.replies[0].text
    assert outcome.session.misses == 1


@pytest.mark.parametrize(("intent", "confidence"), [("legal_rental", 0.03), ("out_of_scope", 0.9)])
async def test_after_a_miss_what_leads_nowhere_is_a_second_one(
    make_turn: MakeTurn, tools: Toolset, intent: str, confidence: float
) -> None:
    missed = Session(misses=1)
    turn = make_turn(intent, "随便", confidence=confidence, second=("greet", 0.02), session=missed)

    outcome = await answer(turn, tools)

    assert "可以让工作人员来看" in outcome.replies[0].text
    assert outcome.session.misses == 2


async def test_a_reading_of_nothing_is_out_of_scope(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn("legal_rental", "吧啦吧啦", confidence=0.03, second=("greet", 0.02))

    outcome = await answer(turn, tools)

    assert "帮不上" in outcome.replies[0].text
    assert outcome.session.misses == 1
