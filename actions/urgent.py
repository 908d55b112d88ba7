"""Danger to life and self-harm: the number to call first, then one thing to do."""

from __future__ import annotations

from actions.base import answer, choice
from actions.mentions import mentions
from actions.phrases import card, emergency_words
from core.ports import Tools
from core.turns import Outcome, Turn

NEXT_EMERGENCY = {"safe": "emergency_safe", "unsafe": "emergency_unsafe"}
NEXT_CRISIS = {"with_someone": "crisis_with_someone", "alone": "crisis_alone"}


async def emergency(turn: Turn, tools: Tools) -> Outcome:
    """Violence, fire, gas, someone collapsed: which number depends on the words."""
    key = NEXT_EMERGENCY.get(choice(turn) or "") or f"emergency_{danger(turn.parse.text)}"
    return answer(turn, card(key))


async def crisis(turn: Turn, tools: Tools) -> Outcome:
    """Thoughts of ending one's life; nobody is promised who is not on duty."""
    return answer(turn, card(NEXT_CRISIS.get(choice(turn) or "", "crisis")))


def danger(text: str) -> str:
    """The kind of danger a text speaks of, ``any`` when it does not say."""
    kinds = emergency_words().items()
    return next((kind for kind, words in kinds if mentions(text, words)), "any")
