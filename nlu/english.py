"""What a model that has seen little English may decide alone in it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from core.messages import URGENT, Parse

FILE = Path(__file__).with_name("english.yml")
# Of 211 ordinary lines in tests/nlu/english_urgent.jsonl the model alone alarms at 80; from here
# on, and with an alarming word, at 7. The urgent ones are mostly found by rules before.
CERTAIN = 0.95


def weighed(model: Parse, rules: Parse) -> Parse:
    """The model's reading, unless it is unsure and the rules have found their words.

    An alarm that nothing in the words bears out is no alarm; it stays in the ranking, so that it
    is among the choices when the dialogue asks back.
    """
    alarm = model.intent in URGENT
    if model.confidence >= CERTAIN and (not alarm or is_alarming(model.text)):
        return model
    if rules.confidence > 0.0:
        return replace(model, intent=rules.intent, confidence=rules.confidence)
    if not alarm:
        return model
    calm = next((pair for pair in model.ranking if pair[0] not in URGENT), (model.intent, 0.0))
    return replace(model, intent=calm[0], confidence=calm[1])


def is_alarming(text: str) -> bool:
    """Whether any word of danger, despair or fraud stands in an English text."""
    return _alarming().search(text.lower()) is not None


@cache
def _alarming() -> re.Pattern[str]:
    lists = yaml.safe_load(FILE.read_text(encoding="utf-8"))["alarming"]
    return re.compile(rf"\b(?:{'|'.join(word for words in lists for word in words)})")
