"""What a form says, and the buttons under it."""

from __future__ import annotations

import pytest

from actions.forms import asking
from actions.forms.draft import CHOOSING, DONE, SUMMARY, Draft, blanked
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED, Form
from actions.phrases import words
from core.messages import Reply
from nlu.training import intents

PETITION = forms()["petition_submit"]
STATUS = forms()["petition_status"]
FULL = Draft.new(
    PETITION,
    {
        "story": "我们小区的路灯坏了半年" + "很黑" * 60,
        "district": "320508",
        "unit": "平江物业",
        "time": "2026-11-18",
        "amount": "30000",
        "who": SKIPPED,
        "phone": "13900000000",
        "open": "no",
    },
)
BYTES, BUTTONS, SCREEN = 64, 8, 300


def titles(reply: Reply) -> list[str]:
    return [button.title for button in reply.quick_replies]


def every_reply() -> list[Reply]:
    drafts = [
        Draft.new(form, {}).asking(slot.name) for form in forms().values() for slot in form.slots
    ]
    drafts += [FULL.asking(slot.name) for slot in PETITION.slots]
    told = [asking.question(d, page=page) for d in drafts for page in (0, 1)]
    told += [asking.unfit(d, again=again) for d in drafts for again in (False, True)]
    told += [asking.offer(d) for d in drafts]
    told += [asking.question(FULL), asking.question(FULL.asking(CHOOSING))]
    return [*told, asking.put_aside(FULL)]


def test_everything_fits_a_screen_and_leads_somewhere() -> None:
    for reply in every_reply():
        payloads = [button.payload for button in reply.quick_replies]

        assert len(reply.text) <= SCREEN, reply.text
        assert [p for p in payloads if len(p.encode()) > BYTES] == []
        assert {p.partition("/")[0] for p in payloads} - intents() == set()
        assert len(payloads) == len(set(payloads))


def test_questions_have_no_more_buttons_than_a_phone_shows() -> None:
    for slot in PETITION.slots:
        for draft in (Draft.new(PETITION, {}), FULL):
            for page in (0, 1):
                told = asking.question(draft.asking(slot.name), page=page)
                assert len(told.quick_replies) <= BUTTONS


def test_a_question_offers_what_can_be_done() -> None:
    first = asking.question(Draft.new(PETITION, {}))
    district = asking.question(Draft.new(PETITION, {"story": "路灯坏了"}))
    unit = asking.question(Draft.new(PETITION, {"story": "路灯坏了", "district": "320508"}))

    assert titles(first) == ["先看看别的交法", "取消"]
    assert titles(district)[-3:] == ["更多", "上一步", "取消"]
    assert titles(unit) == ["跳过", "上一步", "取消"]


def test_a_slot_asked_again_shows_what_stood_there() -> None:
    told = asking.question(FULL.asking("phone"))

    assert told.text.endswith("原来填的是：13900000000")
    assert titles(told) == ["不变", "清空这一项", "上一步", "取消"]


def test_the_rest_of_a_long_list_is_one_press_away() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"})
    both = titles(asking.question(draft)) + titles(asking.question(draft, page=1))
    slot = PETITION.slot("district")
    assert slot is not None

    assert {choice.title for choice in slot.choices} - set(both) == set()


def test_nothing_filled_in_yet_has_words_of_its_own() -> None:
    assert "信访编号" in asking.question(Draft.new(STATUS, {})).text
    assert "还要编号" in asking.question(Draft.new(STATUS, {"query_code": "A"})).text


def test_a_form_that_is_done_asks_nothing() -> None:
    with pytest.raises(ValueError, match="asks for nothing"):
        asking.question(Draft.new(STATUS, {}).asking(DONE))


def test_the_summary_lists_everything_with_numbers() -> None:
    told = asking.question(FULL)

    assert told.text.splitlines()[1:9] == [
        "① 诉求：我们小区的路灯坏了半年" + "很黑" * 14 + "…",
        "② 发生地：姑苏区",
        "③ 涉及单位：平江物业",
        "④ 时间：2026年11月18日",
        "⑤ 金额：3 万元",
        "⑥ 姓名住址：没填",
        "⑦ 联系电话：13900000000",
        "⑧ 是否公开：不公开",
    ]
    assert "最多 5 人" in told.text
    assert [c.label for c in told.citations] == ["《信访工作条例》第二十条"]
    assert titles(told) == ["确认提交", "改一下", "取消"]


def test_a_note_is_added_only_where_it_applies() -> None:
    alone = FULL.filled({"story": "路灯坏了半年没有人修"})

    assert "最多 5 人" not in asking.question(alone).text
    assert asking.question(alone).citations == ()


def test_the_button_of_a_summary_knows_what_it_showed() -> None:
    before, after = FULL, FULL.filled({"phone": "13800000000"})

    assert asking.seal(before) != asking.seal(after)
    assert asking.question(before).quick_replies[0].payload.endswith(asking.seal(before))


def test_which_slot_is_to_be_changed() -> None:
    told = asking.question(FULL.asking(CHOOSING))

    assert titles(told)[:3] == ["诉求", "发生地", "涉及单位"]
    assert told.quick_replies[1].payload == "petition_submit/change=district"


def test_at_the_second_miss_a_person_is_offered() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"})
    first, second = asking.unfit(draft, again=False), asking.unfit(draft, again=True)

    assert "没认出是哪个区" in first.text
    assert titles(second)[0] == "转人工"
    assert "没看明白" in asking.unfit(FULL, again=False).text


