"""The signs of fraud: read from data, compiled once, looked for in a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import yaml

SIGNALS = Path(__file__).with_name("signals.yml")
ENGLISH = Path(__file__).with_name("signals_en.yml")
CALM = "calm"
# The parts of the catalogue whose signs other readers find.
MARKED = ("links", "phones", "accounts", "apps", "disguises", "learned")
_GAP = "[^。!?\\n]{0,14}?"
_CLAUSE_END = re.compile(r"[。,!?;\n]")
_LOOK_BACK = 18
_MAX_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """One sign: how much it adds to the log-odds, for which kinds of fraud it votes, and why."""

    name: str
    group: str
    weight: float
    votes: Mapping[str, float]
    meaning: str
    plain: bool = False
    pattern: re.Pattern[str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where a sign was found, by span in the folded text."""

    signal: Signal
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Combo:
    """Groups that mean more together than apart."""

    groups: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that ``signals.yml`` says; ``marks`` are signs that other readers find."""

    signals: Sequence[Signal]
    marks: Mapping[str, Signal]
    combos: Sequence[Combo]
    hooks: frozenset[str]
    bias: float
    scam_from: float
    suspicious_from: float
    negator: re.Pattern[str]
    asking: re.Pattern[str]

    @classmethod
    def load(cls, path: Path = SIGNALS, english: Path = ENGLISH) -> Self:
        """Read and compile the catalogue; a faulty pattern raises ``re.error``."""
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        more = yaml.load(english.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        marks = (_signal(row) for part in MARKED for row in data[part])
        return cls(
            signals=tuple(
                _signal(row, more["patterns"].get(row["name"], ())) for row in data["signals"]
            ),
            marks={mark.name: mark for mark in marks},
            combos=tuple(
                Combo(groups=frozenset(c["groups"]), weight=c["weight"]) for c in data["combos"]
            ),
            hooks=frozenset(data["hooks"]),
            bias=data["bias"],
            scam_from=data["thresholds"]["scam"],
            suspicious_from=data["thresholds"]["suspicious"],
            negator=re.compile(f"{data['negators']}|{more['negators']}"),
            asking=re.compile(f"{data['asking']}|{more['asking']}"),
        )

    def find(self, text: str) -> Sequence[Hit]:
        """The first place of each sign that is not denied or warned of there."""
        return tuple(self._hits(text))

    def _hits(self, text: str) -> Iterator[Hit]:
        for signal in self.signals:
            span = self._first_span(signal, text)
            if span is not None:
                yield Hit(signal=signal, start=span[0], end=span[1])

    def _first_span(self, signal: Signal, text: str) -> tuple[int, int] | None:
        if signal.pattern is None:
            return None
        for tried, match in enumerate(signal.pattern.finditer(text)):
            if tried == _MAX_TRIES:
                break
            if signal.plain or not self._is_denied(text, match.start()):
                return match.span()
        return None

    def _is_denied(self, text: str, start: int) -> bool:
        """Whether a “do not” or “beware of” stands before the words in their clause."""
        before = text[max(0, start - _LOOK_BACK) : start]
        clause = _CLAUSE_END.split(before)[-1]
        # A negator may reach into the match: 不要 before a sign that begins with 要.
        denial = self.negator.search(clause + text[start : start + 2])
        return denial is not None and denial.start() < len(clause)


def total(hits: Sequence[Hit], catalogue: Catalogue) -> float:
    """The log-odds of fraud: bias, weights, and what groups add together.

    Signs that speak against fraud count only a quarter when the text holds a hook (a link or a
    private contact), because scammers paste warnings and verification texts into their own.
    """
    groups = frozenset(hit.signal.group for hit in hits)
    calm_share = 0.25 if groups & catalogue.hooks else 1.0
    weights = (
        hit.signal.weight * (calm_share if hit.signal.group == CALM else 1.0) for hit in hits
    )
    together = (combo.weight for combo in catalogue.combos if combo.groups <= groups)
    return catalogue.bias + sum(weights) + sum(together)


def votes(hits: Sequence[Hit]) -> Mapping[str, float]:
    """How strongly the signs point to each kind of fraud."""
    counts: dict[str, float] = {}
    for hit in hits:
        for key, weight in hit.signal.votes.items():
            counts[key] = counts.get(key, 0.0) + weight
    return counts


def _signal(row: Mapping[str, Any], more: Sequence[str] = ()) -> Signal:  # Any: YAML
    patterns = [*row.get("patterns", ()), *more]
    joined = "|".join(f"(?:{p.replace('~', _GAP)})" for p in patterns) if patterns else None
    return Signal(
        name=row["name"],
        group=row["group"],
        weight=row["weight"],
        votes=row.get("types") or {},
        meaning=row.get("meaning", ""),
        plain=row.get("plain", False),
        pattern=re.compile(joined) if joined else None,
    )
