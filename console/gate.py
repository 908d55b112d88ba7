"""Who is at the door of a page, and what they brought."""

from __future__ import annotations

from aiohttp import web

from console import cookies, presence, sessions
from console.errors import NotAllowed
from console.keys import CLOCK, DATABASE
from console.permissions import Permission, may
from console.sessions import LoggedIn


async def logged_in(request: web.Request) -> LoggedIn:
    """Whoever holds this browser's token; raises ``NotLoggedIn``."""
    return await sessions.find(
        request.app[DATABASE], cookies.token(request), now=request.app[CLOCK]()
    )


async def allowed(request: web.Request, permission: Permission) -> LoggedIn:
    """The same, if their role includes it; raises ``NotAllowed``."""
    who = await logged_in(request)
    if not may(who.account.role, permission):
        raise NotAllowed
    return who


async def seen(request: web.Request, who: LoggedIn) -> None:
    """Note that they did something themselves; what their page asks by itself does not count."""
    await sessions.touch(request.app[DATABASE], who, now=request.app[CLOCK]())


async def open_page(request: web.Request, who: LoggedIn) -> None:
    """Note that a page of theirs is open and asks."""
    await presence.note(request.app[DATABASE], who, now=request.app[CLOCK]())


async def fields(request: web.Request, *names: str) -> list[str]:
    """These fields of a form in words, empty where missing; 400 for what is no form of ours."""
    try:
        form = await request.post()
    except (ValueError, LookupError):  # not the encoding it says it is
        raise web.HTTPBadRequest from None
    found = [form.get(name, "") for name in names]
    if not all(isinstance(value, str) for value in found):
        raise web.HTTPBadRequest
    return [str(value) for value in found]
