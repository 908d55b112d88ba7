"""Corrections in one sentence, and what must not be taken for one."""

from __future__ import annotations

from datetime import date

import pytest

from actions.forms.corrections import LONGEST, Correction, asks, correction, named
from actions.forms.draft import CHOOSING, SUMMARY, Draft
from actions.forms.listed import forms
from nlu.entities import find_entities

FORM = forms()["petition_submit"]
FULL = Draft.new(
    FORM,
    {
        "story": "王村的桥塌了",
        "district": "320506",
        "unit": "平江物业",
        "time": "去年三月",
        "amount": "三万",
        "phone": "13900000000",
        "open": "no",
    },
).asking(SUMMARY)
TODAY = date(2026, 11, 23)


def made(text: str, draft: Draft = FULL) -> Correction | None:
    return correction(draft, text, find_entities(text, TODAY))


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("不是三万是两万", {"amount": "20000"}),
        ("不是三万，应该是两万块", {"amount": "20000"}),
        ("日期错了，是上周三", {"time": "2026-11-18"}),
        ("时间写错了 应该是去年五月", {"time": "2025-05"}),
        ("把金额改成两万", {"amount": "20000"}),
        ("电话改成13800001111", {"phone": "13800001111"}),
        ("电话是13800001111", {"phone": "13800001111"}),
        ("错了，是两万", {"amount": "20000"}),
        ("第2项应该是昆山", {"district": "320583"}),
        ("第2项改成昆山", {"district": "320583"}),
        ("不是吴中是相城", {"district": "320507"}),
        ("不是平江是虎丘", {"district": "320505"}),
        ("单位不对，是山塘物业", {"unit": "山塘物业"}),
        ("不是王村是李村", {"story": "李村的桥塌了"}),
        ("不是不公开，是可以公开", {"open": "yes"}),
    ],
)
def test_a_new_value_is_said(text: str, values: dict[str, str]) -> None:
    assert made(text) == Correction(values=values)


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("改第2项", "district"),
        ("改一下第三项", "unit"),
        ("改一下金额", "amount"),
        ("我要改电话", "phone"),
        ("金额错了", "amount"),
        ("地点要改一下", "district"),
        ("电话改成123", "phone"),
        ("错了，是别的", CHOOSING),
    ],
)
def test_what_is_not_said_is_asked_for(text: str, where: str) -> None:
    assert made(text) == Correction(reopen=where)


@pytest.mark.parametrize(
    "text",
    [
        "改第9项",
        "医院说我搞错了时间",
        "不是我不想说是我不敢说",
        "物业的人说不是他们的事是街道的事",
        "好的",
        "不是三万是两万" + "，" + "很长" * LONGEST,
    ],
)
def test_what_is_no_correction(text: str) -> None:
    assert made(text, FULL.asking("who")) is None


def test_nothing_filled_in_is_nothing_to_correct() -> None:
    assert made("不是三万是两万", Draft.new(FORM, {})) is None


def test_a_story_is_mended_at_the_summary_only() -> None:
    assert made("不是王村是李村", FULL.asking("who")) is None


def test_an_answer_that_names_its_slot_is_read_without_the_name() -> None:
    draft = Draft.new(FORM, {"story": "桥塌了"}).asking("time")

    assert made("时间是去年三月", draft) == Correction(values={"time": "2025-03"})
    assert made("电话是13800001111", draft) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("金额", "amount"),
        ("第二项", "district"),
        ("10", None),
        ("联系电话", "phone"),
        ("心情", None),
    ],
)
def test_slots_are_named_by_word_or_number(text: str, name: str | None) -> None:
    found = named(FULL, text)

    assert (found.name if found else None) == name


@pytest.mark.parametrize(
    ("text", "asking"),
    [("信访要多久", True), ("老板不发工资怎么办", True), ("平江物业服务中心", False)],
)
def test_questions_are_told_from_answers(text: str, *, asking: bool) -> None:
    assert asks(text) is asking


@pytest.mark.parametrize(
    "text", ["我要他还我三万块", "要求单位付工资", "希望早点修好", "想让他搬走"]
)
def test_a_demand_asks_nothing_where_one_is_asked_for(text: str) -> None:
    assert not asks(text, claims=True)


@pytest.mark.parametrize("text", ["我要问起诉多少钱", "请问怎么写", "要不要公证"])
def test_a_question_asks_even_there(text: str) -> None:
    assert asks(text, claims=True)
