"""Parses are timed against a server on loopback that answers, fails, or takes too long."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from benchmarks import nlu_server
from benchmarks.load import ask_at_once, ask_in_turn
from benchmarks.nlu_server import ParseSide, ParseTalk, ParsingServer
from benchmarks.servers import ServerNotReady
from benchmarks.talk import NotAnswered

DELAY = 0.05
# Answers as Rasa does once its model is loaded, and keeps 40 MiB of memory in use.
STAND_IN = """#!{python}
import http.server, sys
if "broken.tar.gz" in sys.argv:
    sys.exit("no such model")
class Rasa(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/status" else 404)
        self.end_headers()
memory = bytearray(b"x") * 40 * 1024 * 1024
port = int(sys.argv[sys.argv.index("--port") + 1])
http.server.HTTPServer(("127.0.0.1", port), Rasa).serve_forever()
"""


async def parse(request: web.Request) -> web.Response:
    text = (await request.json())["text"]
    if text == "fail":
        return web.Response(status=500)
    await asyncio.sleep(60 if text == "hang" else DELAY)
    return web.json_response({"text": text, "intent": {"name": "greet"}})


@pytest.fixture
async def url(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[str]:
    monkeypatch.setattr(nlu_server, "REPLY_SECONDS", 0.5)
    app = web.Application()
    app.router.add_post("/model/parse", parse)
    async with TestServer(app, host="127.0.0.1", shutdown_timeout=0.1) as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.fixture
async def talk(url: str) -> AsyncIterator[ParseTalk]:
    opened = ParseTalk(url)
    yield opened
    await opened.close()


@pytest.fixture
def python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("benchmarks.servers.KEPT", tmp_path)
    file = tmp_path / "python"
    file.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    file.chmod(0o755)
    return str(file)


async def test_a_parse_is_timed_from_asking_to_the_answer(talk: ParseTalk) -> None:
    turn = await talk.say("你好")

    assert DELAY <= turn.first == turn.whole < 0.5
    assert turn.replies == 1
    assert not talk.over


async def test_what_the_server_says_is_handed_on(talk: ParseTalk) -> None:
    assert await talk.parse("你好") == {"text": "你好", "intent": {"name": "greet"}}


@pytest.mark.parametrize(
    ("text", "why"), [("fail", "HTTP 500"), ("hang", "no reply: TimeoutError")]
)
async def test_failing_and_slow_is_no_answer(talk: ParseTalk, text: str, why: str) -> None:
    with pytest.raises(NotAnswered, match=why):
        await talk.parse(text)

    assert (await talk.say("你好")).replies == 1


async def test_nobody_there_is_no_answer() -> None:
    talk = ParseTalk("http://127.0.0.1:9")
    with pytest.raises(NotAnswered, match="no reply"):
        await talk.parse("你好")
    await talk.close()


async def test_failures_are_counted_beside_the_answers(url: str, python: str) -> None:
    side = ParseSide(ParsingServer("ours", python, Path("m.tar.gz"), {}))
    side._url = url

    (in_turn,) = await ask_in_turn([side], ["a", "fail", "hang", "b"])
    at_once = await ask_at_once(side, ["a", "fail", "b", "fail"], senders=2)

    assert [turn is not None for turn in in_turn.turns] == [True, False, False, True]
    assert in_turn.unanswered == ["fail", "hang"]
    assert (at_once.answered, at_once.failures) == (2, ["HTTP 500"] * 2)


async def test_a_server_is_ready_when_its_model_answers_and_its_memory_is_known(
    python: str,
) -> None:
    server = ParsingServer("ours", python, Path("m.tar.gz"), dict(os.environ))
    before = server.resident_mib()
    try:
        seconds = await server.start()
        memory = server.resident_mib()
    finally:
        await server.stop()

    assert before == server.resident_mib() == 0
    assert 0 < seconds < 20
    assert 40 < memory < 200


async def test_a_server_that_ends_is_told(python: str) -> None:
    server = ParsingServer("ours", python, Path("broken.tar.gz"), dict(os.environ))
    with pytest.raises(ServerNotReady, match=r"nlu-ours\.log"):
        await server.start()
    await server.stop()
