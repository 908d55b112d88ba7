"""Every way through a pathway, one for each place and each answer that leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from actions.pathways.loading import pathways
from actions.pathways.spec import Day, Pathway
from actions.pathways.walk import UNKNOWN, Trail, follow

TODAY = date(2026, 11, 22)
# In time by every rule; months ago; years ago, out of time by every rule.
DAYS = ("2026-11-21", "2026-07-01", "2021-01-04", UNKNOWN)


def answers(trail: Trail) -> list[str]:
    """What can be answered where one stands."""
    node = trail.node
    if isinstance(node, Day):
        return list(DAYS)
    return list(node.answers)


def walks(pathway: Pathway) -> Iterator[Trail]:
    """Every path of answers from the start, at each of its places."""
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        given = waiting.pop()
        trail = follow(pathway, given, TODAY)
        yield trail
        waiting += [{**given, trail.at: answer} for answer in answers(trail)]


@cache
def places(name: str) -> tuple[Trail, ...]:
    """One trail for each node of a pathway, last answer and set of days told.

    What is said and what can follow depend on nothing else, so ways that differ only before are
    walked once here; ``walks`` walks them all.
    """
    found: dict[object, Trail] = {}
    waiting: list[dict[str, str]] = [{}]
    while waiting:
        given = waiting.pop()
        trail = follow(pathways()[name], given, TODAY)
        last = trail.answered[-1] if trail.answered else None
        key = (trail.at, last, tuple(sorted(trail.dates.items())))
        if key not in found:
            found[key] = trail
            waiting += [{**given, trail.at: answer} for answer in answers(trail)]
    return tuple(found.values())
