"""Who may be in danger is asked first and answered all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import safety_check
from actions.base import say
from actions.dispatch import ACTIONS, act
from actions.phrases import card, words
from core.confidence import BESIDE
from core.messages import Reply
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Session, Turn
from tests.unit.actions.conftest import MakeTurn, Toolset

KNOWN = frozenset(ACTIONS)


def doubtful(turn: Turn, intent: str = "crisis") -> Turn:
    """The turn, with much that speaks for danger."""
    return replace(turn, parse=replace(turn.parse, suspected=(intent, 0.9)))


async def answered(turn: Turn, tools: Tools) -> Outcome:
    return await act(turn, tools, known=KNOWN)


@pytest.mark.parametrize("intent", ["crisis", "emergency", "fraud_emergency"])
async def test_the_question_stands_before_the_answer(
    make_turn: MakeTurn, tools: Toolset, intent: str
) -> None:
    turn = make_turn("thanks", "谢谢你们")

    outcome = await answered(doubtful(turn, intent), tools)

    plain = await answered(turn, tools)
    asked = card(f"check_{intent}")
    assert [r.text for r in outcome.replies] == [asked.text, *(r.text for r in plain.replies)]
    assert outcome.replies[0].safety
    buttons = (*asked.quick_replies, *plain.replies[-1].quick_replies)
    assert outcome.replies[-1].quick_replies == buttons
    assert outcome.session == replace(plain.session, asked_safe=intent)


@pytest.mark.parametrize("key", ["check_crisis", "check_emergency", "check_fraud_emergency"])
def test_whoever_is_in_danger_finds_every_number_in_the_question(key: str) -> None:
    assert all(number in words(key) for number in ("110", "120", "12356"))


async def test_without_a_suspicion_nothing_is_asked(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await answered(make_turn("thanks", "谢谢"), tools)

    assert outcome.session.asked_safe is None
    assert not any(r.safety for r in outcome.replies)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": ConversationStatus.ASSIGNED},
        {"session": Session(last_intent="emergency")},
    ],
    ids=["a person reads along", "a card was answered"],
)
def test_the_question_would_disturb(make_turn: MakeTurn, changes: dict[str, object]) -> None:
    turn = doubtful(make_turn("thanks", "谢谢", **changes))
    outcome = say(turn, "cancel")

    assert safety_check.added(turn, outcome) == outcome


async def test_before_a_person_came_the_question_is_all_that_is_said(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    session = Session(acknowledged=True)
    turn = doubtful(make_turn("thanks", "谢谢", status=ConversationStatus.QUEUED, session=session))

    outcome = await answered(turn, tools)

    assert outcome.replies[0].text == words("check_crisis")


@pytest.mark.parametrize("text", ["不安全", "我现在不安全", "Not safe"])
@pytest.mark.parametrize("asked", ["crisis", "emergency"])
async def test_not_safe_brings_the_card(
    make_turn: MakeTurn, tools: Toolset, text: str, asked: str
) -> None:
    turn = make_turn("inform", text, session=Session(asked_safe=asked))

    outcome = await answered(turn, tools)

    assert outcome.replies[0].safety
    assert outcome.session.last_intent == asked
    assert outcome.session.asked_safe is None


async def test_safe_is_taken_for_an_answer(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn("inform", "我安全的", session=Session(asked_safe="crisis"))

    outcome = await answered(turn, tools)

    assert [r.text for r in outcome.replies] == [words("check_safe")]
    assert outcome.session.asked_safe is None


@pytest.mark.parametrize("text", ["不安全的楼梯谁来修", "工地安全没人管"])
async def test_a_new_matter_is_no_answer(make_turn: MakeTurn, tools: Toolset, text: str) -> None:
    turn = make_turn("thanks", text, session=Session(asked_safe="emergency"))

    outcome = await answered(turn, tools)

    assert outcome.session.asked_safe is None
    assert outcome.session.last_intent == "thanks"


def test_an_answer_that_says_how_to_stop_a_payment_needs_no_question(make_turn: MakeTurn) -> None:
    turn = make_turn("fraud_report", "骗子")
    told = Outcome(replies=(Reply(text="钱转出去了，马上打 110。"),), session=Session())
    other = Outcome(replies=(Reply(text="截图留证。"),), session=Session())

    assert safety_check.added(doubtful(turn, "fraud_emergency"), told) == told
    assert safety_check.added(doubtful(turn, "fraud_emergency"), other) != other
    assert safety_check.added(doubtful(turn, "crisis"), told) != told


async def test_another_danger_is_asked_after_below_the_card(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("fraud_emergency", "养老钱全被骗走了，没脸活了")
    told = await answered(turn, tools)

    torn = replace(turn, parse=replace(turn.parse, dangers=(("crisis", BESIDE),)))
    outcome = await answered(torn, tools)

    asked = card("check_crisis")
    assert [r.text for r in outcome.replies] == [*(r.text for r in told.replies), asked.text]
    buttons = (*told.replies[-1].quick_replies, *asked.quick_replies)
    assert outcome.replies[-1].quick_replies == buttons
    assert outcome.replies[-2].quick_replies == ()
    assert outcome.session == told.session


async def test_in_the_middle_of_a_card_no_other_danger_is_asked_after(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("crisis", "我想死", session=Session(last_intent="crisis"))
    torn = replace(turn, parse=replace(turn.parse, dangers=(("emergency", 1.0),)))

    assert await answered(torn, tools) == await answered(turn, tools)


def in_doubt(turn: Turn) -> Turn:
    """The turn read as a crisis for which little speaks, else as thanks."""
    ranking = (("crisis", 0.5), ("thanks", 0.4))
    dangers = (("crisis", 0.3),)
    parse = replace(turn.parse, parser="rasa", ranking=ranking, dangers=dangers)
    return replace(turn, parse=parse)


async def test_a_crisis_in_doubt_is_asked_after_and_answered_as_what_it_is_besides(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await answered(in_doubt(make_turn("crisis", "累得要死")), tools)

    plain = await answered(make_turn("thanks", "累得要死"), tools)
    texts = [words("check_crisis"), *(r.text for r in plain.replies)]
    assert [r.text for r in outcome.replies] == texts
    assert outcome.session.asked_safe == "crisis"


@pytest.mark.parametrize(
    "changes",
    [
        {"status": ConversationStatus.ASSIGNED},
        {"session": Session(last_intent="crisis")},
    ],
    ids=["a person reads along", "a card was answered"],
)
async def test_where_it_cannot_be_asked_after_the_card_comes(
    make_turn: MakeTurn, tools: Toolset, changes: dict[str, object]
) -> None:
    turn = make_turn("crisis", "就是想消失", **changes)

    outcome = await answered(in_doubt(turn), tools)

    assert [r.text for r in outcome.replies] == [
        r.text for r in (await answered(turn, tools)).replies
    ]
    assert outcome.session.last_intent == "crisis"
