"""Asking for a person, waiting, and leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions import person
from core.duty import Outlook, Presence
from core.effects import Effect, LeaveQueue, RequestHandoff
from core.knowledge import Hotline
from core.turns import ConversationStatus, Session
from tests.unit.actions.conftest import NOW, MakeTurn, Toolset


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


LINES = (Hotline(number="110", name="公安报警"), Hotline(number="12345", name="政务热线"))


async def asked(make_turn: MakeTurn, tools: Toolset, expected: Outlook) -> tuple[str, Effect]:
    tools.watch.expected = expected
    outcome = await person.request(make_turn("human_handoff", "转人工"), tools)
    [told], [effect] = outcome.replies, outcome.effects
    return told.text, effect


async def test_where_somebody_is_there_the_place_is_told(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    text, wish = await asked(make_turn, tools, Outlook(presence=Presence.THERE))

    assert "{ticket.ahead}" in text
    assert "不一定" not in text
    assert wish == RequestHandoff(reason="citizen")


async def test_where_nobody_is_there_it_is_told_until_when_and_whom_to_call(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    by = NOW + timedelta(hours=15)

    text, wish = await asked(
        make_turn, tools, Outlook(presence=Presence.AWAY, answer_by=by, lines=LINES)
    )

    assert "没有工作人员在岗" in text
    assert "{ticket.label}，{ticket.by} 前" in text
    assert "110（公安报警）、12345（政务热线）" in text
    assert wish == RequestHandoff(reason="citizen", answer_by=by)


async def test_where_no_line_is_open_none_is_named(make_turn: MakeTurn, tools: Toolset) -> None:
    text, _ = await asked(make_turn, tools, Outlook(presence=Presence.AWAY, answer_by=NOW))

    assert "打得通" not in text


async def test_whoever_is_on_call_is_called(make_turn: MakeTurn, tools: Toolset) -> None:
    text, wish = await asked(
        make_turn, tools, Outlook(presence=Presence.ON_CALL, page_at=NOW, lines=LINES)
    )

    assert "正在通知值班" in text
    assert wish == RequestHandoff(reason="citizen", page_at=NOW)


async def test_a_place_is_given_up_also_while_the_bot_answers(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.watch.place = True

    for turn in (make_turn(press="cancel/queue"), make_turn("cancel", "取消排队")):
        assert (await person.cancel(turn, tools)).effects == (LeaveQueue(),)
    assert (await person.cancel(make_turn("cancel", "算了"), tools)).effects == ()


async def test_without_a_place_nothing_is_given_up(make_turn: MakeTurn, tools: Toolset) -> None:
    typed = await person.cancel(make_turn("cancel", "取消排队"), tools)
    pressed = await person.cancel(make_turn(press="cancel/queue"), tools)

    assert "已经停下" in typed.replies[0].text
    assert "没有在排队" in pressed.replies[0].text


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