@pytest.mark.parametrize(
    ("slots", "values", "said"),
    [
        ({}, {"story": "路灯坏了", "district": "320508"}, "记下了：发生地：姑苏区。"),
        ({"story": "坏", "amount": "3"}, {"amount": "20000"}, "改好了：金额：2 万元。"),
        ({"story": "坏"}, {"district": "320508"}, ""),
        ({"story": "坏"}, {"story": "坏\n又坏"}, "记下了：诉求：坏 又坏。"),
    ],
)
def test_what_was_understood_is_said(
    slots: dict[str, str], values: dict[str, str], said: str
) -> None:
    assert asking.heard(Draft.new(PETITION, slots), values) == said


def test_going_on_is_offered_with_where_it_stopped() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"})

    assert "填到“发生地”" in asking.offer(draft).text
    assert titles(asking.offer(draft)) == ["接着填", "重新开始", "不弄了"]
    assert "填到“核对”" in asking.offer(FULL).text
    assert titles(asking.offer(Draft.new(STATUS, {}))) == ["接着查", "不查了"]
    assert asking.going_on(draft).payload == "petition_submit/resume"
    assert asking.going_on(Draft.new(STATUS, {})).payload == "petition_status"
    assert titles(asking.put_aside(draft)) == ["接着填", "不弄了"]


def test_what_is_filed_is_uncut_and_leaves_out_what_was_skipped() -> None:
    assert asking.full(FULL).splitlines()[0] == f"诉求：{FULL.slots['story']}"
    assert "姓名住址" not in asking.full(FULL)
    assert SUMMARY not in asking.full(FULL)


@pytest.mark.parametrize("form", list(forms().values()), ids=lambda form: form.name)
def test_no_form_shows_more_than_a_phone_can(form: Form) -> None:
    for slot in form.slots:
        for page in range(8):
            told = asking.question(Draft.new(form, {}).asking(slot.name), page=page)
            assert len(told.quick_replies) <= BUTTONS
            assert len(told.text) <= SCREEN
            assert [b for b in told.quick_replies if len(b.payload.encode()) > BYTES] == []


def test_every_choice_of_a_long_list_is_on_one_leaf() -> None:
    form = forms()["calculate/deadline"]
    slot = form.slot("matter")
    assert slot is not None
    draft = Draft.new(form, {})
    leaves = [titles(asking.question(draft, page=page)) for page in range(6)]
    shown = [t for leaf in leaves for t in leaf]

    assert [c.title for c in slot.choices] == [
        t for t in shown if t in {c.title for c in slot.choices}
    ]


def test_the_question_goes_with_what_was_chosen() -> None:
    form = forms()["calculate/deadline"]
    asked = asking.question(Draft.new(form, {"matter": "appeal_judgment"}))
    other = asking.question(Draft.new(form, {"matter": "state_compensation"}))

    assert asked.text == words("calc_deadline_day_appeal_judgment")
    assert other.text == words("calc_deadline_day")


def test_a_value_that_cannot_be_is_told_with_the_question() -> None:
    form = forms()["calculate/severance"]
    draft = Draft.new(form, {"wage": "9500", "start": "2021-03-01"})
    told = asking.wrong(draft, "order", "2020-01-01")

    assert told.text.startswith("2020年1月1日 比“入职日”（2021年3月1日）还早")
    assert told.text.endswith(words("calc_severance_end_day"))
    with pytest.raises(ValueError, match="asks for nothing"):
        asking.wrong(draft.asking(SUMMARY), "high", "1")


FILLED = {"facts": "楼上漏水", "name": "王小明", "phone": "13912345678"}
COMPLAINT = forms()["document_request/complaint"]


def test_blanks_share_the_last_line_of_a_preview_and_keep_their_numbers() -> None:
    shown = asking.question(blanked(Draft.new(COMPLAINT, FILLED)))

    assert "《民事起诉状》" in shown.text
    assert "① 事实与理由：楼上漏水\n⑤ 您的姓名：王小明\n⑧ 联系电话：139****5678" in shown.text
    assert "②请求 ③被告" in shown.text
    assert titles(shown) == ["两种都要", "要 Word", "要 PDF", "改一下", "取消"]


def test_each_way_to_confirm_knows_what_it_showed() -> None:
    draft = blanked(Draft.new(COMPLAINT, FILLED))
    ways = [b.payload for b in asking.question(draft).quick_replies[:3]]

    assert ways == [
        f"document_request/complaint/confirm={asking.seal(draft)}.{how}"
        for how in ("both", "docx", "pdf")
    ]
    other = draft.filled({"phone": "13912345679"})
    # Masked they look alike; sealed they are two.
    assert asking.seal(other) != asking.seal(draft)


def test_a_long_form_asks_in_two_steps_what_to_change() -> None:
    draft = blanked(Draft.new(COMPLAINT, FILLED)).asking(CHOOSING)
    first, rest = asking.question(draft), asking.question(draft, page=1)

    assert len(first.quick_replies) == BUTTONS
    assert first.quick_replies[-1].payload == "document_request/complaint/more=choosing"
    assert titles(first)[:-1] + titles(rest) == [
        "事实与理由", "请求", "被告", "对方住址电话", "您的姓名", "性别出生等", "您的住址",
        "联系电话", "证据和来源", "交哪个法院", "身份证号",
    ]  # fmt: skip
