"""A wish for an appointment: a question answered with times beside it, a plain wish asked which."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from actions import appointments
from actions.forms.conduct import Desk
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from core.appointments import SERVICES
from core.effects import BookAppointment
from core.turns import Session
from tests.unit.actions.conftest import MakeTurn, Toolset, entry
from tests.unit.actions.slots import FIRST, OWN, SECOND

FULL = Draft.new(
    forms()["lawyer_booking"],
    {
        "time": f"{FIRST.id} 12月2日",
        "topic": "押金",
        "other": "张老板",
        "who": SKIPPED,
        "phone": "13900000000",
    },
)
CONFIRM = ("affirm", "确认")


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.book.slots = (FIRST, SECOND)
    tools.shelf.entries = (entry("lawyer", "lawyer_booking", title="律师"),)
    return tools


async def test_a_question_is_answered_with_the_times_beside_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    asked = make_turn("lawyer_booking", "派出所的律师能帮什么")
    outcome = await appointments.begin("lawyer_booking")(asked, tools)

    [told] = outcome.replies
    assert told.text.startswith("先投诉")
    assert told.quick_replies[0].payload == "lawyer_booking/start"
    tools.book.slots = ()
    without = await appointments.begin("lawyer_booking")(asked, tools)
    assert without.replies[0].text == told.text
    assert without.replies[0].quick_replies == told.quick_replies[1:]


async def test_a_plain_wish_is_asked_which_time(make_turn: MakeTurn, tools: Toolset) -> None:
    wished = make_turn("lawyer_booking", "我想约律师")
    outcome = await appointments.begin("lawyer_booking")(wished, tools)

    assert (outcome.session.form, outcome.session.requested_slot) == ("lawyer_booking", "time")


async def test_without_a_free_time_the_answer_stands_and_the_button_says_so(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.slots = ()
    wished = await appointments.begin("lawyer_booking")(
        make_turn("lawyer_booking", "我想约律师，派出所的律师"), tools
    )
    pressed = await appointments.begin("lawyer_booking")(
        make_turn(press="lawyer_booking/start"), tools
    )

    assert wished.session.form is None
    assert wished.replies[0].text.startswith("先投诉")
    assert "没有空的时间" in pressed.replies[0].text


async def test_what_was_confirmed_is_booked(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await appointments.file(make_turn(*CONFIRM), tools, FULL)

    [effect] = outcome.effects
    assert isinstance(effect, BookAppointment)
    assert effect.slot == FIRST.id
    assert effect.person == {"phone": "13900000000"}
    assert effect.details == {"topic": "押金", "other": "张老板"}
    assert "对方：张老板" in effect.text
    [receipt] = outcome.replies
    assert all(part in receipt.text for part in ("{case.reference}", "{case.code}", "身份证"))
    assert [a.url for a in receipt.attachments] == ["{document.ics}"]
    assert outcome.session.form is None


async def test_a_time_taken_meanwhile_is_said_and_others_are_offered(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.slots = (replace(FIRST, left=0), SECOND)
    held = Session(form="lawyer_booking", requested_slot="summary", slots=dict(FULL.slots))
    outcome = await appointments.file(make_turn(*CONFIRM, session=held), tools, FULL)

    assert outcome.effects == ()
    [told] = outcome.replies
    assert told.text.startswith("对不起，这个时间刚被约满了")
    assert told.quick_replies[0].payload == f"lawyer_booking/at:{SECOND.id}"
    # What was filled in stays.
    assert outcome.session.slots == {k: v for k, v in FULL.slots.items() if k != "time"}
    pressed = make_turn(press=told.quick_replies[0].payload, session=outcome.session)
    again = await appointments.begin("lawyer_booking")(pressed, tools)
    assert again.session.requested_slot == "summary"


async def test_whoever_has_one_of_the_kind_is_shown_it(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.own = (OWN,)
    filed = await appointments.file(make_turn(*CONFIRM), tools, FULL)
    chosen = make_turn(press=f"lawyer_booking/at:{SECOND.id}")
    pressed = await appointments.begin("lawyer_booking")(chosen, tools)

    for outcome in (filed, pressed):
        assert outcome.effects == ()
        assert OWN.reference in outcome.replies[0].text
        assert outcome.replies[0].quick_replies[0].payload == f"appointment_change/{OWN.reference}"


async def test_the_form_goes_from_the_time_to_the_summary(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    pressed = make_turn(press=f"lawyer_booking/at:{FIRST.id}")
    outcome = await appointments.begin("lawyer_booking")(pressed, tools)
    for said in ("房东不退押金怎么办？", "跳过", "跳过", "跳过"):
        turn = make_turn("legal_rental", said, session=outcome.session)
        desk = Desk(turn=turn, tools=tools, finishes={"lawyer_booking": appointments.file})
        taken = await desk.take(weak=False)
        assert taken is not None
        outcome = taken

    assert outcome.session.requested_slot == "summary"
    assert FIRST.when in outcome.replies[0].text
    assert FIRST.id not in outcome.replies[0].text
    assert outcome.session.slots["other"] == SKIPPED


async def test_who_was_missed_twice_asks_a_person(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.book.until = date(2027, 3, 2)
    begin = appointments.begin("lawyer_booking")
    asked = (
        await begin(make_turn("lawyer_booking", "我想约律师"), tools),
        await begin(make_turn(press=f"lawyer_booking/at:{FIRST.id}"), tools),
        await appointments.file(make_turn(*CONFIRM), tools, FULL),
    )

    for outcome in asked:
        [told] = outcome.replies
        assert "2027年3月2日 以前想约" in told.text
        assert [button.payload for button in told.quick_replies] == ["human_handoff"]
        assert (outcome.session.form, outcome.effects) == (None, ())
    # A question is answered all the same.
    answered = await begin(make_turn("lawyer_booking", "派出所的律师能帮什么"), tools)
    assert answered.replies[0].text.startswith("先投诉")


def test_every_kind_of_appointment_has_its_form() -> None:
    for intent in SERVICES:
        form = forms()[intent]
        assert form.confirmed
        assert form.slots[0].name == "time"
        assert form.slots[-1].skippable
