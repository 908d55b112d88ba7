"""Sums and lengths go to the slot whose words stand beside them."""

from __future__ import annotations

from datetime import date

import pytest

from actions.forms.listed import forms
from actions.forms.neighbours import nearest
from actions.forms.values import heard
from nlu.entities import find_entities

DAY = date(2026, 11, 23)


def told(form: str, text: str) -> dict[str, str]:
    return heard(forms()[f"calculate/{form}"], (), find_entities(text, DAY), text)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("周末加班26小时平时加班31小时", {"restday_hours": "26", "workday_hours": "31"}),
        ("平时加班31小时周末加班26小时", {"restday_hours": "26", "workday_hours": "31"}),
        ("国庆三天都上班", {"holiday_hours": "24"}),
        ("加班46小时", {"workday_hours": "46"}),
        ("每天上十二个钟头 国庆三天也在上班", {"holiday_hours": "24"}),
        ("平时每天加班两个小时", {}),
        ("節假日加班八個小時", {"holiday_hours": "8"}),
    ],
)
def test_hours_go_to_their_kind_of_day(text: str, hours: dict[str, str]) -> None:
    assert {n: v for n, v in told("overtime", text).items() if n.endswith("hours")} == hours


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        (
            "老板说只赔我五千 我干了十年 月工资七千六",
            {"wage": "7600", "service": "P10Y"},
        ),
        (
            "我2019年3月进厂2025年8月走的，平均工资6300",
            {"wage": "6300", "start": "2019-03", "end": "2025-08"},
        ),
        (
            "2017年3月进的厂,今年8月底厂里倒闭给辞了,平均下来是六千八百三",
            {"wage": "6830", "start": "2017-03", "end": "2026-08"},
        ),
        ("月薪四万 社平工资一万", {"wage": "40000", "average": "10000"}),
        ("怀孕被开除 月薪4500 做了两年", {"wage": "4500", "service": "P2Y", "reason": "unlawful"}),
    ],
)
def test_a_first_message_fills_what_it_tells(text: str, slots: dict[str, str]) -> None:
    assert told("severance", text) == slots


def test_an_entity_goes_to_one_slot_only() -> None:
    form = forms()["calculate/consumer"]
    text = "花了两百 看病花了三千"
    found = nearest(form.slots, find_entities(text, DAY), text)

    assert {name: e.value for name, e in found.items()} == {"price": "200", "loss": "3000"}


def test_words_far_away_do_not_count() -> None:
    form = forms()["calculate/overtime"]
    text = "平时" + "说" * 20 + "五个小时"

    assert nearest(form.slots, find_entities(text, DAY), text) == {}


def test_a_last_day_alone_tells_nothing() -> None:
    assert "end" not in told("interest", "借给他六万八 到今天十四个月 月息一分")
    assert told("interest", "2024年3月1日借的 到2025年3月1日")["end"] == "2025-03-01"


def test_a_day_told_roughly_is_a_month() -> None:
    assert "day" not in told("deadline", "九月底收到判决书 上诉到哪天")
