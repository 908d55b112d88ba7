"""What a model that has seen little English may decide alone in it."""

from __future__ import annotations

from dataclasses import replace

from core.messages import Parse

URGENT = frozenset({"crisis", "emergency", "fraud_emergency"})
# Of 211 ordinary lines in tests/nlu/english_urgent.jsonl the model alone alarms at 80; from here
# on at 8, while it still finds more than half of the urgent ones, which the rules find anyway.
CERTAIN = 0.95


def weighed(model: Parse, rules: Parse) -> Parse:
    """The model's reading, unless it is unsure and the rules have found their words.

    An alarm that neither is sure of is no alarm; it stays in the ranking, so that it is among the
    choices when the dialogue asks back.
    """
    if model.confidence >= CERTAIN:
        return model
    if rules.confidence > 0.0:
        return replace(model, intent=rules.intent, confidence=rules.confidence)
    if model.intent not in URGENT:
        return model
    calm = next((pair for pair in model.ranking if pair[0] not in URGENT), (model.intent, 0.0))
    return replace(model, intent=calm[0], confidence=calm[1])
