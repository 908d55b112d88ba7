"""Calls as they go over HTTP: signed JSON to a webhook, a form to an SMS gateway."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from handoff.duty.plan import Person
from handoff.errors import PageFailed
from handoff.paging.http import SIGNATURE, TIMESTAMP, SmsForm, Webhook
from handoff.paging.ways import Page
from tests.integration.talk import NOON

PAGE = Page(
    id="p-1", label="R-0007", reason="crisis", minutes=2, step=1, link="https://x.example/c"
)
LI = Person(name="li", mail="li@example.com", sms="13812345678")
SECRET = "geheim"


@dataclass
class Gateway:
    """Takes what is posted and answers with ``status``."""

    status: int = 200
    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.read())
        self.headers.append(dict(request.headers))
        return web.Response(status=self.status, headers={"Location": "/elsewhere"})


@pytest_asyncio.fixture
async def gateway() -> AsyncIterator[Gateway]:
    made = Gateway()
    app = web.Application()
    app.router.add_post("/in", made.take)
    async with TestServer(app) as server:
        made.url = str(server.make_url("/in"))
        yield made


@pytest_asyncio.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_webhook_gets_who_and_why_under_a_signature(
    gateway: Gateway, http: aiohttp.ClientSession
) -> None:
    way = Webhook(http, gateway.url, SECRET, clock=lambda: NOON)

    await way.send(LI, PAGE)

    [body], [headers] = gateway.bodies, gateway.headers
    told = json.loads(body)
    assert (told["person"], told["label"], told["reason"], told["step"]) == (
        "li",
        "R-0007",
        "crisis",
        1,
    )
    assert told["text"] == PAGE.text
    assert "13812345678" not in body.decode()
    signed = hmac.new(
        SECRET.encode(), headers[TIMESTAMP].encode() + b"." + body, hashlib.sha256
    ).hexdigest()
    assert headers[SIGNATURE] == signed
    assert headers[TIMESTAMP] == str(int(NOON.timestamp()))


async def test_a_gateway_gets_a_form(gateway: Gateway, http: aiohttp.ClientSession) -> None:
    await SmsForm(http, gateway.url, "token").send(LI, PAGE)

    [body], [headers] = gateway.bodies, gateway.headers
    assert body.startswith(b"to=13812345678&text=")
    assert headers["Authorization"] == "Bearer token"
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


async def test_without_a_token_none_is_sent(gateway: Gateway, http: aiohttp.ClientSession) -> None:
    await SmsForm(http, gateway.url, "").send(LI, PAGE)

    assert "Authorization" not in gateway.headers[0]


def test_a_message_needs_a_number_a_webhook_nothing() -> None:
    nobody = Person(name="wang")
    session: aiohttp.ClientSession = None  # type: ignore[assignment]

    assert Webhook(session, "", "", clock=lambda: NOON).reaches(nobody)
    assert not SmsForm(session, "", "").reaches(nobody)
    assert SmsForm(session, "", "").reaches(LI)


@pytest.mark.parametrize("status", [302, 404, 500])
async def test_what_is_not_taken_has_failed(
    gateway: Gateway, http: aiohttp.ClientSession, status: int
) -> None:
    gateway.status = status

    with pytest.raises(PageFailed, match=f"status_{status}"):
        await SmsForm(http, gateway.url, "").send(LI, PAGE)
    assert len(gateway.bodies) == 1


async def test_nobody_there_has_failed(http: aiohttp.ClientSession) -> None:
    with pytest.raises(PageFailed, match="unreachable"):
        await SmsForm(http, "http://127.0.0.1:1/in", "").send(LI, PAGE)
