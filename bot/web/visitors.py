"""Who a visitor is: a random cookie, nothing else."""

from __future__ import annotations

import re
import secrets

from aiohttp import web

from bot.channels.web import NAME
from bot.web.keys import DATABASE, SECURE_COOKIES
from core.messages import Identity

COOKIE = "visitor"
KNOWN = web.RequestKey("visitor", str)
FORM = re.compile(r"[A-Za-z0-9_-]{43}")
YEAR = 365 * 24 * 3600


def visitor(request: web.Request) -> Identity:
    """The visitor of this request; a first-time one gets a new name, set by ``remember``."""
    known = request.get(KNOWN) or request.cookies.get(COOKIE, "")
    if not FORM.fullmatch(known):
        known = secrets.token_urlsafe(32)
    request[KNOWN] = known
    return Identity(channel=NAME, user_id=known)


def renew(request: web.Request) -> Identity:
    """A new name for a visitor who asked to be forgotten."""
    request[KNOWN] = secrets.token_urlsafe(32)
    return Identity(channel=NAME, user_id=request[KNOWN])


def remember(request: web.Request, response: web.StreamResponse) -> None:
    """Set the cookie of whoever this request turned out to be; before the headers are sent."""
    known = request.get(KNOWN)
    if known and known != request.cookies.get(COOKIE):
        response.set_cookie(
            COOKIE,
            known,
            max_age=YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.app[SECURE_COOKIES],
        )


def digest(request: web.Request, who: Identity) -> str:
    """The visitor's name as logs, limits and the bus may know it."""
    return request.app[DATABASE].vault.digest(who.channel, who.user_id)
