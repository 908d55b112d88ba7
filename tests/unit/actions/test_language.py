"""A turn in the citizen's language: which one, whose choice, and what is said when words lack."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.language import act, explain, hear
from actions.phrases import spoken
from core.messages import QuickReply, Reply
from core.turns import Outcome, Session, Turn
from nlu.training import intents
from tests.unit.actions.conftest import MakeTurn, Toolset

KNOWN = frozenset(intents())
ENGLISH = Session(language="en")


def written(turn: Turn, language: str | None) -> Turn:
    return replace(turn, parse=replace(turn.parse, language=language))


async def answer(turn: Turn, tools: Toolset) -> Outcome:
    return await act(turn, tools, known=KNOWN)


@pytest.mark.parametrize(
    ("before", "heard", "after"),
    [("zh", "en", "en"), ("en", "zh", "zh"), ("en", None, "en"), ("zh", None, "zh")],
)
def test_the_language_of_the_words(
    make_turn: MakeTurn, before: str, heard: str | None, after: str
) -> None:
    turn = make_turn("inform", "x", session=Session(language=before))

    assert hear(written(turn, heard)).language == after


@pytest.mark.parametrize(
    "session",
    [Session(language="en", language_chosen=True), Session(language="en", form="fraud_check")],
)
def test_a_choice_and_a_pasted_text_change_nothing(make_turn: MakeTurn, session: Session) -> None:
    turn = make_turn("fraud_check", "【银行】您的账户异常", session=session)

    assert hear(written(turn, "zh")).language == "en"


def test_a_button_changes_nothing(make_turn: MakeTurn) -> None:
    turn = make_turn(press="help", session=ENGLISH)

    assert hear(written(turn, "zh")).language == "en"


async def test_english_is_answered_in_english_and_stays(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await answer(written(make_turn("help", "What can you do"), "en"), tools)

    assert "In English I can" in outcome.replies[0].text
    assert [reply.language for reply in outcome.replies] == ["en"]
    assert outcome.session.language == "en"
    assert spoken() == "zh"


async def test_what_is_not_translated_comes_with_a_word_about_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    turn = make_turn(press="legal_labour/unpaid", session=ENGLISH)

    notice, told = (await answer(turn, tools)).replies

    assert "only in Chinese for now" in notice.text
    assert (notice.language, notice.quick_replies) == ("en", ())
    assert "先投诉" in told.text
    assert told.language == "zh"
    assert told.quick_replies[-1] == QuickReply(title="Talk to a person", payload="human_handoff")
    assert [q.payload for q in told.quick_replies].count("human_handoff") == 1


async def test_a_petition_in_english(make_turn: MakeTurn, tools: Toolset) -> None:
    asked = await answer(make_turn(press="petition_status", session=ENGLISH), tools)
    assert "query code" in asked.replies[0].text

    (told,) = (await answer(make_turn("inform", "", session=ENGLISH), tools)).replies
    assert told.language == "en"


async def test_a_verdict_in_english_on_a_chinese_text(make_turn: MakeTurn, tools: Toolset) -> None:
    text = "【公积金中心】您的公积金账户异常，今日24时前点击 gjj-sz.vip 核验，逾期冻结"
    session = replace(ENGLISH, language_chosen=True)

    (told,) = (await answer(make_turn("fraud_check", text, session=session), tools)).replies

    assert "Very likely a scam" in told.text
    assert "gjj-sz[dot]vip" in told.text
    assert told.language == "en"


def test_a_chinese_answer_needs_no_notice_in_chinese() -> None:
    outcome = Outcome(replies=(Reply(text="OK"), Reply(text="好的")), session=Session())

    assert [r.language for r in explain(outcome).replies] == ["zh", "zh"]


def test_silence_needs_no_notice() -> None:
    assert explain(Outcome(session=ENGLISH)).replies == ()


def test_chinese_names_in_an_english_answer_leave_it_english() -> None:
    told = Reply(text="Being handled, handled by 姑苏区住房和城乡建设部门 (Gusu District)")

    assert explain(Outcome(replies=(told,), session=ENGLISH)).replies[0].language == "en"
