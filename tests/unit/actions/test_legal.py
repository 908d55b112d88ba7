"""Legal answers: what is told, what is cited, and what is said when nothing fits."""

from __future__ import annotations

from datetime import date

import pytest

from actions import legal
from core.knowledge import OldArticle
from core.turns import Session
from tests.unit.actions.conftest import MakeTurn, Shelf, Toolset, entry

QUESTION = "被拖欠工资"


async def test_a_fitting_entry_is_told_with_step_limit_phone_and_disclaimer(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await legal.ask(make_turn("legal_labour", QUESTION), tools)

    (told,) = outcome.replies
    assert told.text.splitlines() == [
        "先投诉（《劳动法》第五十条）。",
        "下一步：打 12333",
        "期限：一年内",
        "电话：12333（人社服务热线）",
        "以上是法律信息，不是律师意见。",
    ]
    assert [c.label for c in told.citations] == ["《劳动法》第五十条"]
    assert told.source == "faq:unpaid@3"
    assert [q.payload for q in told.quick_replies] == [
        "followup/unpaid",
        "legal_labour/sue",
        "human_handoff",
    ]
    assert outcome.session == Session(entry="unpaid", disclaimed=True, last_intent="legal_labour")


async def test_the_disclaimer_is_said_once(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn("legal_labour", "起诉", session=Session(disclaimed=True))

    outcome = await legal.ask(turn, tools)

    assert outcome.replies[0].text == "先投诉（《劳动法》第五十条）。\n下一步：打 12333"


async def test_a_weak_fit_quotes_articles_and_offers_the_entry(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.shelf = Shelf(score=0.4)

    (told,) = (await legal.ask(make_turn("legal_labour", QUESTION), tools)).replies

    assert "没有现成的答案" in told.text
    assert "《劳动法》第五十条：工资应当按月支付。" in told.text
    assert told.text.count("长") < 100
    assert [q.payload for q in told.quick_replies] == ["legal_labour/unpaid", "human_handoff"]
    assert [c.in_force for c in told.citations] == [True]


async def test_without_any_article_it_says_so(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.shelf = Shelf(entries=(), laws=())

    (told,) = (await legal.ask(make_turn("legal_labour", "怪事"), tools)).replies

    assert "没有依据，不敢乱答" in told.text


async def test_a_vague_reading_with_nothing_near_is_asked_back_instead_of_answered_with_stray_articles(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.shelf = Shelf(score=0.05)
    vague = make_turn("legal_labour", "怪事", confidence=0.6, second=("legal_marriage", 0.2))
    clear = make_turn("legal_labour", "怪事", confidence=0.7)

    asked_back, quoted = await legal.ask(vague, tools), await legal.ask(clear, tools)

    assert asked_back.replies[0].citations == ()
    assert [q.payload for q in asked_back.replies[0].quick_replies] == [
        "legal_labour",
        "legal_marriage",
    ]
    assert asked_back.session.misses == 1
    assert quoted.replies[0].citations != ()


async def test_a_service_asked_for_is_never_answered_with_articles(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    (told,) = (await legal.ask(make_turn("find_office", "在哪"), tools)).replies

    assert told.source == "faq:office@3"


async def test_a_topic_button_offers_its_questions(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (await legal.ask(make_turn(press="legal_labour"), tools)).replies

    assert [q.payload for q in told.quick_replies] == [
        "legal_labour/unpaid",
        "legal_labour/sue",
        "human_handoff",
    ]


async def test_a_topic_without_entries_asks_what_happened(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    (told,) = (await legal.ask(make_turn(press="legal_land"), tools)).replies

    assert "您遇到了什么事" in told.text


async def test_a_button_to_an_entry_that_is_gone(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (await legal.ask(make_turn(press="legal_labour/gone"), tools)).replies

    assert "已经不能用了" in told.text


async def test_detail_goes_on_from_the_entry_told_last(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("followup", "那要多少钱", session=Session(entry="unpaid"))

    (told,) = (await legal.detail(turn, tools)).replies

    assert told.text == "带上考勤。"
    assert told.source == "faq:unpaid@3"


async def test_detail_may_find_another_entry_that_fits(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    other = entry("fee", "legal_labour", title="要多少钱")
    tools.shelf = Shelf(entries=(other, *Shelf().entries))
    turn = make_turn("followup", "那要多少钱", session=Session(entry="unpaid"))

    outcome = await legal.detail(turn, tools)

    assert outcome.session.entry == "fee"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("要多久", "期限：一年内"),
        ("电话呢", "电话：12333（人社服务热线）"),
        ("带什么证据", "带上证据。"),
        ("要多少钱", "去仲裁不收费。"),
    ],
)
async def test_what_is_asked_on_is_answered_from_the_entry(
    make_turn: MakeTurn, tools: Toolset, text: str, line: str
) -> None:
    detail = "带上证据。去仲裁不收费。"
    tools.shelf = Shelf(entries=(entry("unpaid", "legal_labour", detail=detail),))
    turn = make_turn("followup", text, session=Session(entry="unpaid"))

    (told,) = (await legal.detail(turn, tools)).replies

    assert told.text.startswith("接着说“被拖欠工资”：")
    assert line in told.text
    assert [c.label for c in told.citations] == ["《劳动法》第五十条"]
    assert told.quick_replies[0].payload == "followup/unpaid"


async def test_a_question_no_entry_fitted_is_what_is_asked_on(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    asked = await legal.ask(make_turn("legal_labour", "无人机拍我"), tools)
    tools.shelf = Shelf(entries=(entry("fly", "legal_personal_info", title="无人机"),))
    turn = make_turn("followup", "那我找谁呢", session=asked.session)

    assert asked.session.topic == "无人机拍我"
    outcome = await legal.detail(turn, tools)
    assert (outcome.session.entry, outcome.session.topic) == ("fly", None)


async def test_a_question_asked_on_that_finds_nothing_quotes_articles_again(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    session = Session(topic="无人机拍我")

    outcome = await legal.detail(make_turn("followup", "那要多久", session=session), tools)

    assert "没有现成的答案" in outcome.replies[0].text
    assert outcome.session.topic == "无人机拍我 那要多久"


async def test_detail_and_repeat_with_nothing_told_yet(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn("followup", "然后呢")

    assert "接着哪件事" in (await legal.detail(turn, tools)).replies[0].text
    assert "还没有说过答案" in (await legal.repeat(turn, tools)).replies[0].text


async def test_repeat_tells_the_answer_again(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn("repeat", "再说一遍", session=Session(entry="unpaid", disclaimed=True))

    (told,) = (await legal.repeat(turn, tools)).replies

    assert told.text.startswith("先投诉")


async def test_an_article_is_read_out(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (
        await legal.look_up_statute(make_turn("statute_lookup", "劳动法第五十条"), tools)
    ).replies

    assert told.text.startswith("《劳动法》第五十条：\n工资应当按月支付。")
    assert told.source == "《劳动法》第五十条"


async def test_an_old_version_is_told_as_old_and_cites_nothing(make_turn: MakeTurn) -> None:
    old = OldArticle(
        law="劳动法",
        number="第五十条",
        text="旧的说法",
        version=date(1994, 7, 5),
        replaced_on=date(2018, 12, 29),
        living=True,
    )
    tools = Toolset(shelf=Shelf(old_laws={"旧劳动法第五十条": old}))

    (told,) = (
        await legal.look_up_statute(make_turn("statute_lookup", "旧劳动法第五十条"), tools)
    ).replies

    assert "旧的说法" in told.text
    assert "2018年12月29日起被新的文本替换" in told.text
    assert told.citations == ()


async def test_an_article_that_does_not_exist(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (
        await legal.look_up_statute(make_turn("statute_lookup", "劳动法第九百条"), tools)
    ).replies

    assert "没找到您说的这一条" in told.text
    assert told.citations == ()


async def test_the_button_for_articles_asks_which(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (await legal.look_up_statute(make_turn(press="statute_lookup"), tools)).replies

    assert "哪部法律的哪一条" in told.text
