"""What a message means to the open form, and what is none of its business."""

from __future__ import annotations

from datetime import date

import pytest

from actions.forms.commands import Command
from actions.forms.draft import CHOOSING, SUMMARY, Draft
from actions.forms.listed import forms
from actions.forms.reading import (
    Confirmed,
    Fill,
    Move,
    Reopen,
    Unfit,
    brings,
    is_answer,
    read_move,
)
from core.messages import Parse
from nlu.entities import find_entities

PETITION = forms()["petition_submit"]
STATUS = Draft.new(forms()["petition_status"], {})
CHECK = Draft.new(forms()["fraud_check"], {})
STORY = "小区东门的路灯坏了半年"
EMPTY = Draft.new(PETITION, {})
TOLD = Draft.new(PETITION, {"story": STORY})
FULL = TOLD.filled({"district": "320508"}).asking(SUMMARY)
TODAY = date(2026, 11, 23)


def parse(text: str, intent: str = "inform") -> Parse:
    entities = find_entities(text, TODAY)
    return Parse(text=text, intent=intent, confidence=0.8, parser="rasa", entities=entities)


def move(draft: Draft, text: str, intent: str = "inform", *, weak: bool = False) -> Move | None:
    return read_move(draft, parse(text, intent), weak=weak)


def test_words_fill_the_slot_that_takes_them() -> None:
    assert move(EMPTY, STORY, "report_hazard") == Fill(values={"story": STORY})
    assert move(TOLD.asking("unit"), "平江物业") == Fill(values={"unit": "平江物业"})


def test_an_answer_may_say_more_than_was_asked() -> None:
    text = "姑苏区，去年三月"

    assert move(TOLD, text) == Fill(values={"district": "320508", "time": "2025-03"})


def test_what_is_more_than_a_value_is_added_to_the_story() -> None:
    text = "就在姑苏区平江路那边的一个老小区，好几个老人都摔过"

    assert move(TOLD, text) == Fill(values={"district": "320508", "story": f"{STORY}\n{text}"})


def test_what_fits_nowhere_is_added_to_the_story() -> None:
    text = "他们昨天又把剩下的两盏也拆走了真是气人"
    added = move(TOLD, text)

    assert isinstance(added, Fill)
    assert added.values["story"] == f"{STORY}\n{text}"
    assert move(TOLD.asking("unit"), "长" * 201) == Fill(
        values={"story": f"{STORY}\n{'长' * 201}"}
    )


def test_a_value_said_unasked_never_replaces_one() -> None:
    draft = TOLD.filled({"amount": "1"}).asking("unit")

    assert move(draft, "平江物业收的三万") == Fill(values={"unit": "平江物业收的三万"})


@pytest.mark.parametrize("text", ["那边", "嗯", "随便"])
def test_an_answer_that_does_not_fit(text: str) -> None:
    assert move(TOLD, text) == Unfit()


def test_commands_come_before_everything_but_a_choice() -> None:
    assert move(TOLD, "上一步", "cancel") is Command.BACK
    assert move(TOLD.asking("unit"), "没有", "deny") is Command.SKIP
    assert move(TOLD.asking("open"), "不用") == Fill(values={"open": "no"})
    assert move(TOLD, "不知道") == Fill(values={"district": "320500"})


def test_commands_that_make_no_sense_here_fill_nothing() -> None:
    assert move(EMPTY, "跳过") == Unfit()
    assert move(EMPTY, "确认") == Unfit()
    assert move(EMPTY, "改一下") == Unfit()
    assert move(TOLD.asking("unit"), "好的") == Unfit()


@pytest.mark.parametrize("text", ["确认", "是的", "好"])
def test_only_the_summary_is_confirmed(text: str) -> None:
    assert move(FULL, text) is Command.CONFIRM
    assert move(FULL.asking("unit"), text) == Unfit()


def test_corrections_are_read_anywhere() -> None:
    assert move(FULL.asking("unit"), "不是姑苏是吴中") == Fill(values={"district": "320506"})
    assert move(FULL, "改第2项") == Reopen(where="district")


def test_at_the_summary_a_bare_value_replaces_its_kind() -> None:
    assert move(FULL, "昆山") == Fill(values={"district": "320583"})
    assert move(FULL, "13800001111") == Fill(values={"phone": "13800001111"})
    assert move(FULL, "我没说过这话", "deny") is Command.CHANGE
    assert move(FULL, "啊这") == Unfit()
    assert move(FULL.asking(CHOOSING), "发生地") == Reopen(where="district")


