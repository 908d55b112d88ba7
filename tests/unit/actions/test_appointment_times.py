"""Free times stand under the question for one; what is typed narrows them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions import appointment_times, appointments
from actions.appointment_times import SHOWN, offered, pick
from core.messages import Entity
from core.turns import Outcome, Pause, Session
from tests.unit.actions.conftest import CODE, REFERENCE, MakeTurn, Toolset
from tests.unit.actions.slots import FIRST, OWN, PSYCH, SECOND


def day(value: str) -> Entity:
    return Entity(name="date", value=value, start=0, end=2)


@pytest.fixture
def tools(tools: Toolset) -> Toolset:
    tools.book.slots = (FIRST, SECOND, PSYCH)
    return tools


async def asked(make_turn: MakeTurn, tools: Toolset, text: str = "", *told: Entity) -> Outcome:
    begun = await appointments.begin("lawyer_booking")(
        make_turn("lawyer_booking", "我想约律师"), tools
    )
    turn = make_turn("inform", text, entities=told)
    return await offered(turn, tools, begun)


def times(outcome: Outcome) -> list[str]:
    return [b.payload for b in outcome.replies[-1].quick_replies if "/at:" in b.payload]


async def test_each_free_time_of_the_service_has_its_button(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await asked(make_turn, tools)

    assert times(outcome) == [f"lawyer_booking/at:{s.id}" for s in (FIRST, SECOND)]
    assert f"① {FIRST.when}，某派出所（派出所驻点律师）" in outcome.replies[0].text
    assert max(len(b.payload.encode()) for b in outcome.replies[0].quick_replies) <= 64
    # Shown once, whoever looks at it again.
    assert await offered(make_turn("inform", ""), tools, outcome) == outcome


async def test_a_long_list_has_pages(make_turn: MakeTurn, tools: Toolset) -> None:
    tools.book.slots = tuple(replace(FIRST, id=f"slot-{n}") for n in range(SHOWN + 2))
    first = await asked(make_turn, tools)
    more = first.replies[0].quick_replies[SHOWN]
    pressed = make_turn(press=more.payload, session=first.session)
    second = await offered(
        pressed, tools, await appointments.begin("lawyer_booking")(pressed, tools)
    )

    assert more.payload == "lawyer_booking/more:1"
    assert [times(first)[0], times(second)[0]] == [
        "lawyer_booking/at:slot-0",
        f"lawyer_booking/at:slot-{SHOWN}",
    ]
    assert not any("/more:" in b.payload for b in second.replies[0].quick_replies)


@pytest.mark.parametrize(
    ("text", "told", "chosen"),
    [
        ("周四", [day("2026-11-26")], SECOND),
        ("25号上午", [day("2026-11-25")], FIRST),
        ("下午的", [], SECOND),
        ("9:30", [], FIRST),
        ("昆山的", [Entity(name="district", value="昆山市", start=0, end=2)], SECOND),
    ],
)
async def test_one_that_is_left_is_taken_for_chosen(
    make_turn: MakeTurn, tools: Toolset, text: str, told: list[Entity], chosen: object
) -> None:
    outcome = await asked(make_turn, tools, text, *told)

    assert outcome.session.requested_slot == "topic"
    assert outcome.session.slots["time"].startswith(chosen.id)  # type: ignore[attr-defined]
    assert "留 10 分钟，最后确认了才算约上" in outcome.replies[0].text


async def test_a_day_said_with_the_wish_is_asked_for_at_once(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.slots = (FIRST, replace(FIRST, id="two"), SECOND)
    wished = make_turn("lawyer_booking", "我想约律师，周三", entities=(day("2026-11-25"),))
    begun = await appointments.begin("lawyer_booking")(wished, tools)
    outcome = await offered(wished, tools, begun)

    assert outcome.session.requested_slot == "time"
    assert "time" not in outcome.session.slots
    assert len(times(outcome)) == 2
    assert "这些有空" in outcome.replies[0].text


async def test_when_nothing_fits_that_is_said(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await asked(make_turn, tools, "28号", day("2026-11-28"))

    assert times(outcome) == []
    assert "没有空的了" in outcome.replies[0].text
    assert outcome.replies[0].quick_replies[0].payload == "lawyer_booking/more:0"


async def test_when_nothing_is_free_the_form_is_left(make_turn: MakeTurn, tools: Toolset) -> None:
    begun = await appointments.begin("lawyer_booking")(
        make_turn("lawyer_booking", "我想约律师"), tools
    )
    tools.book.slots = (PSYCH,)
    outcome = await offered(make_turn("inform", ""), tools, begun)

    assert outcome.session.form is None
    assert "没有空的时间" in outcome.replies[0].text


async def test_a_time_that_is_gone_is_not_taken(make_turn: MakeTurn, tools: Toolset) -> None:
    over = make_turn(press="x", now=FIRST.starts_at + timedelta(minutes=1))
    for turn, slot in ((over, FIRST.id), (make_turn(press="x"), "unknown")):
        outcome = await pick(turn, tools, "lawyer_booking", slot)
        assert "刚被约满" in outcome.replies[0].text
        assert outcome.session.requested_slot == "time"


async def test_a_form_that_rests_or_asks_for_something_else_is_left_alone(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    begun = await asked(make_turn, tools)
    resting = replace(begun, session=replace(begun.session, pause=Pause.OFFERED))
    other = replace(begun, session=replace(begun.session, requested_slot="topic"))

    for outcome in (resting, other, Outcome(session=Session())):
        assert await offered(make_turn("inform", ""), tools, outcome) == outcome


async def test_anothers_times_are_told_to_the_holder_of_its_code_only(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.book.own = (replace(OWN, reference=REFERENCE),)
    slots = {"case_ref": REFERENCE, "query_code": CODE, "what": "move"}
    held = Session(form="appointment_change", requested_slot="time", slots=slots)
    wrong = replace(held, slots={**slots, "query_code": "22222222"})
    turn = make_turn("inform", "")
    reply = (await asked(make_turn, tools)).replies[0]
    question = replace(reply, source=None, quick_replies=(), text="改到什么时候？")

    shown = await offered(turn, tools, Outcome(session=held, replies=(question,)))
    refused = await offered(turn, tools, Outcome(session=wrong, replies=(question,)))

    assert times(shown) == [f"appointment_change/at:{s.id}" for s in (FIRST, SECOND)]
    assert times(refused) == []
    assert refused.effects
    assert appointment_times.CHANGE == "appointment_change"
