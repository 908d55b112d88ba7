"""Every answer carries safe headers, every error is JSON in words, and other sites cannot post."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from structlog.testing import capture_logs

from bot.web.middleware import HEADERS
from bot.web.wording import error_message
from core.errors import Conflict, Forbidden, Invalid, NotFound, Unavailable
from db.engine import Database
from tests.integration.bot.web.site import EVENTS, FORGET, HISTORY, POST, Site, Visitor, open_site

BODY = {"client_id": "client-0001", "text": "谢谢"}
HOOK = "/webhooks/somewhere"


async def test_every_address_has_the_safe_headers(visitor: Visitor) -> None:
    answers = {}
    for path in (
        "/",
        HISTORY,
        EVENTS,
        "/static/chat.css",
        "/static/none",
        "/livez",
        "/metrics",
        "/nowhere",
    ):
        async with visitor.session.get(path) as answer:
            answers[path] = {name: answer.headers.get(name) for name in HEADERS}
    for path in (POST, "/livez"):
        async with visitor.session.post(path) as answer:
            assert answer.status in {405, 422}
            answers[f"POST {path}"] = {name: answer.headers.get(name) for name in HEADERS}

    assert {path: given for path, given in answers.items() if given != HEADERS} == {}


async def test_the_page_may_run_nothing_but_our_own_files(visitor: Visitor) -> None:
    async with visitor.session.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", [HISTORY, "/api/articles/x/y", "/api/nothing"])
async def test_what_concerns_a_person_is_never_cached(visitor: Visitor, path: str) -> None:
    async with visitor.session.get(path) as answer:
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/nowhere", "/api/nothing", "/%00", "/../x"])
async def test_an_unknown_address_is_told_as_json(visitor: Visitor, path: str) -> None:
    status, body = await visitor.get(path)

    assert status == 404
    assert body["error"] == {"code": "NotFound", "message": error_message("NotFound")}


async def test_a_wrong_method_names_the_right_one(visitor: Visitor) -> None:
    async with visitor.session.get(POST) as answer:
        told = (await answer.json())["error"]

    assert (answer.status, answer.headers["Allow"]) == (405, "POST")
    assert told["message"] == error_message("MethodNotAllowed")


@pytest.mark.parametrize("path", [POST, FORGET])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "nonsense"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "http://["},
        {"Origin": "elsewhere"},
    ],
)
async def test_another_site_cannot_post(
    visitor: Visitor, path: str, headers: dict[str, str]
) -> None:
    async with visitor.session.post(path, json=BODY, headers=headers) as answer:
        assert answer.status == 403
        told = (await answer.json())["error"]

    assert told == {"code": "CrossSite", "message": error_message("CrossSite")}
    assert (await visitor.get(HISTORY))[1]["messages"] == []


@pytest.mark.parametrize("site_header", ["same-origin", "none", None])
async def test_our_own_page_may_post(
    site: Site, visitor: Visitor, site_header: str | None
) -> None:
    headers = {"Origin": str(site.server.make_url("")).rstrip("/")}
    if site_header:
        headers["Sec-Fetch-Site"] = site_header
    async with visitor.session.post(POST, json=BODY, headers=headers) as answer:
        assert answer.status == 202


async def test_reading_is_left_to_the_browsers_own_rules(visitor: Visitor) -> None:
    status, _ = await visitor.get("/livez", **{"Sec-Fetch-Site": "cross-site"})

    assert status == 200


FAULTS = {
    "/invalid": (Invalid("internal words"), 422, "Invalid"),
    "/forbidden": (Forbidden(), 403, "Forbidden"),
    "/missing": (NotFound(), 404, "NotFound"),
    "/conflict": (Conflict(), 409, "Conflict"),
    "/away": (Unavailable(), 503, "Unavailable"),
    "/bug": (KeyError("secret"), 500, "Unexpected"),
}


@pytest_asyncio.fixture
async def faulty(database: Database) -> AsyncIterator[Visitor]:
    def raising(error: Exception) -> web.RouteDef:
        async def handler(request: web.Request) -> web.Response:
            raise error

        path = next(p for p, (fault, *_) in FAULTS.items() if fault is error)
        return web.get(path, handler)

    async def hook(request: web.Request) -> web.Response:
        return web.Response(text="taken")

    routes = [*(raising(error) for error, *_ in FAULTS.values()), web.post(HOOK, hook)]
    async with open_site(database, more=routes) as site, site.visitor() as visitor:
        yield visitor


@pytest.mark.parametrize("path", FAULTS)
async def test_a_fault_becomes_a_status_and_a_sentence(faulty: Visitor, path: str) -> None:
    _, expected, code = FAULTS[path]
    with capture_logs() as logs:
        status, body = await faulty.get(path)

    assert (status, body["error"]["code"]) == (expected, code)
    assert body["error"]["message"] == error_message(code)
    assert [entry["event"] for entry in logs] == (["request_failed"] if status == 500 else [])


async def test_a_platforms_webhook_is_not_taken_for_another_site(faulty: Visitor) -> None:
    headers = {"Origin": "https://platform.example", "Sec-Fetch-Site": "cross-site"}
    async with faulty.session.post(HOOK, headers=headers) as answer:
        assert (answer.status, await answer.text()) == (200, "taken")
