"""Where everything is taken a place can be waited for; the list is joined and left by a button."""

from __future__ import annotations

from dataclasses import replace

import pytest

from actions import appointment_waiting, appointments
from actions.appointment_times import offered
from core.effects import AwaitSeat, HoldSeat, LeaveList
from core.messages import QuickReply
from core.turns import Outcome
from tests.unit.actions.conftest import MakeTurn, Toolset, entry
from tests.unit.actions.slots import FIRST, OWN, SECOND

TAKEN = replace(FIRST, left=0)
WAIT = f"lawyer_booking/wait:{FIRST.id}"


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.book.slots = (TAKEN,)
    tools.shelf.entries = (entry("lawyer", "lawyer_booking", title="律师"),)
    return tools


async def pressed(make_turn: MakeTurn, tools: Toolset, payload: str) -> Outcome:
    return await appointments.begin("lawyer_booking")(make_turn(press=payload), tools)


async def test_who_finds_everything_taken_can_wait_for_a_place(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    wished = make_turn("lawyer_booking", "我想约律师")
    said = await appointments.begin("lawyer_booking")(wished, tools)

    first, answer = said.replies
    assert first.text.startswith("放出来的时间都约满了")
    assert first.quick_replies[0] == QuickReply(title="等某派出所的派出所驻点律师", payload=WAIT)
    assert len(WAIT.encode()) <= 64
    assert answer.text.startswith("先投诉")
    assert (await pressed(make_turn, tools, "lawyer_booking/full:")).replies == (first,)


async def test_joining_and_leaving_the_list(make_turn: MakeTurn, tools: Toolset) -> None:
    joined = await pressed(make_turn, tools, WAIT)

    assert joined.effects == (AwaitSeat(slot=FIRST.id),)
    assert "10 分钟" in joined.replies[0].text
    [stop] = joined.replies[0].quick_replies
    left = await pressed(make_turn, tools, stop.payload)
    assert left.effects == (LeaveList(service="lawyer_police"),)
    assert (await pressed(make_turn, tools, "lawyer_booking/leave:counselling")).effects == ()


async def test_a_seat_that_is_free_by_now_is_gone_on_with(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.slots = (FIRST,)
    outcome = await pressed(make_turn, tools, WAIT)

    assert outcome.effects == (HoldSeat(slot=FIRST.id),)
    assert outcome.session.requested_slot == "topic"


async def test_whoever_has_an_appointment_does_not_wait_for_another(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.own = (OWN,)
    outcome = await pressed(make_turn, tools, WAIT)

    assert "已经约了" in outcome.replies[0].text
    assert outcome.effects == ()


async def test_a_time_nobody_knows_leads_to_the_places(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await pressed(make_turn, tools, "lawyer_booking/wait:nothing")

    assert outcome.replies[0].quick_replies[0].payload == WAIT


async def test_beside_free_times_stands_a_button_to_the_places_that_have_none(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.slots = (TAKEN, replace(SECOND, place="另一处"))
    begun = await appointments.begin("lawyer_booking")(
        make_turn("lawyer_booking", "我想约律师"), tools
    )
    outcome = await offered(make_turn("inform", ""), tools, begun)

    payloads = [b.payload for b in outcome.replies[-1].quick_replies]
    assert payloads[:2] == [f"lawyer_booking/at:{SECOND.id}", "lawyer_booking/full:"]
    assert await appointment_waiting.to_the_list(tools, "appointment_change") == ()
