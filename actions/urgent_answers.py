"""What citizens type back to an urgent card, read as the button they could have pressed."""

from __future__ import annotations

from dataclasses import replace

from actions.base import CHOICE, answer
from actions.mentions import made_of, mentions, size
from actions.phrases import card, urgent_words
from core.messages import Entity
from core.turns import ConversationStatus, Outcome, Turn

# A longer message tells something new and is read by itself.
LONGEST_ANSWER = 16


def read(turn: Turn, *, alarming: bool = False) -> Turn:
    """The turn as if a button of the last card were pressed, if its words say so.

    ``alarming``: by itself the message says something urgent or new, so only an answer
    and nothing else is taken for one: not “走了又回来了”, not “有人拿刀”.
    """
    last, text = turn.session.last_intent or "", turn.parse.text
    if turn.status is ConversationStatus.ASSIGNED or size(text) > LONGEST_ANSWER:
        return turn
    known = urgent_words()
    kinds = known.answers.get(last, {}).items()
    found = next(((kind, words) for kind, words in kinds if mentions(text, words)), None)
    if found is None:
        return turn
    argument, words = found
    strict = alarming or argument in known.reassuring
    if strict and not made_of(text, (*words, *known.light)):
        return turn
    chosen = Entity(name=CHOICE, value=argument, start=0, end=len(text))
    return replace(
        turn, parse=replace(turn.parse, intent=last, confidence=1.0, entities=(chosen,))
    )


def begins_anew(text: str) -> bool:
    """Whether what the first card was about is happening once more: “他又打来叫我转”."""
    return mentions(text, urgent_words().anew)


def ask_again(turn: Turn) -> Outcome:
    """Someone in need says little: never “I don't understand”, but the question again."""
    outcome = answer(turn, card(f"{turn.session.last_intent}_again"), session=turn.session)
    return replace(outcome, session=turn.session)
