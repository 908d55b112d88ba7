"""When a reading is too weak to act on: dialogue and evaluation judge by the same rule."""

from __future__ import annotations

from core.messages import URGENT, Parse

# Shares between 0 and 1, chosen on nlu/gate.jsonl: of what they catch, one message in fifty,
# every other would be answered wrongly, and the first three intents hold the right one in four of
# five.
WEAK = 0.5
NARROW = 0.3
# How much must speak for danger before a citizen is asked whether they are safe; chosen by
# cross-validation, so that few ordinary messages ask for it (docs/adr/0013).
SUSPECTED = 0.18
# The same of a danger beside the one that an alarm is about: who was cheated of everything may want
# to die. It adds a line to a card, so it may be lower; by cross-validation, as the bound above.
BESIDE = 0.15


def too_weak(parse: Parse) -> bool:
    """Whether to ask back instead: the best intent is unlikely and hardly ahead of the second.

    A rule has found its words or nothing at all; a button says what it means.
    """
    if parse.parser != "rasa":
        return parse.confidence == 0.0
    second = parse.ranking[1][1] if len(parse.ranking) > 1 else 0.0
    return parse.confidence < WEAK and parse.confidence - second < NARROW


def worth_asking(parse: Parse) -> str | None:
    """The urgent intent that a citizen should be asked about, though no alarm of it is sounded."""
    if alarms(parse):
        return _beside(parse)
    if parse.suspected is None:
        return None
    intent, likely = parse.suspected
    return intent if likely >= SUSPECTED else None


def alarms(parse: Parse) -> bool:
    """Whether a reading is urgent and strong enough to act on."""
    return parse.intent in URGENT and not too_weak(parse)


def _beside(parse: Parse) -> str | None:
    others = [danger for danger in parse.dangers if danger[0] != parse.intent]
    intent, likely = max(others, key=lambda danger: danger[1], default=("", 0.0))
    return intent if likely >= BESIDE else None
