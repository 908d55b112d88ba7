"""Both clients against the echo server, and a server stopped with all that it started."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from benchmarks.echo import HAND_OVER, application
from benchmarks.load import ask_at_once
from benchmarks.our_server import first_answer
from benchmarks.peer.rest import RestChannel
from benchmarks.servers import Server, ServerNotReady, marked
from benchmarks.talk import NotAnswered, Side
from benchmarks.web_chat import WebChat

STUBBORN = """
import signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
print("up", flush=True)
time.sleep(60)
"""


@pytest.fixture
async def url() -> AsyncIterator[str]:
    async with TestServer(application(), host="127.0.0.1") as server:
        yield str(server.make_url("")).rstrip("/")


@pytest.mark.parametrize("kind", [WebChat, RestChannel])
async def test_a_turn_is_timed(url: str, kind: type[WebChat | RestChannel]) -> None:
    side: Side = kind(url)
    talk = await side.open()
    try:
        for text in ("你好", "再见"):
            turn = await talk.say(text)
            # The pause after the reply is no part of the turn.
            assert 0 < turn.first <= turn.whole < 0.1
            assert turn.replies == 1
    finally:
        await talk.close()


async def test_citizens_do_not_hear_each_other(url: str) -> None:
    one = await ask_at_once(WebChat(url), [str(n) for n in range(24)], senders=4)
    assert (one.answered, one.failures) == (24, [])
    assert {turn.replies for turn in one.turns} == {1}


async def test_a_talk_is_over_when_a_person_has_it(url: str) -> None:
    talk = await WebChat(url).open()
    try:
        await talk.say("?")
        before = talk.over
        await talk.say(HAND_OVER)
        assert (before, talk.over) == (False, True)
    finally:
        await talk.close()


async def test_a_refusal_is_no_answer() -> None:
    async with TestServer(web.Application(), host="127.0.0.1") as empty:
        url = str(empty.make_url("")).rstrip("/")
        talk = await RestChannel(url).open()
        with pytest.raises(NotAnswered, match="HTTP 404"):
            await talk.say("?")
        await talk.close()
        with pytest.raises(NotAnswered, match="no conversation"):
            await WebChat(url).open()


async def test_nobody_there() -> None:
    with pytest.raises(NotAnswered, match="no conversation"):
        await first_answer("http://127.0.0.1:9", "?")


async def test_stop_ends_what_the_command_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.servers.STOP_SECONDS", 0.5)
    server = Server((sys.executable, "-c", STUBBORN), cwd=tmp_path, env={}, log=tmp_path / "log")
    await server.start()
    while "up" not in (tmp_path / "log").read_text():
        with pytest.raises(ServerNotReady):
            await server.ready("http://127.0.0.1:9", seconds=0.1)
    stopped = await server.stop()
    assert stopped.left_over == 1
    assert stopped.seconds >= 0.5


async def test_stop_of_an_obedient_command_leaves_nothing(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    server = Server(command, cwd=tmp_path, env={}, log=tmp_path / "log")
    await server.start()
    stopped = await server.stop()
    assert stopped.left_over == 0
    assert stopped.seconds < 5


def test_marked_finds_nobody_for_an_unknown_mark() -> None:
    assert marked("0" * 32) == []
