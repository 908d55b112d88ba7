"""The staff console as an application of its own, mounted under ``/console``."""

from __future__ import annotations

from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from console import chat_pages, duty_pages, pages
from console.keys import CLOCK, DATABASE, PASSWORDS, SECURE_COOKIES
from console.middleware import add_headers, errors
from console.passwords import Passwords
from core.clock import Clock
from db.engine import Database

HERE = Path(__file__).parent


def setup(
    app: web.Application,
    *,
    db: Database,
    clock: Clock,
    secure_cookies: bool = False,
    passwords: Passwords | None = None,
) -> None:
    """Mount the console in an application that refuses other sites' posts and sets a CSP.

    It has its own templates, which do not meet those of the application around it.
    """
    console = web.Application(middlewares=[errors])
    console[DATABASE] = db
    console[CLOCK] = clock
    console[PASSWORDS] = passwords or Passwords()
    console[SECURE_COOKIES] = secure_cookies
    aiohttp_jinja2.setup(
        console,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    console.router.add_routes(_routes())
    console.on_response_prepare.append(add_headers)
    console.on_cleanup.append(_close)
    app.add_subapp(pages.HOME, console)


async def _close(console: web.Application) -> None:
    console[PASSWORDS].close()


def _routes() -> list[web.AbstractRouteDef]:
    return [
        web.get("", pages.home),
        web.get("/queue", pages.queue),
        web.get("/pictures/{label}/{id}", pages.picture),
        web.get("/chats/{label}", chat_pages.show),
        web.post("/chats/{label}/news", chat_pages.news),
        web.post("/chats/{label}/reply", chat_pages.reply),
        web.post("/chats/{label}/claim", chat_pages.claim),
        web.post("/chats/{label}/return", chat_pages.give_back),
        web.post("/chats/{label}/pass", chat_pages.pass_on),
        web.post("/chats/{label}/close", chat_pages.close),
        web.get("/duty", duty_pages.show),
        web.post("/duty", duty_pages.save),
        web.post("/login", pages.log_in),
        web.post("/logout", pages.log_out),
        web.static("/static", HERE / "static"),
    ]
