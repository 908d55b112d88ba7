"""What is filed in chat: opened for whoever wants it, told to whoever asks, refused with the way on."""

from __future__ import annotations

from datetime import date

import pytest

from actions import intake
from actions.dispatch import act
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from actions.intake import APPLICATIONS, INTAKES, TITLE
from actions.intake import title as title_of
from actions.phrases import phrases
from cases.districts import districts
from cases.kinds.catalogue import machine_of
from core.effects import FileCase
from core.turns import Outcome, Session
from nlu.entities import find_entities
from nlu.training import intents
from tests.unit.actions.conftest import MakeTurn, Toolset

KNOWN = frozenset(intents())
PETITION = Draft.new(forms()["petition_submit"], {"district": "320508"})
STORY = "楼上卫生间漏水半年，天花板都烂了"
MEDIATION = {
    "story": STORY, "elsewhere": "no", "sort": "neighbour", "district": "320508",
    "other": "楼上 501 的住户", "claim": "修好漏水，赔 3000 元", "who": "周某",
    "phone": "13900000000",
}  # fmt: skip
AID = {
    "story": "老板欠我三个月工资", "sort": "wages", "district": "320583", "stage": "none",
    "due": SKIPPED, "exempt": "none", "means": "一家三口，每月两千", "proof": "promise",
    "whom": "self", "other": SKIPPED, "who": SKIPPED, "phone": SKIPPED,
}  # fmt: skip
WAGES = {
    "story": "工地干完活一分没给", "elsewhere": "no", "employer": "某某建筑公司", "sort": "site",
    "district": "320509", "workers": "many", "crew": "12 个人", "time": "七月到九月",
    "amount": "140000", "who": SKIPPED, "phone": SKIPPED,
}  # fmt: skip
FILLED = {"mediation_apply": MEDIATION, "legal_aid_apply": AID, "wage_complaint": WAGES}


def draft(form: str, **changes: str) -> Draft:
    return Draft.new(forms()[form], {**FILLED[form], **changes})


async def filed(form: str, make_turn: MakeTurn, tools: Toolset, **changes: str) -> Outcome:
    return await intake.file(make_turn("affirm", "确认"), tools, draft(form, **changes))


