"""Values: what fills a slot, raw or normalised, and how it is told back."""

from __future__ import annotations

import pytest

from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED, Slot
from actions.forms.values import heard, opened, read, shortened, show, told
from core.messages import Entity

FORM = forms()["petition_submit"]


def slot(name: str) -> Slot:
    found = FORM.slot(name)
    assert found is not None
    return found


def entity(name: str, value: str, text: str = "", raw: str | None = None) -> Entity:
    start = max(text.find(raw or value), 0)
    return Entity(name=name, value=value, start=start, end=start + len(raw or value))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("姑苏区", "320508"),
        ("在园区", "SIP000"),
        ("高新区", "320505"),
        ("崑山", "320583"),
        ("说不准", "320500"),
        ("昆山市", "320583"),
        ("320507", "320507"),
        ("上海", None),
        ("姑苏区那边有一个很大很大的老小区", None),
    ],
)
def test_a_choice_is_read_from_a_short_answer(text: str, key: str | None) -> None:
    assert read(slot("district"), text, ()) == key


@pytest.mark.parametrize("value", ["姑苏", "姑苏区"])
def test_a_choice_is_read_from_an_entity_in_a_long_answer(value: str) -> None:
    text = f"就在{value}平江路那个很大很大的老小区里面"

    assert read(slot("district"), text, [entity("district", value, text)]) == "320508"


@pytest.mark.parametrize(
    ("text", "key"),
    [("不公开", "no"), ("可以公开", "yes"), ("不可以", "no"), ("不是的", "no"), ("行", "yes")],
)
def test_no_is_never_taken_for_yes(text: str, key: str) -> None:
    assert read(slot("open"), text, ()) == key


def test_an_entity_slot_takes_nothing_else() -> None:
    text = "打13912345678"

    assert read(slot("phone"), text, [entity("phone", "13912345678", text)]) == "13912345678"
    assert read(slot("phone"), "没有电话", ()) is None
    assert read(slot("phone"), "三万", [entity("amount", "三万")]) is None


@pytest.mark.parametrize(
    ("text", "raw", "value", "kept"),
    [
        ("上周三", "上周三", "2026-11-18", "2026-11-18"),
        ("从上周三开始到现在", "上周三", "2026-11-18", "从上周三开始到现在"),
        ("上周三", "上周三", "上周三", "上周三"),
    ],
)
def test_a_day_that_is_the_answer_is_kept_normalised(
    text: str, raw: str, value: str, kept: str
) -> None:
    assert read(slot("time"), text, [entity("date", value, text, raw)]) == kept


def test_words_have_a_least_and_a_most() -> None:
    assert read(slot("unit"), "嗯", ()) is None
    assert read(slot("unit"), "物业", ()) == "物业"
    assert read(slot("unit"), "物" * 201, ()) is None


def test_what_is_said_unasked_fills_what_is_open() -> None:
    entities = [
        entity("district", "吴中"),
        entity("amount", "30000"),
        entity("amount", "5"),
        entity("case_ref", "XF1"),
    ]

    assert heard(FORM, (), entities) == {"district": "320506", "amount": "30000"}
    assert heard(FORM, ("district",), entities) == {"amount": "30000"}
    assert heard(FORM, (), [entity("district", "上海")]) == {}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("我要信访", False),
        ("我要信访 反映一个问题", False),
        ("您好，我想投诉", False),
        ("我要信访 小区东门的路灯坏了半年", True),
    ],
)
def test_a_first_message_may_tell_the_story(text: str, *, says: bool) -> None:
    assert opened(FORM, text) == ({"story": text} if says else {})
    assert opened(forms()["petition_status"], text) == {}


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("amount", "35000", "3.5 万元"),
        ("amount", "8500", "8500 元"),
        ("amount", "99.5", "99.5 元"),
        ("amount", "三万块", "三万块"),
        ("time", "2026-11-18", "2026年11月18日"),
        ("time", "2026-03", "2026年3月"),
        ("time", "2026-02-31", "2026-02-31"),
        ("time", "去年三月", "去年三月"),
        ("district", "320508", "姑苏区"),
        ("unit", "2026-11-18", "2026-11-18"),
        ("phone", SKIPPED, "没填"),
    ],
)
def test_values_are_told_in_words(name: str, value: str, shown: str) -> None:
    assert show(slot(name), value) == shown


def test_lines_are_told_in_the_forms_order_and_cut() -> None:
    draft = Draft.new(FORM, {"unit": "物业", "story": "路灯\n坏了" + "很久" * 20})

    assert told(draft, {"unit", "story", "phone"}, most=8) == [
        "诉求：路灯 坏了很久…",
        "涉及单位：物业",
    ]
    assert told(draft, {"story"}) == ["诉求：路灯\n坏了" + "很久" * 20]


def test_shortened_keeps_what_fits() -> None:
    assert shortened("一二三", 3) == "一二三"
    assert shortened("一二三四", 3) == "一二…"
    assert shortened("一\n二", None) == "一\n二"


ARBITRATION = forms()["document_request/arbitration"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("帮我写个仲裁申请书", None),
        ("给我一份劳动仲裁申请书的模板吧", None),
        ("帮我写个仲裁申请书，公司欠我三个月工资", "公司欠我三个月工资"),
        ("公司欠我三个月工资，帮我写个仲裁申请书", "公司欠我三个月工资，"),
        ("帮我写仲裁申请书 我在厂里干了八年。没签合同", "我在厂里干了八年。没签合同"),
    ],
)
def test_the_wish_itself_is_no_part_of_the_story(text: str, facts: str | None) -> None:
    assert opened(ARBITRATION, text).get("facts") == facts


def test_what_is_another_s_is_not_taken_unasked() -> None:
    text = "老板电话13800001111"

    assert heard(ARBITRATION, (), [entity("phone", "13800001111", text)]) == {}


def test_what_identifies_a_person_is_masked_where_the_form_says_so() -> None:
    draft = Draft.new(ARBITRATION, {"phone": "13912345678", "name": SKIPPED})

    assert told(draft, {"phone"}, most=40) == ["联系电话：139****5678"]
    assert told(draft, {"phone"}) == ["联系电话：13912345678"]
    assert told(Draft.new(FORM, {"phone": "13912345678"}), {"phone"}, most=40) == [
        "联系电话：13912345678"
    ]
