"""The waiting list: offered where every time at a place is taken; joined and left by a button."""

from __future__ import annotations

from dataclasses import replace

from actions.base import answer
from actions.forms.draft import let_go
from actions.phrases import reply, spoken, words
from core.appointments import SERVICES, TimeSlot
from core.effects import AwaitSeat, LeaveList
from core.messages import QuickReply, Reply
from core.ports import Tools
from core.turns import Outcome, Turn

# Begin the arguments of the buttons: places that are full, a slot's id, a service.
FULL, WAIT, LEAVE = "full:", "wait:", "leave:"
MOST_SHOWN = 4


async def none_left(tools: Tools, intent: str) -> Reply:
    """Nothing is free; where times were given that are all taken, one can wait for a place."""
    full = await tools.appointments.full(SERVICES[intent], language=spoken())
    if not full:
        return reply("appointment_none")
    told = reply("appointment_all_taken")
    buttons = tuple(
        QuickReply(
            title=words("appointment_wait", place=slot.place, service=slot.service_name),
            payload=f"{intent}/{WAIT}{slot.id}",
        )
        for slot in full[:MOST_SHOWN]
    )
    return replace(told, quick_replies=(*buttons, *told.quick_replies))


async def to_the_list(tools: Tools, intent: str) -> tuple[QuickReply, ...]:
    """A button beside the free times, where other places have none; none otherwise."""
    if intent not in SERVICES or not await tools.appointments.full(SERVICES[intent]):
        return ()
    return (QuickReply(title=words("appointment_others_full"), payload=f"{intent}/{FULL}"),)


async def shown(turn: Turn, tools: Tools, intent: str) -> Outcome:
    """The places one can wait for."""
    return answer(turn, await none_left(tools, intent), session=let_go(turn.session))


def joined(turn: Turn, intent: str, slot: TimeSlot) -> Outcome:
    """They wait for any time of this service at this place."""
    told = reply("appointment_waiting", place=slot.place, service=slot.service_name)
    stop = QuickReply(
        title=words("appointment_wait_no_more"), payload=f"{intent}/{LEAVE}{slot.service}"
    )
    return answer(
        turn,
        replace(told, quick_replies=(stop,)),
        session=let_go(turn.session),
        effects=[AwaitSeat(slot=slot.id)],
    )


def left(turn: Turn, intent: str, service: str) -> Outcome:
    """They wait no more, and what was kept for them goes to the next."""
    effects = [LeaveList(service=service)] if service in SERVICES[intent] else []
    return answer(turn, reply("appointment_wait_left"), effects=effects)
