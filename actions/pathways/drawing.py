"""The whole way as a timeline that channels draw."""

from __future__ import annotations

from datetime import date

from actions.pathways.clocks import count, told
from actions.pathways.spec import Step as Stop
from actions.pathways.walk import Trail, ahead
from actions.phrases import words
from core.messages import Step


def drawn(trail: Trail, today: date) -> tuple[Step, ...]:
    """Steps behind, the one at hand and the usual ones ahead, each with its cost and last day."""
    nodes = trail.pathway.nodes
    behind = [name for name in trail.passed if isinstance(nodes[name], Stop)]
    coming = [name for name in ahead(trail, today) if isinstance(nodes[name], Stop)]
    return tuple(
        _drawn(trail, name, number, done=name in behind)
        for number, name in enumerate([*behind, *coming], 1)
    )


def _drawn(trail: Trail, name: str, number: int, *, done: bool) -> Step:
    stop = trail.pathway.nodes[name]
    if not isinstance(stop, Stop):
        raise TypeError(name)
    rule = stop.latest
    start = told(trail.dates.get(rule.day or "", "")) if rule else None
    last = count(rule, start).last if rule and start else None
    key = "pathway_drawn_by" if last else "pathway_drawn"
    text = words(key, cost=stop.cost, **({"day": words("day_long").format(last)} if last else {}))
    return Step(at=words("pathway_number", number=number), label=stop.title, text=text, done=done)
