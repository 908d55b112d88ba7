"""Two wishes in one message: where it is cut, and when the cut is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from core.confidence import too_weak
from core.messages import URGENT, Parse
from nlu.text.normalise import says_nothing

FILE = Path(__file__).with_name("wishes.yml")
EDGES = " ，,、。；;：:！!？?\n"
# A clause that asks at once, in its first characters, opens a matter of its own.
BEGINNING = 4
# They carry no wish of their own.
NO_WISH = frozenset(
    {"inform", "affirm", "deny", "followup", "repeat", "out_of_scope", "greet", "thanks"}
    | {"goodbye", "feedback", "cancel", "help", "change_language"}
)
# The whole message belongs to them.
WHOLE = frozenset({"fraud_check", "zero_report"} | URGENT)
# Without a word that opens another matter these mostly ask on: “去哪里投诉？”, “要多少钱？”; and
# after a mere stop two questions of law are mostly about one matter.
LAW = "legal_"
VAGUE = frozenset(
    {"find_office", "hotline", "pathway", "calculate", "document_request", "legal_litigation"}
)


class Marker(StrEnum):
    """What stands between two wishes: words for another matter, words that also go on, a stop."""

    STRONG = "strong"
    WEAK = "weak"
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A text in two: ``first`` begins it, ``second`` stands at ``at``; the marker is in neither."""

    first: str
    second: str
    at: int
    by: Marker


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A part as the model read it, and the intent that the rules find in it."""

    parse: Parse
    by_rules: str | None

    @property
    def sure(self) -> bool:
        """Whether the reading can be believed: a rule finding the same intent is enough."""
        return self.parse.intent == self.by_rules or not too_weak(self.parse)


def split(text: str) -> Parts | None:
    """Where a message may hold a second wish, by its words alone; None for most messages."""
    shape = _shape()
    if len(text) > shape.longest:
        return None
    for cut in (*_strong(text), *_weak(text), *_stops(text)):
        rest = text[cut.end :].lstrip(EDGES)
        first, second = text[: cut.start].rstrip(EDGES), rest.rstrip(EDGES)
        fits = len(first) >= shape.fewest <= len(second) <= shape.longest_second
        if fits and not says_nothing(second):
            return Parts(first=first, second=second, at=len(text) - len(rest), by=cut.by)
    return None


def joined(text: str, parts: Parts, first: Reading, second: Reading) -> Parse:
    """One reading of the whole text from those of its parts.

    If both are surely read and want different things, it is the first with the second beside it;
    else the surer of the two. A danger in either part is the danger of the whole.
    """
    moved = tuple(
        replace(e, start=e.start + parts.at, end=e.end + parts.at) for e in second.parse.entities
    )
    entities = (*first.parse.entities, *moved)
    if _are_two(parts, first, second):
        return replace(
            first.parse,
            text=text,
            entities=entities,
            first_text=parts.first,
            second=second.parse.intent,
            second_text=parts.second,
        )
    readings = (first, second)
    urgent = [r for r in readings if r.parse.intent in URGENT and r.sure]
    wishes = [r for r in readings if r.parse.intent not in NO_WISH]
    surest = max(urgent or wishes or readings, key=lambda r: r.parse.confidence)
    # The vector was that of a part.
    return replace(surest.parse, text=text, entities=entities, vector=None)


def _are_two(parts: Parts, first: Reading, second: Reading) -> bool:
    one, other = first.parse.intent, second.parse.intent
    if one == other or one in NO_WISH | WHOLE | {"human_handoff"} or other in NO_WISH | WHOLE:
        return False
    if parts.by is not Marker.STRONG and other in VAGUE:
        return False
    if parts.by is Marker.STOP and one.startswith(LAW) and other.startswith(LAW):
        return False
    return first.sure and second.sure


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cut:
    """What lies between two wishes: the first ends at ``start``, the second begins at ``end``."""

    start: int
    end: int
    by: Marker


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """The patterns of ``wishes.yml`` and its numbers, which count characters."""

    strong: tuple[re.Pattern[str], ...]
    weak: tuple[re.Pattern[str], ...]
    stops: tuple[re.Pattern[str], ...]
    asks: re.Pattern[str]
    fewest: int
    longest_second: int
    longest: int


def _strong(text: str) -> list[_Cut]:
    """At words that open another matter."""
    return _cuts(_shape().strong, text, Marker.STRONG)


def _weak(text: str) -> list[_Cut]:
    """At words that also go on with the same matter: where both parts ask, or the second at once."""
    return [
        cut
        for cut in _cuts(_shape().weak, text, Marker.WEAK)
        if _asks(text[cut.end : cut.end + BEGINNING])
        or (_asks(text[: cut.start]) and _asks(text[cut.end :]))
    ]


def _stops(text: str) -> list[_Cut]:
    """Between two sentences that both ask for something."""
    return [
        cut
        for cut in _cuts(_shape().stops, text, Marker.STOP)
        if _asks(text[: cut.end]) and _asks(text[cut.end :])
    ]


def _cuts(patterns: tuple[re.Pattern[str], ...], text: str, by: Marker) -> list[_Cut]:
    """Where the patterns match; what they call ``mark`` belongs to neither part."""
    return [
        _Cut(start=found.start(), end=_end(found), by=by)
        for pattern in patterns
        for found in pattern.finditer(text)
    ]


def _end(found: re.Match[str]) -> int:
    return found.end("mark") if "mark" in found.re.groupindex else found.start()


def _asks(text: str) -> bool:
    return _shape().asks.search(text) is not None


@cache
def _shape() -> _Shape:
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    kinds = {
        kind: tuple(re.compile(pattern) for pattern in data.pop(kind))
        for kind in ("strong", "weak", "stops")
    }
    return _Shape(**{**data, **kinds, "asks": re.compile(data["asks"])})
