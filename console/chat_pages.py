"""The page of one chat: read, take, answer, hand on, close; and what its page asks again and again."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp_jinja2
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from actions.phrases import reply_in
from console import accounts, chats, gate
from console.chats import View
from console.errors import NoSuchColleague, NoWords, TooLong
from console.keys import CLOCK, DATABASE, WAKE
from console.permissions import Permission
from console.sessions import LoggedIn
from console.wording import error_message, refusal
from core.errors import AppError, Invalid, http_status
from core.messages import Reply
from db.encryption import Vault
from handoff import leases, steps
from handoff.errors import NeverAsked, NotTaken
from handoff.queue import number_of
from handoff.steps import Step, Words

QUEUE = "/console"
# What a citizen reads at once, and any channel carries.
LONGEST = 2000
LONGEST_KEY = 64
LONGEST_NUMBER = 9

Work = Callable[[AsyncSession, Vault, Step], Awaitable[object]]


async def show(request: web.Request) -> web.StreamResponse:
    """The whole page; ``?before=`` shows what was said before that number."""
    who = await gate.allowed(request, Permission.SEE_QUEUE)
    await gate.seen(request, who)
    return await _page(request, who)


async def news(request: web.Request) -> web.StreamResponse:
    """What is new for an open page; the page of whoever has the chat keeps it by asking."""
    who = await gate.allowed(request, Permission.SEE_QUEUE)
    (after,) = await gate.fields(request, "after")
    await gate.open_page(request, who)
    return await _news(request, who, after)


async def reply(request: web.Request) -> web.StreamResponse:
    """Send an answer once, however often its form arrives."""
    who = await gate.allowed(request, Permission.SERVE)
    text, once, after, live = await gate.fields(request, "text", "once", "after", "live")
    await gate.seen(request, who)
    said = text.replace("\r\n", "\n").strip()

    async def work(session: AsyncSession, vault: Vault, step: Step) -> None:
        await steps.reply(session, vault, step, [Reply(text=said)], once=once[:LONGEST_KEY])

    try:
        _check(said)
        await _take(request, who, work)
    except (Invalid, NotTaken) as error:
        if live:
            return await _news(request, who, after, error)
        return await _page(request, who, error, text)
    if live:
        return await _news(request, who, after)
    return _to(f"{QUEUE}/chats/{request.match_info['label']}")


async def claim(request: web.Request) -> web.StreamResponse:
    """Take a chat that waits, and see it."""
    who = await gate.allowed(request, Permission.SERVE)
    told = _told("handoff_taken", agent=who.account.name)
    await _step(request, who, lambda session, vault, step: steps.claim(session, vault, step, told))
    return _to(f"{QUEUE}/chats/{request.match_info['label']}")


async def give_back(request: web.Request) -> web.StreamResponse:
    """Put it back near the head of the queue."""
    who = await gate.allowed(request, Permission.SERVE)
    told = _told("handoff_given_back")
    await _step(
        request, who, lambda session, vault, step: steps.give_back(session, vault, step, told)
    )
    return _to(QUEUE)


async def pass_on(request: web.Request) -> web.StreamResponse:
    """Hand it to a colleague by name."""
    who = await gate.allowed(request, Permission.SERVE)
    (to,) = await gate.fields(request, "to")
    if to == who.account.name or to not in await accounts.serving(request.app[DATABASE]):
        raise NoSuchColleague
    told = _told("handoff_passed", agent=to)
    await _step(
        request, who, lambda session, vault, step: steps.pass_on(session, vault, step, to, told)
    )
    return _to(QUEUE)


async def close(request: web.Request) -> web.StreamResponse:
    """End it; the bot answers again."""
    who = await gate.allowed(request, Permission.SERVE)
    told = _told("handoff_closed")
    await _step(request, who, lambda session, vault, step: steps.close(session, vault, step, told))
    return _to(QUEUE)


async def _step(request: web.Request, who: LoggedIn, work: Work) -> None:
    """A step with what the page showed when it was decided."""
    (seen,) = await gate.fields(request, "seen")
    await gate.seen(request, who)
    await _take(request, who, work, seen=_number(seen))


async def _take(
    request: web.Request, who: LoggedIn, work: Work, *, seen: int | None = None
) -> None:
    db, now = request.app[DATABASE], request.app[CLOCK]()
    label = request.match_info["label"]
    number = number_of(label)
    step = Step(number=number or 0, agent=who.account.name, at=now, seen=seen)
    async with db.write() as session:
        await work(session, db.vault, step)
    request.config_dict.get(WAKE, _nobody)()


async def _page(
    request: web.Request, who: LoggedIn, error: AppError | None = None, text: str = ""
) -> web.Response:
    db, now = request.app[DATABASE], request.app[CLOCK]()
    chat = await chats.readable(db, who.account, request.match_info["label"])
    older_than = _number(request.query.get("before", ""))
    view = await chats.view(db, who.account, chat, now=now, older_than=older_than)
    context = {
        **await _context(request, who, view, error),
        "name": who.account.name,
        "text": text,
        "older": older_than is not None,
        "more": chats.has_more(view.lines),
    }
    return aiohttp_jinja2.render_template("chat.html", request, context, status=_status(error))


async def _news(
    request: web.Request, who: LoggedIn, after: str, error: AppError | None = None
) -> web.Response:
    db, now = request.app[DATABASE], request.app[CLOCK]()
    chat = await chats.readable(db, who.account, request.match_info["label"])
    if chat.agent == who.account.name and leases.is_due(chat.lease_until, now=now):
        async with db.write() as session:
            await leases.renew(session, chat.number, agent=who.account.name, now=now)
    view = await chats.news(db, who.account, chat, now=now, seq=_number(after) or 0)
    context = {**await _context(request, who, view, error), "text": ""}
    return aiohttp_jinja2.render_template("_news.html", request, context, status=_status(error))


async def _context(
    request: web.Request, who: LoggedIn, view: View, error: AppError | None
) -> dict[str, Any]:  # Any: a template's names
    others = []
    if view.mine:
        serving = await accounts.serving(request.app[DATABASE])
        others = [name for name in serving if name != who.account.name]
    return {
        "view": view,
        "card": view.card,
        "colleagues": others,
        "once": secrets.token_urlsafe(16),
        "problem": _problem(error),
        "longest": LONGEST,
        "patience": int(leases.PATIENCE.total_seconds() // 60),
    }


def _check(said: str) -> None:
    if not said:
        raise NoWords
    if len(said) > LONGEST:
        raise TooLong


def _problem(error: AppError | None) -> str:
    if isinstance(error, NeverAsked):
        return refusal(error.what)
    return error_message(type(error).__name__) if error else ""


def _status(error: AppError | None) -> int:
    return 200 if error is None else http_status(error)


def _told(key: str, **values: str) -> Words:
    return lambda language: reply_in(language, key, **values)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER else None


def _to(address: str) -> web.Response:
    return web.Response(status=303, headers={"Location": address})


def _nobody() -> None:
    """No relay to tell: it looks by itself."""
