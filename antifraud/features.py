"""What the classifier is told of a passage: named values, each kind with its own reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from antifraud.concepts import concepts, pairs, steps
from antifraud.evidence import Evidence
from antifraud.grams import grams, plain
from antifraud.signals import votes

# How far each kind of feature reaches; the pieces of a text reach this far all together.
PIECES, SIGN, RULES, CONCEPT, PAIR, STEP = 2.0, 0.35, 0.15, 0.3, 0.14, 0.7
RULES_MOST, VOTES_MOST = 8.0, 4.0
# A message that tells so many of a kind's steps tells most, or all of them.
MOST, ALL = 0.75, 1.0


def pieces(evidence: Evidence) -> frozenset[str]:
    """The pieces of text, which are no features yet: how rare each is decides what it is worth."""
    return frozenset(piece for _, piece in grams(plain(evidence)))


def named(evidence: Evidence) -> Mapping[str, float]:
    """Everything but the pieces; a name begins with a sign that no piece of two characters has.

    ``#`` is a sign of the catalogue, ``@`` a concept or two, ``%`` the steps of a kind, ``=`` what
    the signs vote for.
    """
    text = plain(evidence)
    spoken = concepts(text)
    values = {f"#sign {hit.signal.name}": SIGN for hit in evidence.hits}
    values |= {f"@one {name}": CONCEPT for name in spoken}
    values |= {f"@two {name}": PAIR for name in pairs(spoken)}
    values |= _steps(steps(text))
    values |= {
        f"=vote {kind}": STEP * min(weight, VOTES_MOST) / VOTES_MOST
        for kind, weight in votes(evidence.hits).items()
    }
    values["#rules"] = RULES * max(-RULES_MOST, min(RULES_MOST, evidence.odds))
    values["#bias"] = 1.0
    return values


def _steps(told: Mapping[str, float]) -> Mapping[str, float]:
    shares: Sequence[float] = sorted(told.values(), reverse=True)
    values = {f"%share {kind}": STEP * share for kind, share in told.items() if share}
    values |= {f"%square {kind}": STEP * share**2 for kind, share in told.items() if share}
    values |= {f"%most {kind}": STEP for kind, share in told.items() if share >= MOST}
    values |= {f"%all {kind}": STEP for kind, share in told.items() if share >= ALL}
    return values | {"%first": STEP * shares[0], "%second": STEP * shares[1]}
