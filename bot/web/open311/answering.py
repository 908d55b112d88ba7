"""Answers in the format an address ends in, what went wrong too."""

from __future__ import annotations

from collections.abc import Sequence

import structlog
from aiohttp import web

from bot.web.open311 import bodies
from bot.web.open311.errors import Hurried
from bot.web.open311.formats import MIMES, Body, Format, render
from bot.web.open311.wording import sentence
from cases.errors import DayIsFull
from cases.open311.errors import BadRequest, Locked, Unknown, WrongKey
from cases.open311.moments import written
from core.errors import AppError, http_status

# GeoReport knows three statuses of errors. Those beyond it are the web's own.
BAD, FORBIDDEN, NOT_FOUND, TOO_LARGE, TOO_MANY, FAILED = 400, 403, 404, 413, 429, 500
OF_THE_WEB = {NOT_FOUND: "no_address", 405: "no_method"}
SAID: dict[type[Exception], tuple[int, str]] = {
    WrongKey: (FORBIDDEN, "wrong_key"),
    Hurried: (TOO_MANY, "hurried"),
    DayIsFull: (503, "unavailable"),
}
# What cannot be taken is 400 here, whatever the reason.
AS = {409: BAD, 422: BAD}

log = structlog.get_logger(__name__)


def answer(request: web.Request, body: Body, status: int = 200) -> web.Response:
    """The body in the format of the address; XML where that names none."""
    as_format = Format.JSON if request.path.endswith(".json") else Format.XML
    return web.Response(
        body=render(body, as_format),
        status=status,
        content_type=MIMES[as_format],
        charset="utf-8",
        headers={"Cache-Control": "no-store"},
    )


def refusal(request: web.Request, error: Exception) -> web.Response:
    """What is told of an error: its status, and a sentence for each thing that is wrong."""
    if isinstance(error, web.HTTPException):
        return _of_the_web(request, error)
    status, sentences = _told(error)
    if status == FAILED:
        resource = request.match_info.route.resource
        # Not the path itself: a token may be in it.
        log.error("open311_failed", at=resource and resource.canonical, exc_info=error)
    return answer(request, bodies.errors(status, sentences), status)


def _told(error: Exception) -> tuple[int, Sequence[str]]:
    match error:
        case BadRequest(faults=faults):
            return BAD, [sentence(fault.name, **fault.values) for fault in faults]
        case Unknown(fault=fault):
            return NOT_FOUND, [sentence(fault.name, **fault.values)]
        case Locked(until=until):
            return TOO_MANY, [sentence("locked", until=written(until))]
    if type(error) in SAID:
        status, name = SAID[type(error)]
        return status, [sentence(name)]
    status = http_status(error) if isinstance(error, AppError) else FAILED
    return AS.get(status, status), [sentence("unexpected")]


def _of_the_web(request: web.Request, error: web.HTTPException) -> web.Response:
    """No such address, no such method, too long a body."""
    if error.status == TOO_LARGE:
        return answer(request, bodies.errors(BAD, [sentence("too_large")]), BAD)
    name = OF_THE_WEB.get(error.status, "unexpected")
    response = answer(request, bodies.errors(error.status, [sentence(name)]), error.status)
    if "Allow" in error.headers:
        response.headers["Allow"] = error.headers["Allow"]
    return response
