"""Rasa asked over HTTP: deadline, breaker, turns; the server is a real one on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.messages import Entity
from nlu.rasa import Breaker, RasaParser, RasaUnavailable, read_parse
from nlu.rules import RuleParser

ANSWER = {
    "intent": {"name": "legal_labour", "confidence": 0.8},
    "intent_ranking": [
        {"name": "legal_labour", "confidence": 0.8},
        {"name": "legal_rental", "confidence": 0.1},
    ],
    "entities": [{"entity": "amount", "value": "三万", "start": 2, "end": 4}],
}


@dataclass
class Rasa:
    """Answers as told: a body, a status, after a delay; counts what it was asked."""

    body: object = field(default_factory=lambda: ANSWER)
    status: int = 200
    delay: float = 0.0
    asked: list[str] = field(default_factory=list)
    url: str = ""

    async def parse(self, request: web.Request) -> web.Response:
        self.asked.append((await request.json())["text"])
        await asyncio.sleep(self.delay)
        return web.json_response(self.body, status=self.status)

    async def state(self, request: web.Request) -> web.Response:
        return web.json_response({}, status=self.status)


@dataclass
class Clock:
    """Seconds that pass only when told."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest_asyncio.fixture
async def pair() -> AsyncIterator[tuple[Rasa, Rasa]]:
    """Two servers."""
    rasas, servers = (Rasa(), Rasa()), []
    for rasa in rasas:
        app = web.Application()
        app.router.add_post("/model/parse", rasa.parse)
        app.router.add_get("/status", rasa.state)
        server = TestServer(app)
        await server.start_server()
        rasa.url = str(server.make_url("/"))
        servers.append(server)
    yield rasas
    for server in servers:
        await server.close()


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as opened:
        yield opened


def test_an_answer_becomes_a_parse() -> None:
    told = (Entity(name="amount", value="30000", start=2, end=4),)

    parse = read_parse("欠我三万", ANSWER, told)

    assert (parse.intent, parse.confidence, parse.parser) == ("legal_labour", 0.8, "rasa")
    assert parse.ranking == (("legal_labour", 0.8), ("legal_rental", 0.1))
    assert parse.entities == told


def test_what_speaks_for_danger_is_read() -> None:
    each = {"crisis": 0.4, "emergency": 0.1}
    told = {"name": "crisis", "confidence": 0.5, "each": each}

    parse = read_parse("撑不住", ANSWER | {"suspected": told})

    assert parse.suspected == ("crisis", 0.5)
    assert parse.dangers == tuple(each.items())
    assert read_parse("欠我三万", ANSWER).dangers == ()


async def test_entities_are_our_own_as_without_rasa(
    pair: tuple[Rasa, Rasa], session: aiohttp.ClientSession
) -> None:
    text, day = "昨天欠我三万", datetime(2026, 11, 23, tzinfo=UTC)
    parser = RasaParser([pair[0].url], session, now=Clock(), clock=lambda: day)

    parse = await parser.parse(text)

    assert [(e.name, e.value) for e in parse.entities] == [
        ("date", "2026-11-22"),
        ("amount", "30000"),
    ]
    by_rules = await RuleParser.load(clock=lambda: day).parse(text)
    assert parse.entities == by_rules.entities


async def test_servers_are_asked_in_turn(
    pair: tuple[Rasa, Rasa], session: aiohttp.ClientSession
) -> None:
    parser = RasaParser([r.url for r in pair], session, now=Clock())

    for text in "甲乙丙丁":
        await parser.parse(text)

    assert [r.asked for r in pair] == [["甲", "丙"], ["乙", "丁"]]


@pytest.mark.parametrize(
    "broken",
    [
        Rasa(status=500),
        Rasa(body={"intent": {"name": None}}),
        Rasa(body={}),
        Rasa(delay=5.0),
    ],
)
async def test_the_other_server_answers_for_one_that_fails(
    pair: tuple[Rasa, Rasa], session: aiohttp.ClientSession, broken: Rasa
) -> None:
    pair[0].status, pair[0].body, pair[0].delay = broken.status, broken.body, broken.delay
    parser = RasaParser([r.url for r in pair], session, now=Clock(), deadline_seconds=0.3)

    parse = await parser.parse("工资")

    assert parse.intent == "legal_labour"
    assert pair[1].asked == ["工资"]


async def test_a_failing_server_is_left_alone_and_tried_again(
    pair: tuple[Rasa, Rasa], session: aiohttp.ClientSession
) -> None:
    rasa, clock = pair[0], Clock()
    rasa.status = 500
    parser = RasaParser([rasa.url], session, now=clock)

    for _ in range(5):
        with pytest.raises(RasaUnavailable):
            await parser.parse("工资")
    assert len(rasa.asked) == 3

    rasa.status = 200
    clock.seconds += 5.0
    assert (await parser.parse("工资")).intent == "legal_labour"
    assert len(rasa.asked) == 4


async def test_nobody_there_and_no_address_at_all(session: aiohttp.ClientSession) -> None:
    for urls in ([], ["http://127.0.0.1:9"]):
        parser = RasaParser(urls, session, now=Clock())

        with pytest.raises(RasaUnavailable, match="No Rasa server"):
            await parser.parse("工资")
        assert not await parser.alive()


async def test_alive_if_one_of_them_is(
    pair: tuple[Rasa, Rasa], session: aiohttp.ClientSession
) -> None:
    parser = RasaParser(["http://127.0.0.1:9", pair[0].url], session, now=Clock())

    assert await parser.alive()
    pair[0].status = 503
    assert not await parser.alive()


def test_one_success_forgets_failures() -> None:
    breaker = Breaker(now=Clock())

    breaker.failed()
    breaker.failed()
    breaker.succeeded()
    breaker.failed()

    assert breaker.closed
