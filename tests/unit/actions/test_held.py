"""A conversation in the queue or in a person's hands."""

from __future__ import annotations

from actions import held
from core.duty import Outlook, Presence
from core.effects import LeaveQueue, RequestHandoff
from core.turns import ConversationStatus, Session
from tests.unit.actions.conftest import NOW, MakeTurn, Toolset

QUEUED, ASSIGNED = ConversationStatus.QUEUED, ConversationStatus.ASSIGNED


async def test_in_the_queue_words_are_kept_and_cancel_leaves(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    waiting = await held.act(make_turn("inform", "补充一句", status=QUEUED), tools)
    left = await held.act(make_turn("cancel", "算了", status=QUEUED), tools)

    assert "记录里" in waiting.replies[0].text
    assert left.effects == (LeaveQueue(),)


async def test_before_a_person_the_bot_is_silent_but_the_button_works(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    silent = await held.act(make_turn("cancel", "算了", status=ASSIGNED), tools)
    left = await held.act(make_turn(press="cancel/queue", status=ASSIGNED), tools)

    assert silent.replies == ()
    assert left.effects == (LeaveQueue(),)


async def test_whoever_asks_again_in_the_queue_is_told_the_place(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    session = Session(acknowledged=True)

    asked = await held.act(
        make_turn("human_handoff", "还要多久", status=QUEUED, session=session), tools
    )
    served = await held.act(make_turn("human_handoff", "人工", status=ASSIGNED), tools)

    assert asked.effects == (RequestHandoff(reason="citizen"),)
    assert "{ticket.ahead} 位{ticket.wait}" in asked.replies[0].text
    assert (served.effects, served.replies) == ((), ())


async def test_a_danger_told_of_in_the_queue_is_called_out(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    tools.watch.expected = Outlook(presence=Presence.ON_CALL, page_at=NOW)

    told = await held.act(make_turn(press="human_handoff/crisis", status=QUEUED), tools)

    assert told.effects == (RequestHandoff(reason="crisis", urgent=True, page_at=NOW),)
