"""Fraud: checking a text, acting when money leaves, explaining how a kind goes."""

from __future__ import annotations

import pytest

from actions import fraud
from actions.dispatch import act
from core.knowledge import FraudType, Reason, ScamCheck, ScamVerdict
from core.turns import Session
from tests.unit.actions.conftest import MakeTurn, Toolset

SMS = "【公积金中心】您的公积金账户异常，今日24时前点击 gjj-sz.vip 核验，逾期冻结"
TYPE = FraudType(
    key="x", title="假通知", steps=("一",), red_flags=("急",), never="别填卡号。", advice="打 110"
)
REASON = Reason(rule="r", quote="http://a.top/b", meaning="网址不对。")
KNOWN = frozenset({"fraud_check"})
WAITING = Session(form="fraud_check", requested_slot="text")


async def test_a_bare_question_asks_for_the_text(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await fraud.check(make_turn("fraud_check", "这个是不是骗子"), tools)

    assert "原样粘给我" in outcome.replies[0].text
    assert outcome.session.form == "fraud_check"


async def test_a_text_sent_after_the_question_is_judged_and_ends_the_form(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await act(make_turn("out_of_scope", SMS, session=WAITING), tools, known=KNOWN)

    assert "可疑" in outcome.replies[0].text
    assert "gjj-sz.vip" not in outcome.replies[0].text
    assert outcome.session.form is None


async def test_a_text_that_tells_nothing_is_not_asked_for_twice(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await act(make_turn("fraud_check", "这个呢", session=WAITING), tools, known=KNOWN)

    assert "原样粘给我" not in outcome.replies[0].text
    assert outcome.session.form is None


async def test_buttons_ask_for_a_text_or_warn(make_turn: MakeTurn, tools: Toolset) -> None:
    again = await fraud.check(make_turn(press="fraud_check"), tools)
    money = await fraud.check(make_turn(press="fraud_check/money"), tools)

    assert again.session.form == "fraud_check"
    assert "高度可疑" in money.replies[0].text


@pytest.mark.parametrize(
    ("pressed", "words"),
    [
        ("fraud_emergency", "紧急止付"),
        ("fraud_emergency/on_line", "不要开飞行模式"),
        ("fraud_emergency/half_hour", "最要紧的时间"),
        ("fraud_emergency/later", "晚了也要报"),
        ("fraud_emergency/unheard-of", "紧急止付"),
    ],
)
async def test_every_stage_of_an_emergency_is_a_safety_card(
    make_turn: MakeTurn, tools: Toolset, pressed: str, words: str
) -> None:
    (told,) = (await fraud.emergency(make_turn(press=pressed), tools)).replies

    assert words in told.text
    assert told.safety


def test_a_scam_names_its_kind_its_reasons_and_never_a_live_link() -> None:
    check = ScamCheck(verdict=ScamVerdict.SCAM, score=0.9, type=TYPE, reasons=(REASON,) * 6)

    told = fraud.verdict(check)

    assert "很像“假通知”诈骗" in told.text
    assert "① 「a［点］top/b」：网址不对。" in told.text
    assert told.text.count("网址不对") == fraud.REASONS
    assert "要记住：别填卡号。" in told.text
    assert "现在怎么办：打 110" in told.text
    assert "12321" in told.text
    assert told.quick_replies[0].payload == "fraud_emergency/paid"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (ScamVerdict.SUSPICIOUS, "可疑，先停一停"),
        (ScamVerdict.NO_SIGN, "不等于安全"),
        (ScamVerdict.CANNOT_TELL, "判断不了"),
    ],
)
def test_less_certain_verdicts_never_say_safe(verdict: ScamVerdict, words: str) -> None:
    told = fraud.verdict(ScamCheck(verdict=verdict, score=0.4, type=None, reasons=(REASON,)))

    assert words in told.text
    assert "96110" in told.text


def test_a_scam_of_no_known_kind_is_still_a_scam() -> None:
    told = fraud.verdict(
        ScamCheck(verdict=ScamVerdict.SCAM, score=0.9, type=None, reasons=(REASON,))
    )

    assert told.text.startswith("高度可疑，很像诈骗。")


def test_links_cannot_be_pressed() -> None:
    assert fraud.harmless("https://a.b.top/x") == "a［点］b［点］top/x"


def test_quotes_are_short_and_nothing_in_them_hides_or_turns() -> None:
    assert fraud.harmless("\u202e码\u200b证「验」\u202c") == "码证验"
    assert fraud.harmless("http://a/" + "b" * 10_000) == "a/" + "b" * 15 + "…"


def test_the_same_words_are_quoted_once() -> None:
    two = tuple(Reason(rule=r, quote="a", meaning=f"{r}。", start=1, end=2) for r in "xy")
    told = fraud.verdict(
        ScamCheck(verdict=ScamVerdict.SUSPICIOUS, score=0.5, type=None, reasons=two)
    )

    assert "x。" in told.text
    assert "y。" not in told.text


async def test_of_a_bare_number_is_told_what_is_known(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await fraud.check(make_turn("fraud_check", "17000000000"), tools)

    assert outcome.replies[0].text.startswith("能看出的只有：\n① 「17000000000」：")
    assert "判断不了" in outcome.replies[0].text
    assert outcome.session.form is None


@pytest.mark.parametrize("text", ["刷单骗局是怎么骗人的", "刷单"])
async def test_a_kind_named_in_words_is_explained(
    make_turn: MakeTurn, tools: Toolset, text: str
) -> None:
    (told,) = (await fraud.explain(make_turn("fraud_knowledge", text), tools)).replies

    assert told.text.startswith("刷单返利\n套路：\n①")
    assert "记住：" in told.text


async def test_no_kind_named_offers_all(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (await fraud.explain(make_turn("fraud_knowledge", "讲讲"), tools)).replies

    assert [q.payload for q in told.quick_replies] == [
        f"fraud_knowledge/{t.key}" for t in tools.scams.types()
    ]


async def test_every_kind_offered_can_be_explained_on_one_screen(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    for kind in tools.scams.types():
        turn = make_turn(press=f"fraud_knowledge/{kind.key}")

        (told,) = (await fraud.explain(turn, tools)).replies

        assert told.text.startswith(kind.title)
        assert len(told.text) <= 300
