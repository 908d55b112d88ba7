"""Small talk, help, privacy, and asking what was meant."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


@pytest.mark.parametrize(
    ("text", "language", "answer"),
    [
        ("Can you speak English?", "en", "I will answer in English from now on"),
        ("能说英语吗", "en", "I will answer in English from now on"),
        ("Chinese, please", "zh", "从现在起我说中文"),
        ("请说普通话", "zh", "从现在起我说中文"),
    ],
)
async def test_a_language_that_is_named_is_spoken_from_now_on(
    make_turn: MakeTurn, tools: Toolset, text: str, language: str, answer: str
) -> None:
    before = Session(form="petition_status", slots={"case_ref": "XF"})
    outcome = await talk.change_language(make_turn("change_language", text, session=before), tools)

    assert answer in outcome.replies[0].text
    assert (outcome.session.language, outcome.session.language_chosen) == (language, True)
    assert outcome.session.slots == before.slots


@pytest.mark.parametrize("text", ["Ich spreche Deutsch", "English or Chinese", "能说苏州话吗"])
async def test_none_or_two_are_asked_about(make_turn: MakeTurn, tools: Toolset, text: str) -> None:
    outcome = await talk.change_language(make_turn("change_language", text), tools)

    assert [q.payload for q in outcome.replies[0].quick_replies] == [
        "change_language/zh",
        "change_language/en",
    ]
    assert outcome.session.language_chosen is False


async def test_a_language_by_button(make_turn: MakeTurn, tools: Toolset) -> None:
    pressed = await talk.change_language(make_turn(press="change_language/en"), tools)
    unknown = await talk.change_language(make_turn(press="change_language/eo"), tools)

    assert pressed.session.language == "en"
    assert unknown.session == replace(Session(), last_intent="change_language")


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
