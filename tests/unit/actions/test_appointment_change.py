"""An appointment is moved or cancelled by whoever made it, or holds its code, until it is too late."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions.appointment_change import change, finish
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from core.effects import CancelAppointment, Effect, MoveAppointment
from core.turns import Session
from tests.unit.actions.conftest import CODE, REFERENCE, MakeTurn, Toolset, entry
from tests.unit.actions.conftest import petition as case
from tests.unit.actions.slots import FIRST, OWN, SECOND

MINE = replace(OWN, reference=REFERENCE)
VIEW = replace(case(), kind="YY")
NEW = f"{SECOND.id} 11月26日"


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.book.slots = (FIRST, SECOND)
    tools.shelf.entries = (entry("change", "appointment_change", title="改期"),)
    return tools


def owns(tools: Toolset) -> None:
    tools.book.own, tools.desk.own = (MINE,), (VIEW,)


def draft(**slots: str) -> Draft:
    known = {"case_ref": REFERENCE, "query_code": SKIPPED}
    return Draft.new(forms()["appointment_change"], {**known, **slots})


async def test_ones_own_is_asked_only_what_is_to_become_of_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    owns(tools)
    asked = await change(make_turn("appointment_change", "我那个预约"), tools)
    moving = await change(make_turn("appointment_change", "我想改时间"), tools)
    leaving = await change(make_turn("appointment_change", "预约我不去了，取消"), tools)

    assert asked.session.requested_slot == "what"
    assert moving.session.requested_slot == "time"
    assert leaving.session.requested_slot == "summary"


async def test_of_several_one_is_chosen(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.book.own = (MINE, replace(OWN, slot=replace(SECOND, service="counselling")))
    outcome = await change(make_turn("appointment_change", "改一下"), tools)

    payloads = [b.payload for b in outcome.replies[0].quick_replies]
    assert payloads == [f"appointment_change/{one.reference}" for one in tools.book.own]
    pressed = await change(make_turn(press=payloads[0]), tools)
    assert pressed.session.slots["case_ref"] == REFERENCE


async def test_whoever_has_none_is_told_how_and_may_give_a_number(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told = await change(make_turn("appointment_change", "改期怎么弄"), tools)
    assert told.replies[0].text.startswith("先投诉")
    button = told.replies[0].quick_replies[-1]
    assert button.payload == "appointment_change/start"
    asked = await change(make_turn(press=button.payload), tools)

    assert asked.session.requested_slot == "case_ref"


@pytest.mark.parametrize(
    ("slots", "effect"),
    [
        ({"what": "cancel"}, CancelAppointment(reference=REFERENCE)),
        ({"what": "move", "time": NEW}, MoveAppointment(reference=REFERENCE, slot=SECOND.id)),
    ],
)
async def test_what_was_confirmed_is_done(
    make_turn: MakeTurn, tools: Toolset, slots: dict[str, str], effect: Effect
) -> None:
    owns(tools)
    outcome = await finish(make_turn("affirm", "确认"), tools, draft(**slots))

    assert outcome.effects == (effect,)
    assert "{case.reference}" in outcome.replies[0].text


async def test_anothers_is_opened_by_its_code_and_only_if_it_is_an_appointment(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.own = (replace(MINE, live=True),)
    wrong = await finish(
        make_turn("affirm", "确认"), tools, draft(what="cancel", query_code="22222222")
    )
    petition = await finish(
        make_turn("affirm", "确认"), tools, draft(what="cancel", query_code=CODE)
    )

    assert not any(isinstance(e, CancelAppointment) for e in (*wrong.effects, *petition.effects))
    assert "不是预约" in petition.replies[0].text


async def test_too_late_and_over_are_said(make_turn: MakeTurn, tools: Toolset) -> None:
    owns(tools)
    late = make_turn("appointment_change", "改时间", now=FIRST.starts_at)
    asked = await change(late, tools)
    confirmed = await finish(late, tools, draft(what="cancel"))
    tools.book.own = (replace(MINE, live=False),)
    over = await finish(make_turn("affirm", "确认"), tools, draft(what="cancel"))

    assert "不到两小时" in asked.replies[0].text
    assert "不到两小时" in confirmed.replies[0].text
    assert "已经了结" in over.replies[0].text
    assert (asked.effects, confirmed.effects, over.effects) == ((), (), ())


async def test_a_time_taken_meanwhile_is_said_and_others_are_offered(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    owns(tools)
    tools.book.slots = (FIRST, replace(SECOND, left=0))
    moving = draft(what="move", time=NEW)
    held = Session(form="appointment_change", requested_slot="summary", slots=dict(moving.slots))
    outcome = await finish(make_turn("affirm", "确认", session=held), tools, moving)

    assert outcome.effects == ()
    assert "刚被约满" in outcome.replies[0].text
    assert outcome.replies[0].quick_replies[0].payload == f"appointment_change/at:{FIRST.id}"


async def test_times_and_pages_are_pressed(make_turn: MakeTurn, tools: Toolset) -> None:
    owns(tools)
    begun = await change(make_turn("appointment_change", "我想改时间"), tools)
    page = await change(make_turn(press="appointment_change/more:1", session=begun.session), tools)
    pressed = await change(
        make_turn(press=f"appointment_change/at:{SECOND.id}", session=page.session), tools
    )

    assert page.session.requested_slot == "time"
    assert pressed.session.requested_slot == "summary"
    assert SECOND.when in pressed.replies[0].text
