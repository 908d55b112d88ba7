"""What those who keep the training data are told is written down, every sentence of it."""

from __future__ import annotations

import re
from string import Template

import pytest
import yaml

from nlu.training import ROOT
from nlu.wording import WORDING_FILE, words

WORDING: dict[str, str] = yaml.safe_load(WORDING_FILE.read_text(encoding="utf-8"))
USED = re.compile(r'(?:words|_too_low)\(\s*"(\w+)"|key = "(\w+)" if .* else "(\w+)"')


def test_values_fill_their_places() -> None:
    assert words("too_long", length=7, most="$x") == (
        WORDING["too_long"].replace("$length", "7").replace("$most", "$x")
    )


@pytest.mark.parametrize("key", WORDING)
def test_every_sentence_is_a_template(key: str) -> None:
    assert Template(WORDING[key]).is_valid()


def test_every_sentence_is_said_and_every_one_said_is_written_down() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "nlu").glob("*.py"))
    used = {key for found in USED.findall(code) for key in found if key}

    assert used == set(WORDING)
