"""Typed answers to an urgent card count as its buttons."""

from __future__ import annotations

import pytest

from actions import urgent_answers
from actions.base import choice
from core.turns import ConversationStatus, Session
from tests.unit.actions.conftest import MakeTurn


@pytest.mark.parametrize(
    ("last", "text", "argument"),
    [
        ("emergency", "不安全", "unsafe"),
        ("emergency", "现在安全了", "safe"),
        ("emergency", "现在在我妈家", "safe"),
        ("crisis", "没有人", "alone"),
        ("crisis", "有人在", "with_someone"),
        ("crisis", "我老公在家里陪着我", "with_someone"),
        ("emergency", "他已经走了 我在我妈家", "safe"),
        ("fraud_emergency", "挂了", "hung_up"),
        ("fraud_emergency", "还没挂", "on_line"),
        ("fraud_emergency", "大概半小时", "half_hour"),
        ("fraud_emergency", "十分钟前", "minutes"),
        ("fraud_emergency", "昨天转的", "later"),
        ("fraud_emergency", "报警了", "reported"),
        ("emergency", "No", "unsafe"),
        ("emergency", "not safe yet", "unsafe"),
        ("emergency", "Yes, I am safe now, I got out and went to my friend", "safe"),
        ("crisis", "I’m alone", "alone"),
        ("crisis", "No one is here", "alone"),
        ("crisis", "yes my roommate", "with_someone"),
        ("fraud_emergency", "I hung up", "hung_up"),
        ("fraud_emergency", "still on the phone with them", "on_line"),
        ("fraud_emergency", "about 10 minutes ago", "minutes"),
        ("fraud_emergency", "two hours ago", "later"),
        ("fraud_emergency", "I called the police", "reported"),
    ],
)
def test_words_stand_for_the_button(
    make_turn: MakeTurn, last: str, text: str, argument: str
) -> None:
    read = urgent_answers.read(make_turn("inform", text, session=Session(last_intent=last)))

    assert (read.parse.intent, choice(read)) == (last, argument)


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("legal_labour", "挂了"),
        (None, "挂了"),
        ("fraud_emergency", "谢谢"),
        ("emergency", "I know"),
        ("crisis", "for many years " * 5 + "nobody at my company ever noticed"),
        ("fraud_emergency", "我挂了电话以后又接到一个自称银行的人打来问我要密码"),
    ],
)
def test_other_words_are_left_as_they_are(
    make_turn: MakeTurn, last: str | None, text: str
) -> None:
    turn = make_turn("inform", text, session=Session(last_intent=last))

    assert urgent_answers.read(turn) is turn


@pytest.mark.parametrize(
    ("last", "text"),
    [
        ("crisis", "有人拿刀"),
        ("crisis", "有人在打我"),
        ("crisis", "有人也没用"),
        ("emergency", "他走了又回来了拿着刀"),
        ("emergency", "我不觉得安全"),
        ("emergency", "he left but he has my son"),
        ("fraud_emergency", "报警了他们不管"),
    ],
)
def test_reassurance_is_only_what_says_nothing_else(
    make_turn: MakeTurn, last: str, text: str
) -> None:
    turn = make_turn(last, text, session=Session(last_intent=last))

    assert urgent_answers.read(turn) is turn


@pytest.mark.parametrize(("text", "answer"), [("没人", "alone"), ("没人 他在打我", None)])
def test_an_alarming_message_is_an_answer_only_if_it_is_nothing_else(
    make_turn: MakeTurn, text: str, answer: str | None
) -> None:
    turn = make_turn("emergency", text, session=Session(last_intent="crisis"))

    assert choice(urgent_answers.read(turn, alarming=True)) == answer
    assert choice(urgent_answers.read(turn)) == "alone"


def test_what_a_person_is_told_is_not_read(make_turn: MakeTurn) -> None:
    turn = make_turn(
        "inform",
        "挂了",
        session=Session(last_intent="fraud_emergency"),
        status=ConversationStatus.ASSIGNED,
    )

    assert urgent_answers.read(turn) is turn


def test_asking_again_keeps_everything(make_turn: MakeTurn) -> None:
    session = Session(last_intent="crisis", form="petition_status", slots={"case_ref": "XF"})

    outcome = urgent_answers.ask_again(make_turn("affirm", "嗯", session=session))

    assert outcome.session == session
    assert "12356" in outcome.replies[0].text
