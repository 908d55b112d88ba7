"""The console's pages: the login, the queue, and the way out."""

from __future__ import annotations

from typing import Any

import aiohttp_jinja2
from aiohttp import web

from console import accounts, chats, cookies, gate, sessions, waiting
from console.errors import LoginRefused, LoginsBusy, NotLoggedIn
from console.keys import CLOCK, DATABASE, PASSWORDS, UPLOADS
from console.models import NAME_LENGTH
from console.passwords import LONGEST
from console.permissions import Permission, may
from console.sessions import LoggedIn
from console.wording import error_message, wording
from core.clock import SUZHOU
from core.errors import AppError, http_status

HOME = "/console"


async def home(request: web.Request) -> web.StreamResponse:
    """The queue for whoever is logged in, else the login."""
    token = cookies.token(request)
    try:
        who = await gate.logged_in(request)
    except NotLoggedIn as error:
        return _login_page(request, error if token else None)
    await gate.seen(request, who)
    context = {
        "name": who.account.name,
        "role": wording()["roles"][who.account.role],
        "may_see_queue": may(who.account.role, Permission.SEE_QUEUE),
        "may_see_duty": may(who.account.role, Permission.SEE_DUTY),
    }
    if context["may_see_queue"]:
        context |= await _queue(request, who)
    return aiohttp_jinja2.render_template("home.html", request, context)


async def queue(request: web.Request) -> web.StreamResponse:
    """The queue alone, which the open page asks for now and then.

    It asks by itself: the session does not last longer for that, but somebody is there.
    """
    who = await gate.allowed(request, Permission.SEE_QUEUE)
    await gate.open_page(request, who)
    return aiohttp_jinja2.render_template("_queue.html", request, await _queue(request, who))


async def picture(request: web.Request) -> web.StreamResponse:
    """A picture that a citizen has sent, to whoever may read the chat."""
    who = await gate.allowed(request, Permission.SEE_QUEUE)
    chat = await chats.readable(request.app[DATABASE], who.account, request.match_info["label"])
    found = await request.config_dict[UPLOADS].show_staff(
        chat.conversation_id, request.match_info["id"]
    )
    return web.Response(body=found.content, content_type=found.mime)


async def log_in(request: web.Request) -> web.StreamResponse:
    """Check name and password; lead to the queue, or show the login again with the reason."""
    name, password = await gate.fields(request, "name", "password")
    db, now = request.app[DATABASE], request.app[CLOCK]()
    try:
        account = await accounts.log_in(
            db, request.app[PASSWORDS], name=name, password=password, now=now
        )
    except (LoginRefused, LoginsBusy) as error:
        return _login_page(request, error, name=name)
    # Whoever had this browser before is out, and a token planted in it is worth nothing.
    await sessions.revoke(db, cookies.token(request), now=now)
    response = web.Response(status=303, headers={"Location": HOME})
    cookies.give(request, response, await sessions.start(db, account, now=now))
    return response


async def log_out(request: web.Request) -> web.StreamResponse:
    """End the session; also without one it leads to the login."""
    await sessions.revoke(request.app[DATABASE], cookies.token(request), now=request.app[CLOCK]())
    response = web.Response(status=303, headers={"Location": HOME})
    cookies.take(response)
    return response


async def _queue(request: web.Request, who: LoggedIn) -> dict[str, Any]:  # Any: a template's names
    now = request.app[CLOCK]()
    found = await waiting.queue(request.app[DATABASE], who.account, now=now)
    return {
        "lines": found.lines,
        "waiting": found.counts.waiting,
        "urgent": found.counts.urgent,
        "served": found.counts.served,
        "more": found.more,
        "at": now.astimezone(SUZHOU).strftime("%H:%M"),
    }


def _login_page(request: web.Request, error: AppError | None, name: str = "") -> web.Response:
    context = {
        "name": name[:NAME_LENGTH],
        "longest_name": NAME_LENGTH,
        "longest_password": LONGEST,
        "problem": error_message(type(error).__name__) if error else "",
        "wrong": isinstance(error, LoginRefused),
    }
    status = 200 if error is None or isinstance(error, NotLoggedIn) else http_status(error)
    response = aiohttp_jinja2.render_template("login.html", request, context, status=status)
    if isinstance(error, NotLoggedIn):
        cookies.take(response)
    return response
