"""A conversation that waits for a person or that a person holds."""

from __future__ import annotations

from actions import alerts, person
from actions.base import choice
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Turn


async def act(turn: Turn, tools: Tools) -> Outcome:
    """Leave warnings or the queue, or tell the place in it, if asked to.

    Else keep what is said, and be silent before a person.
    """
    if alerts.is_left(turn):
        return await alerts.leave(turn, tools)
    queued = turn.status is ConversationStatus.QUEUED
    if turn.parse.intent == "cancel" and (queued or choice(turn) == "queue"):
        return await person.leave(turn, tools)
    if queued and turn.parse.intent == "human_handoff":
        # A danger that is told of only now is called out as at the first asking.
        urgent = choice(turn) in person.URGENT
        return await person.request(turn, tools) if urgent else person.place(turn)
    return person.waiting(turn) if queued else person.silent(turn)
