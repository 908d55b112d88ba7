"""Where someone stands on a pathway: worked out anew from what they answered, and from the day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from actions.pathways.clocks import is_over, told
from actions.pathways.loading import pathways
from actions.pathways.spec import Day, Node, Pathway, Step
from core.turns import Session, Walk

UNKNOWN = "unknown"
KEPT_FOR = timedelta(days=30)
# Then it is offered again, and no longer takes every word for an answer.
FRESH_FOR = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The way so far: ``passed`` nodes with what was answered, and ``at``, where one stands.

    A day that another node asked for is passed without an answer of its own.
    """

    pathway: Pathway
    answers: Mapping[str, str]
    passed: tuple[str, ...]
    at: str

    @property
    def node(self) -> Node:
        """The node one stands at."""
        return self.pathway.nodes[self.at]

    @property
    def answered(self) -> tuple[str, ...]:
        """The nodes passed by an answer, which “back” takes away one by one."""
        return tuple(name for name in self.passed if name in self.answers)

    @property
    def number(self) -> int:
        """Which step this is, or the next one is, counted from 1."""
        return 1 + sum(isinstance(self.pathway.nodes[name], Step) for name in self.passed)

    @property
    def dates(self) -> Mapping[str, str]:
        """The days told on the way, by node."""
        days = self.pathway.nodes
        return {n: self.answers[n] for n in self.answered if isinstance(days[n], Day)}


def follow(pathway: Pathway, answers: Mapping[str, str], today: date) -> Trail:
    """Go from the start as far as the answers lead; whatever does not belong is passed over."""
    at, passed = pathway.start, []
    while (following := _onward(pathway.nodes[at], at, answers, today)) is not None:
        if following in passed:
            break
        passed.append(at)
        at = following
    return Trail(pathway=pathway, answers=answers, passed=tuple(passed), at=at)


def answered(trail: Trail, name: str, value: str) -> dict[str, str]:
    """The answers with one more, or with one mended; what was said of later nodes stays."""
    return {**trail.answers, name: value}


def back(trail: Trail) -> dict[str, str] | None:
    """The answers without the last one of the way, None at the start."""
    if not trail.answered:
        return None
    last = trail.answered[-1]
    return {name: value for name, value in trail.answers.items() if name != last}


def ahead(trail: Trail, today: date) -> Iterator[str]:
    """The nodes of the usual way from here to the end, this one first."""
    name: str | None = trail.at
    seen: set[str] = set()
    while name is not None and name not in seen:
        seen.add(name)
        yield name
        node = trail.pathway.nodes[name]
        usual = next(iter(node.exits.values()), None)
        name = _onward(node, name, trail.answers, today) or usual


def walking(session: Session, now: datetime) -> Walk | None:
    """The walk that a session holds, if it is of the catalogue and not too old."""
    walk = session.walk
    if walk is None or walk.pathway not in pathways():
        return None
    return walk if now - datetime.fromisoformat(walk.touched_at) <= KEPT_FOR else None


def is_fresh(session: Session, now: datetime) -> bool:
    """Whether a walk is still in mind."""
    walk = walking(session, now)
    return walk is not None and now - datetime.fromisoformat(walk.touched_at) <= FRESH_FOR


def held(session: Session, name: str, answers: Mapping[str, str], now: datetime) -> Session:
    """The session with this walk in it."""
    walk = Walk(pathway=name, answers=dict(answers), touched_at=now.isoformat())
    return replace(session, walk=walk)


def _onward(node: Node, name: str, answers: Mapping[str, str], today: date) -> str | None:
    """The node that follows, None where an answer is missing."""
    if isinstance(node, Day):
        value = answers.get(node.uses or name)
        # A day that nobody asked for on this way is as good as unknown.
        return _by_day(node, value or UNKNOWN, today) if value or node.uses else None
    return node.exits.get(answers.get(name, ""))


def _by_day(node: Day, value: str, today: date) -> str | None:
    if node.rule is None:
        return node.to
    start = told(value)
    if start is None:
        return node.unknown
    return node.run_out if is_over(node.rule, start, today) else node.in_time
