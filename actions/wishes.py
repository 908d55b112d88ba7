"""The second of two wishes in one message: kept in its own words, offered after the first."""

from __future__ import annotations

from dataclasses import replace

from actions.base import choice
from actions.forms.values import shortened
from actions.phrases import words
from core.effects import EraseMe, RequestHandoff
from core.messages import Message, QuickReply, Reply
from core.turns import Outcome, Pause, Session, Turn

WISH = "wish"
SHOWN = 24


def first(turn: Turn) -> Turn:
    """The turn with the first wish alone in its text; what is said of it stays in place."""
    parse = turn.parse
    if parse.second is None:
        return turn
    entities = tuple(e for e in parse.entities if e.end <= len(parse.first_text))
    # The vector was of all the words.
    said = replace(parse, text=parse.first_text, spelt="", entities=entities, vector=None)
    return replace(turn, parse=said)


def noted(turn: Turn, outcome: Outcome) -> Outcome:
    """The outcome with the second wish remembered; one is kept at a time."""
    if turn.parse.second is None or turn.parse.intent == turn.parse.second:
        return outcome
    session = replace(outcome.session, wish=turn.parse.second_text, wish_intent=turn.parse.second)
    return replace(outcome, session=session)


def offered(outcome: Outcome) -> Outcome:
    """Offer what is remembered, once nothing is being asked any more."""
    session = outcome.session
    leaves = any(isinstance(e, RequestHandoff | EraseMe) for e in outcome.effects)
    listening = session.form is not None and session.pause is None
    if session.wish is None or session.wish_intent is None or leaves or listening:
        return outcome
    urgent = any(reply.safety for reply in outcome.replies)
    if urgent or not outcome.replies:
        return outcome
    press = QuickReply(title=words("second_wish_press"), payload=f"{session.wish_intent}/{WISH}")
    text = words("second_wish", text=shortened(session.wish, SHOWN))
    return replace(
        outcome,
        replies=(*outcome.replies, Reply(text=text, quick_replies=(press,))),
        session=replace(session, wish_intent=None),
    )


def taken_up(message: Message, session: Session) -> tuple[Message, Session]:
    """The button of a second wish says its words; any other message stays what it is."""
    _, _, argument = (message.payload or "").partition("/")
    if argument != WISH or session.wish is None:
        return message, session
    # An open form must not take these words for an answer.
    pause = Pause.URGENT if session.form else None
    said = replace(message, text=session.wish, payload=None)
    return said, replace(session, wish=None, wish_intent=None, pause=pause)


def is_stale(turn: Turn) -> bool:
    """Whether the button of a second wish was pressed after its words were taken up."""
    return turn.message.payload is not None and choice(turn) == WISH