def test_more_of_the_story_at_the_summary_is_added() -> None:
    text = "还要补充一句 昨天夜里又有一位老人摔断了腿"
    added = move(FULL, text)

    assert isinstance(added, Fill)
    assert added.values["story"] == f"{STORY}\n{text}"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("老板不发工资怎么办", "legal_labour"),
        ("信访要多久有结果", "petition_rules"),
        ("转人工", "human_handoff"),
        ("谢谢", "thanks"),
        ("XF3205082610120001236", "petition_status"),
    ],
)
def test_a_question_in_between_is_somebody_elses(text: str, intent: str) -> None:
    assert move(TOLD.asking("unit"), text, intent) is None
    assert move(TOLD, text, intent) is None


def test_a_short_wish_is_no_story() -> None:
    again = TOLD.asking("story")

    assert move(again, "查信访进度", "petition_status") is None
    assert move(again, "法律援助中心", "find_office") is None
    assert move(again, "老板欠我工资", "legal_labour") == Fill(values={"story": "老板欠我工资"})
    assert move(TOLD.asking("unit"), "查信访进度", "petition_status") is None


def test_a_weak_reading_interrupts_nothing() -> None:
    text = "老板不发工资怎么办"

    assert move(TOLD.asking("unit"), text, "legal_labour", weak=True) == Fill(
        values={"unit": text}
    )


def test_a_long_text_is_the_story_even_if_it_asks() -> None:
    text = "老板欠我们十几个人半年工资，劳动局去了三趟都说在查，过年都没钱回家，政府到底管不管这个事情啊"

    assert move(EMPTY, text, "legal_labour") == Fill(values={"story": text})


def test_a_form_that_takes_only_entities_leaves_all_else() -> None:
    assert move(STATUS, "老板拖欠工资不给我发", "legal_labour") is None
    assert move(STATUS, "编号是这个吧", "inform") == Unfit()
    assert move(STATUS, "XF3205082610120001236", "case_status") == Fill(
        values={"case_ref": "XF3205082610120001236"}
    )


def test_a_slot_that_takes_anything_takes_questions_too() -> None:
    text = "客服说不转账就冻结，我该怎么办？"

    assert move(CHECK, text, "legal_finance_insurance") == Fill(values={"text": text})
    assert move(CHECK, "转人工", "human_handoff") is None
    assert move(CHECK, "转人工", "human_handoff", weak=True) == Fill(values={"text": "转人工"})
    assert move(CHECK, "不弄了") is Command.CANCEL


@pytest.mark.parametrize(
    ("asked", "text", "nothing_else"),
    [
        ("unit", "跳过", True),
        ("open", "不公开", True),
        ("amount", "一万八千元", True),
        ("phone", "13900000000", True),
        ("district", "在昆山", True),
        ("district", "我在昆山被人拿刀追着砍", False),
        ("unit", "平江物业", False),
        ("unit", "昆山", False),
        (SUMMARY, "确认", True),
    ],
)
def test_what_can_be_nothing_but_an_answer(asked: str, text: str, *, nothing_else: bool) -> None:
    assert is_answer(TOLD.asking(asked), parse(text)) is nothing_else


def test_brings() -> None:
    assert brings(TOLD, parse("在昆山"))
    assert not brings(TOLD, parse("三万"))
    assert not brings(FULL, parse("在昆山"))


LETTER = forms()["document_request/letter"]


def test_a_summary_may_be_confirmed_in_several_ways() -> None:
    full = Draft.new(LETTER, {}).asking(SUMMARY)

    assert move(full, "要 Word") == Confirmed(how="docx")
    assert move(full, "PDF") == Confirmed(how="pdf")
    assert move(full, "确认") is Command.CONFIRM
    assert move(full.asking("claims"), "要 PDF 版的路灯") == Fill(
        values={"claims": "要 PDF 版的路灯"}
    )


def test_blanks_are_left_only_where_they_may_be() -> None:
    assert move(Draft.new(LETTER, {}), "其余留空") is Command.BLANKS
    assert move(TOLD, "其余留空") == Unfit()


def test_another_form_of_the_same_intent_is_somebody_elses() -> None:
    draft = Draft.new(LETTER, {"facts": STORY})

    assert move(draft, "帮我写个起诉状", "document_request") is None
    assert move(draft, "写信访信的要求", "document_request") == Fill(
        values={"claims": "写信访信的要求"}
    )


def test_a_word_beside_a_number_does_not_tell_the_story() -> None:
    draft = Draft.new(LETTER, {"facts": STORY}).asking("phone")
    text = "我的电话是13912345678，白天上班晚上七点以后打"

    assert move(draft, text) == Fill(values={"phone": "13912345678"})
