"""Asking instead of alarming: “are you safe?” before the ordinary answer, where danger is likely.

The question costs whoever is safe one line; it holds the numbers that whoever is not needs.
"""

from __future__ import annotations

from dataclasses import replace

from actions.forms.draft import draft_of
from actions.forms.reading import is_answer
from actions.mentions import made_of, mentions
from actions.phrases import card, urgent_words
from core.confidence import doubtful, otherwise, worth_asking
from core.messages import URGENT, Reply
from core.turns import ConversationStatus, Outcome, Turn

ANSWERED_BY = "emergency"
# An answer that names it already tells whoever has just paid what to do.
STOPS_PAYMENT = "110"


def added(turn: Turn, outcome: Outcome) -> Outcome:
    """The outcome with the question before it, if the message is worth one."""
    intent = worth_asking(turn.parse)
    if intent is None or not _may_ask(turn):
        return outcome
    if intent == "fraud_emergency" and any(STOPS_PAYMENT in r.text for r in outcome.replies):
        return outcome
    asked = card(f"check_{intent}")
    session = replace(outcome.session, asked_safe=intent)
    return replace(outcome, replies=_before(asked, outcome.replies), session=session)


def beside(turn: Turn, outcome: Outcome) -> Outcome:
    """An urgent card with the question about another danger below it, if much speaks for one.

    What is said next answers the card; “yes” to the question has its button.
    """
    intent = worth_asking(turn.parse)
    in_talk = turn.session.last_intent in URGENT or turn.status is ConversationStatus.ASSIGNED
    if intent is None or in_talk:
        return outcome
    asked = card(f"check_{intent}")
    *others, last = outcome.replies
    buttons = (*last.quick_replies, *asked.quick_replies)
    below = replace(asked, quick_replies=buttons)
    return replace(outcome, replies=(*others, replace(last, quick_replies=()), below))


def read(turn: Turn) -> Turn:
    """The turn as if the button of the question were pressed, if its words say “not safe”.

    Any other, if it was read as a danger in doubt, as what it is besides.
    """
    asked = turn.session.asked_safe
    fresh = replace(turn, session=replace(turn.session, asked_safe=None))
    if asked is None or turn.parse.parser == "payload" or not _says(turn, "unsafe"):
        return _asking(fresh)
    return replace(
        fresh, parse=replace(turn.parse, intent=asked, confidence=1.0, entities=(), ranking=())
    )


def says_safe(turn: Turn) -> bool:
    """Whether a message answers the question of the turn before with “safe” and nothing else."""
    return turn.session.asked_safe is not None and _says(turn, "safe")


def _asking(turn: Turn) -> Turn:
    """The turn without a danger that is in doubt, where that can be asked after instead."""
    if not doubtful(turn.parse) or not _may_ask(turn):
        return turn
    return replace(turn, parse=otherwise(turn.parse))


def _before(asked: Reply, replies: tuple[Reply, ...]) -> tuple[Reply, ...]:
    """The question first; its button with the last reply, whose buttons channels show."""
    if not replies:
        return (asked,)
    *others, last = replies
    buttons = (*asked.quick_replies, *last.quick_replies)
    return (replace(asked, quick_replies=()), *others, replace(last, quick_replies=buttons))


def _says(turn: Turn, kind: str) -> bool:
    known = urgent_words()
    words = known.answers[ANSWERED_BY][kind]
    text = turn.parse.text
    return mentions(text, words) and made_of(text, (*words, *known.light))


def _may_ask(turn: Turn) -> bool:
    """Not while a person reads along, nor in the middle of a card, nor about a form's answer."""
    if turn.parse.parser == "payload" or turn.status is ConversationStatus.ASSIGNED:
        return False
    if turn.session.last_intent in URGENT:
        return False
    draft = draft_of(turn.session)
    return draft is None or not is_answer(draft, turn.parse)
