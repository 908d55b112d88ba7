"""What the handlers may ask the endpoint's application for, by type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from bot.web.limits import Limiter
from cases.open311.desk import Open311Desk
from core.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the endpoint tells of itself: its address, whom to ask, whether it is no test.

    ``site`` is where the addresses of pages begin.
    """

    url: str
    site: str
    contact: str
    live: bool


DESK = web.AppKey("desk", Open311Desk)
CLOCK = web.AppKey[Clock]("clock")
AREA_IN = web.AppKey[Callable[[str], str | None]]("area_in")
LIMITER = web.AppKey("limiter", Limiter)
ABOUT = web.AppKey("about", About)
