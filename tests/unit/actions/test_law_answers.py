"""A law asked for by an article it has not, or by a name it no longer has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions.law_answers import about_law
from actions.legal import look_up_statute
from core.knowledge import LawFacts
from core.messages import Citation
from core.turns import Session
from tests.unit.actions.conftest import Toolset, turn

LAST = Citation(law="民法典", article="第一千二百六十条", quote="2021年1月1日", in_force=True)
CODE = LawFacts(law="民法典", articles=1260, last=LAST, beyond="第九千九百九十九条")
OLD = LawFacts(law="婚姻法", ended_on=date(2021, 1, 1), ended_by=LAST)


async def test_no_such_article_is_said_plainly_with_the_last_one(tools: Toolset) -> None:
    tools.shelf.facts = (CODE,)

    (told,) = (
        await look_up_statute(turn("statute_lookup", "民法典第九千九百九十九条"), tools)
    ).replies

    assert (
        "《民法典》没有第九千九百九十九条：现行的一共1260条，最后一条是第一千二百六十条。"
        in told.text
    )
    assert told.citations == (LAST,)


async def test_where_the_count_is_not_sure_only_the_last_is_told(tools: Toolset) -> None:
    tools.shelf.facts = (replace(CODE, articles=None),)

    (told,) = (
        await look_up_statute(turn("statute_lookup", "民法典第九千九百九十九条"), tools)
    ).replies

    assert "没有第九千九百九十九条，它最后一条是第一千二百六十条" in told.text
    assert "一共" not in told.text


@pytest.mark.parametrize("text", ["婚姻法第46条", "婚姻法和民法典用哪个"])
async def test_a_law_that_is_gone_names_what_applies_since_when(text: str, tools: Toolset) -> None:
    tools.shelf.facts = (OLD, replace(CODE, beyond=None))

    outcome = await look_up_statute(turn("statute_lookup", text), tools)

    (told,) = outcome.replies
    assert (
        "《婚姻法》从2021年1月1日起废止，从那天起用《民法典》（《民法典》第一千二百六十条）。"
        in told.text
    )
    assert told.citations == (LAST,)
    assert told.text.endswith("不是律师意见。")
    again = replace(turn("statute_lookup", text), session=Session(disclaimed=True))
    assert "律师意见" not in (await look_up_statute(again, tools)).replies[0].text


async def test_what_the_corpus_does_not_know_is_left_to_others(tools: Toolset) -> None:
    asked = turn("statute_lookup", "劳动法第九百条")
    tools.shelf.facts = (LawFacts(law="劳动法", articles=107, last=LAST),)

    assert about_law(asked, tools) is None
    assert "没找到您说的这一条" in (await look_up_statute(asked, tools)).replies[0].text
