"""A hazard reported: looked for first, filed with its place, for whoever wants to report one."""

from __future__ import annotations

from actions import hazard
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from actions.intake import TITLE
from cases.districts import districts
from cases.kinds.hazard import hazard as table
from core.case_views import Nearby
from core.effects import FileCase
from tests.unit.actions.conftest import MakeTurn, Toolset

FULL = Draft.new(
    forms()["report_hazard"],
    {
        "story": "三楼到一楼的消防通道堆满了纸箱",
        "sort": "fire",
        "district": "320508",
        "place": "桂花新村 12 幢",
        "photos": SKIPPED,
        "phone": SKIPPED,
    },
)
KNOWN = Nearby(
    reference="YH3205082611200000017", place="桂花新村12幢", state="整改中", likeness=0.9
)


async def test_it_is_filed_with_its_sort_and_place(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await hazard.file(make_turn("affirm", "确认"), tools, FULL)

    (filed,) = outcome.effects
    assert isinstance(filed, FileCase)
    assert (filed.kind, filed.sub_kind, filed.area) == ("YH", "fire", "320508")
    assert (filed.place, filed.person) == ("桂花新村 12 幢", {})
    assert "消防通道" in filed.title
    assert "{case.code}" in outcome.replies[0].text
    assert "不是法律规定" in outcome.replies[0].text


async def test_one_much_like_it_is_shown_first_and_another_can_be_filed_all_the_same(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.desk.alike = (KNOWN,)
    shown = await hazard.file(make_turn("affirm", "确认"), tools, FULL)
    assert shown.effects == ()
    assert KNOWN.place in shown.replies[0].text
    payloads = [b.payload for b in shown.replies[0].quick_replies]
    assert payloads == ["cancel", "report_hazard/alike=other"]

    pressed = make_turn(press=payloads[1], session=shown.session)
    finishes = {hazard.FORM: hazard.file}
    again = await Desk(turn=pressed, tools=tools, finishes=finishes).press()
    assert again is not None
    assert "消防" in again.replies[0].text  # the summary, with the answer in it
    other = Draft.new(FULL.form, {**FULL.slots, "alike": "other"})
    filed = await hazard.file(make_turn("affirm", "确认"), tools, other)
    assert len(filed.effects) == 1


async def test_whoever_wants_to_report_is_asked_and_whoever_asks_is_told(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    wanted = await hazard.report(make_turn("report_hazard", "我要报告一个消防隐患"), tools)
    pressed = await hazard.report(make_turn(press="report_hazard/start"), tools)
    asked = await hazard.report(make_turn("report_hazard", "楼道里充电谁管"), tools)

    assert (wanted.session.form, pressed.session.form) == ("report_hazard", "report_hazard")
    assert asked.session.form is None
    assert asked.replies[-1].quick_replies[0].payload == "report_hazard/start"


def test_the_form_offers_what_the_table_has() -> None:
    form = forms()["report_hazard"]
    sort, district = form.slot("sort"), form.slot("district")

    assert sort is not None
    assert district is not None
    assert {choice.key for choice in sort.choices} == set(table().sub_kind_labels)
    assert {c.key: c.titles["zh"] for c in sort.choices} == table().sub_kind_labels
    assert {choice.key for choice in district.choices} == set(districts())


async def test_its_title_is_short(make_turn: MakeTurn, tools: Toolset) -> None:
    long = Draft.new(FULL.form, {**FULL.slots, "story": "长" * 200})
    (filed,) = (await hazard.file(make_turn("affirm", "确认"), tools, long)).effects

    assert isinstance(filed, FileCase)
    assert len(filed.title) == TITLE