@pytest.mark.parametrize("form", APPLICATIONS)
async def test_what_was_confirmed_is_filed_as_its_kind(
    form: str, make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await filed(form, make_turn, tools)

    (case,) = outcome.effects
    assert isinstance(case, FileCase)
    assert case.kind == INTAKES[form].kind
    assert case.sub_kind in machine_of(case.kind).sub_kind_labels
    assert case.area == FILLED[form]["district"]
    assert case.details.keys() & {"who", "phone"} == set()
    assert outcome.session.form is None


async def test_who_the_citizen_is_is_kept_apart(make_turn: MakeTurn, tools: Toolset) -> None:
    (case,) = (await filed("mediation_apply", make_turn, tools)).effects

    assert isinstance(case, FileCase)
    assert case.person == {"who": "周某", "phone": "13900000000"}
    assert case.details["other"] == "楼上 501 的住户"
    assert "对方：楼上 501 的住户" in case.text


@pytest.mark.parametrize("form", APPLICATIONS)
async def test_the_receipt_gives_number_code_and_first_day_and_promises_nothing(
    form: str, make_turn: MakeTurn, tools: Toolset
) -> None:
    told = (await filed(form, make_turn, tools)).replies[0]

    for place in ("{case.reference}", "{case.code}", "{case.due}"):
        assert place in told.text
    assert "不会自动送到" in told.text
    assert "不是法律规定的期限" in told.text
    assert told.source == "case:{case.reference}"
    assert told.citations == forms()[form].citations


@pytest.mark.parametrize(
    ("due", "pressing"),
    [
        ("2026-11-22", True),
        ("2026-11-29", True),
        ("2026-11-30", False),
        ("2026-11-21", False),
        ("下个月", False),
        (SKIPPED, False),
    ],
)
async def test_a_day_within_a_week_sends_to_the_office_at_once(
    make_turn: MakeTurn, tools: Toolset, due: str, *, pressing: bool
) -> None:
    outcome = await filed("legal_aid_apply", make_turn, tools, due=due)

    assert [r.text for r in outcome.replies[1:]] == (
        [phrases()["legal_aid_apply_pressing"].text] if pressing else []
    )


@pytest.mark.parametrize("form", APPLICATIONS)
async def test_whoever_wants_it_is_asked_and_whoever_asks_is_told_first(
    form: str, make_turn: MakeTurn, tools: Toolset
) -> None:
    begin = intake.begin(form, intake.file)
    wish = forms()[form].openers[0]
    wanted = await begin(make_turn(form, wish), tools)
    pressed = await begin(make_turn(press=f"{form}/start"), tools)
    asked = await begin(make_turn(form, f"{wish}要带什么材料"), tools)
    other = await begin(make_turn(form, "这种事归谁管"), tools)

    assert (wanted.session.form, pressed.session.form) == (form, form)
    for told in (asked, other):
        assert told.session.form is None
        assert told.replies[-1].quick_replies[0].payload == f"{form}/start"


async def test_a_wish_said_plainly_is_heard_whatever_the_story_was_read_as(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    text = "我要申请调解，楼上漏水半年了天花板都烂了"
    outcome = await act(make_turn("legal_neighbour", text), tools, known=KNOWN)

    assert outcome.session.form == "mediation_apply"
    assert outcome.session.slots["story"] == "楼上漏水半年了天花板都烂了"


@pytest.mark.parametrize(
    ("form", "answer", "way"),
    [
        ("mediation_apply", "法院", "12368"),
        ("mediation_apply", "派出所", "110"),
        ("mediation_apply", "仲裁", "12333"),
        ("wage_complaint", "起诉", "12368"),
    ],
)
async def test_what_is_in_hand_elsewhere_is_not_taken_and_the_story_is_kept(
    make_turn: MakeTurn, tools: Toolset, form: str, answer: str, way: str
) -> None:
    session = Session(form=form, requested_slot="elsewhere", slots={"story": STORY})
    told = await act(make_turn("inform", answer, session=session), tools, known=KNOWN)

    assert "这里不能交" in told.replies[0].text
    assert way in told.replies[0].text
    assert (told.session.requested_slot, told.session.slots) == ("elsewhere", {"story": STORY})
    payloads = [b.payload for b in told.replies[0].quick_replies]
    assert f"{form}/elsewhere=no" in payloads

    again = await act(make_turn("inform", "都没有", session=told.session), tools, known=KNOWN)
    assert again.session.slots["elsewhere"] == "no"
    assert again.session.requested_slot not in {"elsewhere", None}


async def test_only_who_is_not_exempt_is_asked_about_means(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    slots = {k: AID[k] for k in ("story", "sort", "district", "stage", "due")}
    session = Session(form="legal_aid_apply", requested_slot="exempt", slots=slots)
    exempt = await act(make_turn("inform", "低保", session=session), tools, known=KNOWN)
    other = await act(make_turn("inform", "都不是", session=session), tools, known=KNOWN)

    assert exempt.session.requested_slot == "whom"
    assert other.session.requested_slot == "means"


async def test_the_other_sides_number_is_not_taken_for_ones_own(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    text = "对方姓王，电话13900000000"
    slots = {k: MEDIATION[k] for k in ("story", "elsewhere", "sort", "district")}
    session = Session(form="mediation_apply", requested_slot="other", slots=slots)
    entities = find_entities(text, date(2026, 11, 22))
    turn = make_turn("inform", text, session=session, entities=entities)
    told = await act(turn, tools, known=KNOWN)

    assert told.session.slots["other"] == text
    assert "phone" not in told.session.slots


@pytest.mark.parametrize("form", [*APPLICATIONS, "report_hazard"])
def test_the_form_offers_what_the_table_has(form: str) -> None:
    sort, district = forms()[form].slot("sort"), forms()[form].slot("district")

    assert sort is not None
    assert district is not None
    assert {c.key for c in sort.choices} == set(machine_of(INTAKES[form].kind).sub_kind_labels)
    assert {c.key for c in district.choices} == set(districts())


@pytest.mark.parametrize(
    ("story", "title"),
    [
        ("我要投诉：路灯坏了", "路灯坏了"),
        ("路灯坏了！没人修", "路灯坏了"),
        ("我要信访", "我要信访"),
        ("很长" * 30, "很长" * 19 + "很…"),
    ],
)
def test_a_title_is_what_the_story_says_first(story: str, title: str) -> None:
    told = title_of(PETITION.filled({"story": story}))

    assert told == title
    assert len(told) <= TITLE
