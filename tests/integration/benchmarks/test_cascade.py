"""Rasa's Python is asked to read with another margin; a script stands in for it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.cascade import NotRead, read_with_margin
from nlu.server import environment

# Says what it was asked after a line such as libraries print.
STAND_IN = """#!{python}
import json, sys
print("loading")
if sys.argv[4] == "9.0":
    sys.exit("no such model")
texts = json.loads(sys.stdin.read())
print(json.dumps([dict(text=text, arguments=sys.argv[1:]) for text in texts]))
"""


@pytest.fixture(autouse=True)
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)


async def test_answers_come_in_the_order_of_the_texts() -> None:
    answers = await read_with_margin(Path("m.tar.gz"), ["你好", "工资\n没发"], 0.5)

    assert [answer["text"] for answer in answers] == ["你好", "工资\n没发"]
    assert answers[0]["arguments"] == ["-m", "nlu.components.read_with_margin", "m.tar.gz", "0.5"]


async def test_a_reader_that_fails_is_an_error() -> None:
    with pytest.raises(NotRead):
        await read_with_margin(Path("m.tar.gz"), ["你好"], 9.0)
