"""Which body handles a case: area, kind and sub-kind → body, as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml
from pydantic import ConfigDict, TypeAdapter

from cases.districts import districts
from cases.errors import KindNotOffered
from cases.kinds.catalogue import machine_of
from cases.references import Kind
from core.errors import Invalid

ROUTING = Path(__file__).with_name("routing.yml")
REST = "*"
# Held back: staff decide who gets it.
NOBODY = ""


class FaultyRouting(Invalid):
    """The table of responsible bodies does not hold together."""


class AdapterKind(StrEnum):
    """How a body's system is spoken to: an interface, or a sheet exchanged by night."""

    HTTP = "http"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """Who handles cases: a district's platform or a body of the city.

    ``person`` says whether names and telephones are passed on; ``ask`` is the number to call about
    a number of its own, empty where none was checked.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    name: str
    adapter: AdapterKind
    person: bool = False
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """Bodies by id, and the routes to them: ``XF``, ``XF.claim`` or ``*`` → id or nobody.

    In the states that a kind ``waits`` in, staff have not handed it out yet.
    """

    bodies: Mapping[str, Body]
    everywhere: Mapping[str, str]
    areas: Mapping[str, Mapping[str, str]]
    waits: Mapping[str, tuple[str, ...]]

    def body(self, kind: str, sub_kind: str, area: str) -> Body | None:
        """Who handles such a case there; None where staff decide."""
        here = self.areas.get(area, {})
        names = (f"{kind}.{sub_kind}", kind)
        found = (routes[n] for n in names for routes in (here, self.everywhere) if n in routes)
        return self.bodies.get(next(found, here.get(REST, NOBODY)))

    def named(self, agency: str) -> Body | None:
        """The body that an office's name is the name, or the id, of."""
        wanted = agency.strip()
        return next((b for b in self.bodies.values() if wanted in {b.id, b.name}), None)


@cache
def routing() -> Routing:
    """The packaged table; raises ``FaultyRouting`` naming what is wrong."""
    return read_routing(ROUTING)


def read_routing(path: Path) -> Routing:
    """A table of bodies and routes; raises ``FaultyRouting``."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    bodies = TypeAdapter(list[Body]).validate_python(raw["bodies"])
    table = Routing(
        bodies={body.id: body for body in bodies},
        everywhere=raw["everywhere"],
        areas=raw["areas"],
        waits={kind: tuple(states) for kind, states in raw["waits"].items()},
    )
    faults = [*_faults_of_bodies(bodies), *_faults_of_routes(table), *_faults_of_waits(table)]
    if faults:
        raise FaultyRouting(f"{path.name}: {'; '.join(faults)}")
    return table


def _faults_of_bodies(bodies: list[Body]) -> Iterator[str]:
    for what in ("id", "name"):
        values = [getattr(body, what) for body in bodies]
        twice = sorted({value for value in values if values.count(value) > 1})
        yield from (f"{what} is there twice: {value}" for value in twice)


def _faults_of_routes(table: Routing) -> Iterator[str]:
    missing = districts().keys() - table.areas.keys()
    yield from (f"no route in area {area}" for area in sorted(missing))
    for area, routes in {"everywhere": table.everywhere, **table.areas}.items():
        if area != "everywhere" and area not in districts():
            yield f"no such area: {area}"
        if area != "everywhere" and REST not in routes:
            yield f"area {area} does not say who has the rest"
        for what, to in routes.items():
            if to != NOBODY and to not in table.bodies:
                yield f"{area}: no such body: {to}"
            if not _is_route(what):
                yield f"{area}: no such kind or sub-kind: {what}"


def _faults_of_waits(table: Routing) -> Iterator[str]:
    for kind, states in table.waits.items():
        known = machine_of(kind).open_states if _is_route(kind) else frozenset()
        yield from (f"waits: no such state of {kind}: {s}" for s in states if s not in known)


def _is_route(what: str) -> bool:
    if what == REST:
        return True
    kind, _, sub_kind = what.partition(".")
    if kind not in set(Kind):
        return False
    try:
        # Of kinds that are not handled here yet the sub-kinds are not known.
        return not sub_kind or sub_kind in machine_of(kind).sub_kind_labels
    except KindNotOffered:
        return True
