"""A command uses the Rasa that is set, else the one that runs, else one of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bot.cli.rasa import STATE, some_rasa
from bot.cli.speech import words
from bot.settings import Settings
from nlu.server.process import answers
from tests.conftest import KEPT


async def test_addresses_that_are_set_are_used_unasked() -> None:
    settings = Settings(nlu_urls="http://127.0.0.1:1, http://127.0.0.1:2")
    async with some_rasa(settings) as urls:
        assert urls == ["http://127.0.0.1:1", "http://127.0.0.1:2"]


@pytest.mark.rasa
async def test_the_running_one_is_found(
    home: Path, rasa_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / STATE).write_text(json.dumps({"url": rasa_url, "pid": os.getpid()}))
    async with some_rasa(Settings(nlu_urls="")) as urls:
        assert urls == [rasa_url]

    assert capsys.readouterr() == ("", "")


@pytest.mark.rasa
@pytest.mark.usefixtures("rasa_url")
async def test_one_is_started_for_the_call_and_stopped(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "models").symlink_to(KEPT / "models")
    # What a server left that was killed: its process is gone.
    (home / STATE).write_text(json.dumps({"url": "http://127.0.0.1:1", "pid": 2**22 + 1}))
    async with some_rasa(Settings(nlu_urls="")) as [url]:
        assert await answers(url)

    assert not await answers(url)
    out, told = capsys.readouterr()
    assert (out, told.strip()) == ("", words("asking_rasa"))
