"""What citizens type back to an urgent card, read as the button they could have pressed."""

from __future__ import annotations

from dataclasses import replace

from actions.base import CHOICE, answer
from actions.mentions import mentions, size
from actions.phrases import card, urgent_answer_words
from core.messages import Entity
from core.turns import ConversationStatus, Outcome, Turn

# A longer message tells something new and is read by itself.
LONGEST_ANSWER = 16


def read(turn: Turn) -> Turn:
    """The turn as if a button of the last card were pressed, if its words say so."""
    last, text = turn.session.last_intent or "", turn.parse.text
    if turn.status is ConversationStatus.ASSIGNED or size(text) > LONGEST_ANSWER:
        return turn
    kinds = urgent_answer_words().get(last, {}).items()
    argument = next((kind for kind, words in kinds if mentions(text, words)), None)
    if argument is None:
        return turn
    chosen = Entity(name=CHOICE, value=argument, start=0, end=len(text))
    return replace(
        turn, parse=replace(turn.parse, intent=last, confidence=1.0, entities=(chosen,))
    )


def ask_again(turn: Turn) -> Outcome:
    """Someone in need says little: never “I don't understand”, but the question again."""
    outcome = answer(turn, card(f"{turn.session.last_intent}_again"), session=turn.session)
    return replace(outcome, session=turn.session)
