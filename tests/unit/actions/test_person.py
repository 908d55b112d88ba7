"""Asking for a person, waiting, and leaving."""

from __future__ import annotations

import pytest

from actions import person
from core.effects import LeaveQueue, RequestHandoff
from core.turns import ConversationStatus, Session
from tests.unit.actions.conftest import MakeTurn, Toolset


@pytest.mark.parametrize(
    ("pressed", "wish"),
    [
        ("human_handoff", RequestHandoff(reason="legal_labour")),
        ("human_handoff/fraud", RequestHandoff(reason="fraud", urgent=True)),
        ("human_handoff/crisis", RequestHandoff(reason="crisis", urgent=True)),
    ],
)
async def test_a_request_carries_its_reason(
    make_turn: MakeTurn, tools: Toolset, pressed: str, wish: RequestHandoff
) -> None:
    turn = make_turn(press=pressed, session=Session(last_intent="legal_labour"))

    outcome = await person.request(turn, tools)

    assert outcome.effects == (wish,)
    assert "{ticket.label}" in outcome.replies[0].text


async def test_nobody_is_promised(make_turn: MakeTurn, tools: Toolset) -> None:
    (told,) = (await person.request(make_turn("human_handoff", "转人工"), tools)).replies

    assert "现在不一定有人在" in told.text
    assert all(number in told.text for number in ("110", "12348", "12345"))


async def test_leaving_gives_the_place_up(make_turn: MakeTurn, tools: Toolset) -> None:
    turn = make_turn(press="cancel/queue", status=ConversationStatus.QUEUED)

    assert (await person.leave(turn, tools)).effects == (LeaveQueue(),)


async def test_leaving_without_a_place_changes_nothing(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await person.leave(make_turn(press="cancel/queue"), tools)

    assert outcome.effects == ()
    assert "没有在排队" in outcome.replies[0].text


def test_waiting_is_acknowledged_once(make_turn: MakeTurn) -> None:
    first = person.waiting(make_turn("inform", "补充一句", status=ConversationStatus.QUEUED))
    second = person.waiting(make_turn("inform", "还有", session=first.session))

    assert len(first.replies) == 1
    assert second.replies == ()
    assert second.session == first.session


def test_the_bot_is_silent_while_a_person_speaks(make_turn: MakeTurn) -> None:
    session = Session(form="petition_status", slots={"case_ref": "XF"})

    outcome = person.silent(make_turn("legal_labour", "工资", session=session))

    assert (outcome.replies, outcome.session) == ((), session)
