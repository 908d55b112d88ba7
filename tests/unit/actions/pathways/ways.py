"""Every way through a pathway, one for each place and each answer that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from actions.pathways.spec import Day, Gate, Pathway
from actions.pathways.walk import UNKNOWN, Trail, follow

TODAY = date(2026, 11, 22)
# In time by every rule; months ago; years ago, out of time by every rule.
DAYS = ("2026-11-21", "2026-07-01", "2021-01-04", UNKNOWN)


def answers(trail: Trail) -> list[str]:
    """What can be answered where one stands."""
    node = trail.node
    if isinstance(node, Day):
        return list(DAYS)
    return list(node.answers if isinstance(node, Gate) else node.outcomes)


def walks(pathway: Pathway) -> Iterator[Trail]:
    """Every path of answers from the start, at each of its places."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        given = waiting.pop()
        trail = follow(pathway, given, TODAY)
        yield trail
        waiting += [{**given, trail.at: answer} for answer in answers(trail)]


def places(pathway: Pathway) -> list[Trail]:
    """One trail for each node, last answer and set of days told: what is said depends on these."""
    found: dict[object, Trail] = {}
    for trail in walks(pathway):
        last = trail.answered[-1] if trail.answered else None
        found.setdefault((trail.at, last, tuple(sorted(trail.dates.items()))), trail)
    return list(found.values())
