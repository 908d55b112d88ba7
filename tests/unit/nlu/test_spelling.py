"""How classifiers and rules see a text, in both Pythons."""

from __future__ import annotations

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.server.environment import rasa_environment, rasa_python
from nlu.spelling import spelling
from nlu.training import ROOT

IN_RASAS_PYTHON = """
import json, sys
from nlu.spelling import spelling
json.dump([spelling(text) for text in json.load(sys.stdin)], sys.stdout)
"""
SPELT = [
    ("遺書　ＡＢ c", "遗书abc"),
    ("老闆不發工資", "老板不发工资"),
    ("劳 动 仲 才", "劳动仲裁"),
    ("加 我 ＶＸ", "加我微信"),
    ("勞動仲栽", "劳动仲裁"),
    ("法律是什么", "法律是什么"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "expected"), SPELT)
def test_simplified_folded_unspaced_and_put_right(text: str, expected: str) -> None:
    assert spelling(text) == expected


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=99))
def test_blanks_between_characters_make_no_difference(text: str) -> None:
    assert spelling(" ".join(text)) == spelling(text)


def test_rasas_python_spells_alike() -> None:
    ran = subprocess.run(
        [rasa_python(), "-c", IN_RASAS_PYTHON],
        input=json.dumps([text for text, _ in SPELT]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=rasa_environment(),
        check=True,
        timeout=60,
    )

    assert json.loads(ran.stdout) == [expected for _, expected in SPELT]
