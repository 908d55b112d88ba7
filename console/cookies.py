"""The cookie that carries a session's token, to the console and nowhere else."""

from __future__ import annotations

from aiohttp import web

from console.keys import SECURE_COOKIES

NAME = "staff"
PATH = "/console"


def token(request: web.Request) -> str:
    """The token this browser holds, empty if none."""
    return request.cookies.get(NAME, "")


def give(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Hand the browser a token; it forgets it when it is closed."""
    response.set_cookie(
        NAME,
        value,
        path=PATH,
        httponly=True,
        samesite="Strict",
        secure=request.app[SECURE_COOKIES],
    )


def take(response: web.StreamResponse) -> None:
    """Have the browser forget its token."""
    response.del_cookie(NAME, path=PATH, httponly=True, samesite="Strict")
