"""Clues are led out of the chat: answered like any question, with the way to the letter box."""

from __future__ import annotations

import pytest

from actions import clue, legal
from actions.phrases import speaking
from core.messages import Attachment
from tests.unit.actions.conftest import MakeTurn, Toolset


@pytest.mark.parametrize("intent", clue.INTENTS)
async def test_the_answer_stays_and_the_way_out_is_added(
    make_turn: MakeTurn, tools: Toolset, intent: str
) -> None:
    turn = make_turn(intent, "我要举报")
    plain, told = await legal.ask(turn, tools), await clue.report(turn, tools)

    assert len(told.replies) == len(plain.replies)
    last, before = told.replies[-1], plain.replies[-1]
    assert last.text.startswith(before.text)
    assert last.quick_replies == before.quick_replies
    page = Attachment(kind="page", url="/clue", caption="匿名举报信箱")
    assert last.attachments == (*before.attachments, page)
    # Why not here.
    assert "聊天会记着是谁说的" in last.text
    assert (told.session, told.effects) == (plain.session, plain.effects)


async def test_about_an_official_it_says_who_will_not_hear_of_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told = await clue.report(make_turn("report_official", "干部收钱"), tools)

    assert "只转纪检监察机关，不转给被举报的单位" in told.replies[-1].text


async def test_the_button_leads_there_as_well(make_turn: MakeTurn, tools: Toolset) -> None:
    told = await clue.report(make_turn(press="report_clue"), tools)

    assert told.replies[-1].attachments[-1].url == "/clue"


async def test_in_english_the_way_is_told_in_english(make_turn: MakeTurn, tools: Toolset) -> None:
    with speaking("en"):
        told = await clue.report(make_turn("report_clue", "report a gang"), tools)

    assert "The chat remembers who said what" in told.replies[-1].text
