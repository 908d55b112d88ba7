"""A Rasa of our own: found by others, started again when it dies, stopped for good."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
from pathlib import Path

import pytest

from nlu.server import process as module
from nlu.server.process import RasaNotStarted, RasaProcess, answers, free_port, running_url
from tests.conftest import KEPT

NOBODY = 2**22 + 1
PATIENCE = 90.0


def test_a_free_port_can_be_bound() -> None:
    port = free_port()

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", port))


def test_another_process_is_found_while_it_lives(tmp_path: Path) -> None:
    state = tmp_path / "rasa.json"
    state.write_text(json.dumps({"url": "http://127.0.0.1:5005", "pid": os.getpid()}))

    assert running_url(state) == "http://127.0.0.1:5005"


@pytest.mark.parametrize(
    "written", ["", "{", "{}", f'{{"url": "http://127.0.0.1:5005", "pid": {NOBODY}}}']
)
def test_a_dead_or_broken_note_is_nobody(tmp_path: Path, written: str) -> None:
    state = tmp_path / "rasa.json"
    state.write_text(written)

    assert running_url(state) is None
    assert running_url(tmp_path / "absent.json") is None


async def test_nothing_answers_at_a_free_port() -> None:
    assert not await answers(f"http://127.0.0.1:{free_port()}")


@pytest.mark.rasa
async def test_a_rasa_without_a_model_is_not_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "rasa_command", lambda: ["false"])
    process = RasaProcess(tmp_path / "absent.tar.gz", log=tmp_path / "rasa.log")

    with pytest.raises(RasaNotStarted, match=r"rasa\.log"):
        await process.start()


@pytest.mark.rasa
async def test_it_is_started_again_when_killed_and_stopped_for_good(
    rasa_url: str, tmp_path: Path
) -> None:
    # The session's Rasa has trained the model by now.
    newest = max((KEPT / "models").glob("nlu-*.tar.gz"), key=lambda p: p.stat().st_mtime)
    state = tmp_path / "rasa.json"
    process = RasaProcess(newest, log=tmp_path / "rasa.log", state=state)
    await process.start()
    assert running_url(state) == process.url
    watch = asyncio.create_task(process.watch())
    try:
        first = process._process
        assert first is not None
        os.killpg(first.pid, signal.SIGKILL)
        await first.wait()
        await asyncio.wait_for(_until_it_answers(process.url), PATIENCE)
        assert process._process is not first
    finally:
        watch.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await watch
        await process.stop()

    assert not await answers(process.url)
    assert running_url(state) is None


async def _until_it_answers(url: str) -> None:
    while not await answers(url):  # noqa: ASYNC110  # another process rings no bell
        await asyncio.sleep(0.5)
