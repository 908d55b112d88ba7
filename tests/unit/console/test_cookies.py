"""The cookie goes to the console only, and no script sees it."""

from __future__ import annotations

from http.cookies import Morsel

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from console import cookies
from console.keys import SECURE_COOKIES


@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_is_closed_on_every_side(*, secure: bool) -> None:
    app = web.Application()
    app[SECURE_COOKIES] = secure
    response = web.Response()

    cookies.give(make_mocked_request("POST", "/console/login", app=app), response, "t")

    cookie = response.cookies["staff"]
    assert cookie.value == "t"
    assert _set(cookie) == {
        "path": "/console",
        "httponly": True,
        "samesite": "Strict",
        **({"secure": True} if secure else {}),
    }


def test_taking_it_names_the_same_path() -> None:
    response = web.Response()

    cookies.take(response)

    cookie = response.cookies["staff"]
    assert (cookie.value, cookie["path"], str(cookie["max-age"])) == ("", "/console", "0")


def _set(cookie: Morsel[str]) -> dict[str, str | bool]:
    return {name: value for name, value in cookie.items() if value}
