"""A channel's door: what the web server must serve for it, and how it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from aiohttp import web

from bot.web.health import Check


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What the web server must serve for it, and what `/readyz` asks; both empty without it."""

    routes: Sequence[web.RouteDef] = ()
    checks: Mapping[str, Check] = field(default_factory=dict)


def side_by_side(*doors: Door) -> Door:
    """Several doors as one."""
    routes = [route for door in doors for route in door.routes]
    return Door(routes=routes, checks={k: v for door in doors for k, v in door.checks.items()})
