"""When a reading is too weak to act on: dialogue and evaluation judge by the same rule."""

from __future__ import annotations

from dataclasses import replace

from core.messages import URGENT, Parse

# Shares between 0 and 1, chosen on nlu/gate.jsonl: of what they catch, one message in fifty,
# every other would be answered wrongly, and the first three intents hold the right one in four of
# five.
WEAK = 0.5
NARROW = 0.3
# How much must speak for danger before a citizen is asked whether they are safe; chosen by
# cross-validation, so that few ordinary messages ask for it (docs/adr/0013).
SUSPECTED = 0.18
# The same of a danger by itself that is mostly told in veiled words.
VEILED = {"crisis": 0.15}
# The same of a danger beside the one that an alarm is about: who was cheated of everything may want
# to die. It adds a line to a card, so it may be lower; by cross-validation, as the bounds above.
BESIDE = 0.12
# How much must speak for a danger before its card comes unasked; below, cards were wrong more often
# than right, by cross-validation (docs/adr/0033). Of the other dangers' cards no minute may be lost.
PLAIN = {"crisis": 0.55}


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
    if doubtful(parse):
        return parse.intent
    if alarms(parse):
        return _beside(parse)
    if parse.suspected is not None and parse.suspected[1] >= SUSPECTED:
        return parse.suspected[0]
    alone = dict(parse.dangers)
    return next((name for name, bound in VEILED.items() if alone.get(name, 0.0) >= bound), None)


def doubtful(parse: Parse) -> bool:
    """Whether a danger was read for which little speaks: it is asked after before it is alarmed of.

    Not where another danger is the next best reading: then one of the two is likely.
    """
    plain = PLAIN.get(parse.intent, 0.0)
    likely = dict(parse.dangers).get(parse.intent, plain)
    others = _others(parse)
    return likely < plain and bool(others) and others[0][0] not in URGENT


def otherwise(parse: Parse) -> Parse:
    """What a doubtful reading is if its danger is none; the danger becomes a suspicion."""
    others = _others(parse)
    left = max(1.0 - dict(parse.ranking).get(parse.intent, 0.0), others[0][1])
    ranking = tuple((name, share / left) for name, share in others)
    (intent, confidence), danger = ranking[0], (parse.intent, 1.0)
    return replace(parse, intent=intent, confidence=confidence, ranking=ranking, suspected=danger)


def alarms(parse: Parse) -> bool:
    """Whether a reading is urgent and strong enough to act on."""
    return parse.intent in URGENT and not too_weak(parse)


def _others(parse: Parse) -> tuple[tuple[str, float], ...]:
    return tuple(rival for rival in parse.ranking if rival[0] != parse.intent)


def _beside(parse: Parse) -> str | None:
    others = [danger for danger in parse.dangers if danger[0] != parse.intent]
    intent, likely = max(others, key=lambda danger: danger[1], default=("", 0.0))
    return intent if likely >= BESIDE else None
