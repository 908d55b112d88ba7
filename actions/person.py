"""Bringing a person in, and leaving the queue again."""

from __future__ import annotations

from dataclasses import replace

from actions.base import answer, choice, say
from actions.forms.draft import let_go
from actions.phrases import reply
from core.effects import LeaveQueue, RequestHandoff
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Turn

URGENT = frozenset({"fraud", "crisis", "emergency"})


async def request(turn: Turn, tools: Tools) -> Outcome:
    """Queue the conversation; ``{ticket.…}`` is filled once the place is known."""
    reason = choice(turn) or turn.session.last_intent or "citizen"
    wish = RequestHandoff(reason=reason, urgent=reason in URGENT)
    session = replace(let_go(turn.session), acknowledged=False)
    return answer(turn, reply("handoff_queued"), session=session, effects=[wish])


async def leave(turn: Turn, tools: Tools) -> Outcome:
    """Give the place in the queue up."""
    if turn.status is ConversationStatus.BOT:
        return say(turn, "handoff_not_waiting")
    return say(turn, "handoff_left", effects=[LeaveQueue()])


def waiting(turn: Turn) -> Outcome:
    """While queued: what is said is kept for staff and acknowledged once."""
    if turn.session.acknowledged:
        return Outcome(session=turn.session)
    return answer(turn, reply("handoff_waiting"), session=replace(turn.session, acknowledged=True))


def silent(turn: Turn) -> Outcome:
    """While a person holds the conversation the bot says nothing."""
    return Outcome(session=turn.session)
