"""Questions that ask on, and the sentences of an entry that answer them."""

from __future__ import annotations

import pytest

from actions.facets import LONGEST, SENTENCES, asked, asks_on, sentences
from knowledge_base.entries import Status, load_drafts
from tests.unit.actions.conftest import entry

DETAIL = "①先投诉，不收费。②带上身份证、合同；离职起一年内申请仲裁。③去劳动监察。"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("那要多少钱", "cost"),
        ("诉讼费多少钱", "cost"),
        ("要多久", "time"),
        ("啥辰光有结果", "time"),
        ("材料呢", "papers"),
        ("要带什么材料", "papers"),
        ("去哪办", "place"),
        ("打什么电话", "place"),
        ("how long does it take", "time"),
        ("然后呢", None),
    ],
)
def test_a_question_is_about_one_thing(text: str, name: str | None) -> None:
    found = asked(text)

    assert (found.name if found else None) == name


@pytest.mark.parametrize("text", ["那要多少钱", "要多久啊", "材料呢", "电话呢？", "大概要几个月"])
def test_nothing_but_the_facet_asks_on(text: str) -> None:
    assert asks_on(text)


@pytest.mark.parametrize(
    "text", ["法律咨询打什么电话", "离婚要多少钱", "然后呢", "房东不退押金要多久才算违法呢"]
)
def test_a_matter_of_its_own_does_not(text: str) -> None:
    assert not asks_on(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("要多少钱", ("①先投诉，不收费。",)),
        ("材料呢", ("②带上身份证、合同；",)),
        ("多久", ("离职起一年内申请仲裁。",)),
    ],
)
def test_the_sentences_that_speak_of_it(text: str, told: tuple[str, ...]) -> None:
    facet = asked(text)
    assert facet is not None

    assert sentences(entry("e", "legal_labour", answer="先问清楚。", detail=DETAIL), facet) == told


def test_they_fit_a_screen() -> None:
    facet = asked("材料呢")
    assert facet is not None
    long = entry("e", "legal_labour", detail="带上身份证原件和复印件各一份。" * 40)

    told = sentences(long, facet)

    assert len(told) == SENTENCES
    assert sum(map(len, told)) <= LONGEST


@pytest.mark.parametrize(("text", "least"), [("多久", 0.6), ("材料呢", 0.8), ("去哪", 0.9)])
def test_most_entries_of_the_knowledge_base_can_be_asked_on(text: str, least: float) -> None:
    facet = asked(text)
    assert facet is not None
    drafts = [draft for draft in load_drafts().entries if draft.status is Status.PUBLISHED]
    known = [
        d
        for d in drafts
        if sentences(entry(d.id, d.intent, answer=d.answer, detail=d.detail), facet)
    ]

    assert len(known) / len(drafts) >= least
