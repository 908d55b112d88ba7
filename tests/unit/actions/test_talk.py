"""Small talk, help, privacy, and asking what was meant."""

from __future__ import annotations

from actions import talk
from core.effects import EraseMe
from core.turns import Session
from tests.unit.actions.conftest import MakeTurn, Toolset

TITLES = {"legal_labour": "工资", "legal_rental": "租房"}


async def test_a_phrase_is_said(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await talk.phrase("thanks")(make_turn("thanks", "谢谢"), tools)

    assert outcome.replies[0].text.startswith("不客气")


async def test_help_in_general_and_for_law(make_turn: MakeTurn, tools: Toolset) -> None:
    general = await talk.show_help(make_turn("help", "帮助"), tools)
    legal = await talk.show_help(make_turn(press="help/legal"), tools)

    assert general.replies[0].text.startswith("我是机器人")
    assert legal.replies[0].text.startswith("您遇到了什么事")


async def test_erasing_needs_a_second_yes(make_turn: MakeTurn, tools: Toolset) -> None:
    asked = await talk.privacy(make_turn("privacy_request", "删掉"), tools)
    first = await talk.privacy(make_turn(press="privacy_request/erase"), tools)
    second = await talk.privacy(make_turn(press="privacy_request/erase_confirmed"), tools)

    assert [o.effects for o in (asked, first, second)] == [(), (), (EraseMe(),)]


def test_a_weak_reading_offers_the_likeliest_topics(make_turn: MakeTurn) -> None:
    turn = make_turn("legal_rental", "嗯", confidence=0.1, second=("legal_labour", 0.09))

    outcome = talk.clarify(turn, TITLES)

    assert [q.title for q in outcome.replies[0].quick_replies] == ["租房", "工资"]
    assert outcome.session.misses == 1


def test_the_second_miss_offers_a_person(make_turn: MakeTurn) -> None:
    turn = make_turn("legal_rental", "嗯", confidence=0.1, session=Session(misses=1))

    outcome = talk.clarify(turn, TITLES)

    assert "human_handoff" in [q.payload for q in outcome.replies[0].quick_replies]
    assert outcome.session.misses == 2


def test_nothing_to_offer_offers_a_person_at_once(make_turn: MakeTurn) -> None:
    (told,) = talk.clarify(make_turn("goodbye", "嗯", confidence=0.1), TITLES).replies

    assert told.quick_replies[0].payload == "human_handoff"


def test_titles_are_short_enough_for_buttons() -> None:
    assert {t for t in talk.intent_titles().values() if len(t) > 10} == set()
