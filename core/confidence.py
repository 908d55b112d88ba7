"""When a reading is too weak to act on: dialogue and evaluation judge by the same rule."""

from __future__ import annotations

from core.messages import URGENT, Parse

# Shares between 0 and 1, chosen on nlu/gate.jsonl: of what they catch, one message in fifty,
# every other would be answered wrongly, and the first three intents hold the right one in four of
# five.
WEAK = 0.5
NARROW = 0.3
# How much must speak for danger before a citizen is asked whether they are safe; chosen there too,
# so that of ordinary messages at most one in a hundred asks for it (docs/adr/0013).
SUSPECTED = 0.2


def too_weak(parse: Parse) -> bool:
    """Whether to ask back instead: the best intent is unlikely and hardly ahead of the second.

    A rule has found its words or nothing at all; a button says what it means.
    """
    if parse.parser != "rasa":
        return parse.confidence == 0.0
    second = parse.ranking[1][1] if len(parse.ranking) > 1 else 0.0
    return parse.confidence < WEAK and parse.confidence - second < NARROW


def worth_asking(parse: Parse) -> str | None:
    """The urgent intent that a citizen should be asked about first, though no alarm is sounded."""
    if parse.suspected is None or (parse.intent in URGENT and not too_weak(parse)):
        return None
    intent, likely = parse.suspected
    return intent if likely >= SUSPECTED else None
