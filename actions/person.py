"""Bringing a person in, and leaving the queue again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.base import answer, choice, say
from actions.forms.draft import let_go
from actions.mentions import mentions
from actions.phrases import reply, words
from core.duty import Outlook, Presence
from core.effects import LeaveQueue, RequestHandoff
from core.knowledge import Hotline
from core.messages import Reply
from core.ports import Tools
from core.turns import ConversationStatus, Outcome, Turn

URGENT = frozenset({"fraud", "crisis", "emergency"})


async def request(turn: Turn, tools: Tools) -> Outcome:
    """Queue the conversation; ``{ticket.…}`` is filled once the place is known.

    Where nobody is there the citizen is told so, until when a person answers, and whom to call.
    """
    reason = choice(turn) or turn.session.last_intent or "citizen"
    urgent = reason in URGENT
    outlook = await tools.duty.outlook(reason, urgent=urgent, now=turn.now)
    wish = RequestHandoff(
        reason=reason, urgent=urgent, answer_by=outlook.answer_by, page_at=outlook.page_at
    )
    session = replace(let_go(turn.session), acknowledged=False)
    return answer(turn, _queued(outlook), session=session, effects=[wish])


async def leave(turn: Turn, tools: Tools) -> Outcome:
    """Give the place in the queue up; at night the bot answers whoever has one, too."""
    if turn.status is ConversationStatus.BOT and not await _has_place(turn, tools):
        return say(turn, "handoff_not_waiting")
    return say(turn, "handoff_left", effects=[LeaveQueue()])


async def cancel(turn: Turn, tools: Tools) -> Outcome:
    """Give up what was begun, or the place in the queue where that is meant."""
    named = mentions(turn.parse.text, words("handoff_words").split())
    if choice(turn) == "queue" or (named and await _has_place(turn, tools)):
        return await leave(turn, tools)
    return say(turn, "cancel")


def place(turn: Turn) -> Outcome:
    """While queued: asked again, the place as it is now. Whoever has one takes no other."""
    wish = RequestHandoff(reason="citizen")
    return answer(turn, reply("handoff_place"), session=turn.session, effects=[wish])


def waiting(turn: Turn) -> Outcome:
    """While queued: what is said is kept for staff and acknowledged once."""
    if turn.session.acknowledged:
        return Outcome(session=turn.session)
    return answer(turn, reply("handoff_waiting"), session=replace(turn.session, acknowledged=True))


def silent(turn: Turn) -> Outcome:
    """While a person holds the conversation the bot says nothing."""
    return Outcome(session=turn.session)


async def _has_place(turn: Turn, tools: Tools) -> bool:
    return await tools.duty.has_place(turn.conversation_id)


def told_lines(lines: Sequence[Hotline]) -> str:
    """The numbers to call meanwhile, as a sentence; empty without any."""
    told = [words("legal_phone_one", number=h.number, name=h.name) for h in lines]
    return words("handoff_lines", lines=words("phone_separator").join(told)) if told else ""


def _queued(outlook: Outlook) -> Reply:
    """What is said of the place: that it is had, or until when somebody answers, or who is called."""
    lines = told_lines(outlook.lines)
    if outlook.presence is Presence.ON_CALL:
        return reply("handoff_on_call", lines=lines)
    if outlook.answer_by is not None:
        return reply("handoff_promised", lines=lines)
    there = outlook.presence is Presence.THERE
    return reply("handoff_queued_there" if there else "handoff_queued")
