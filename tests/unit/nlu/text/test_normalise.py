"""One spelling, in both Pythons that use it."""

from __future__ import annotations

import json
import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.server.environment import ENVIRONMENT
from nlu.text.normalise import GIST, INVISIBLE, MAX_CHARACTERS, clean, fold, gist, says_nothing
from nlu.training import ROOT

SAMPLES = [
    "  老板\u200b欠我\u202e工资\ufeff ",
    "ＡＢＣ　１２３",
    "😀👨\u200d👩\u200d👧",
    "。。。！！",
    "a\x00b\nc",
    "XF3205082610120001236",
    "劳" * 3000,
    "①㎡ﬁ",
    "",
]
IN_RASAS_PYTHON = """
import json, sys
from nlu.text.normalise import clean, fold, says_nothing
texts = json.load(sys.stdin)
json.dump([[clean(t), fold(t), says_nothing(t)] for t in texts], sys.stdout)
"""


@given(st.text())
def test_clean_is_bounded_trimmed_visible_and_stable(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned) <= MAX_CHARACTERS
    assert INVISIBLE.search(cleaned) is None
    assert clean(cleaned) == cleaned.strip()


@given(st.text(alphabet=st.characters(categories=["L", "N", "Po", "Zs"])))
def test_clean_changes_nothing_a_person_sees(text: str) -> None:
    assert clean(text) == INVISIBLE.sub("", text).strip()[:MAX_CHARACTERS]


@given(st.text())
def test_fold_forgets_width_case_and_blanks(text: str) -> None:
    folded = fold(text)

    assert " " not in folded
    assert folded == unicodedata.normalize("NFKC", clean(text)).lower().translate(
        {ord(c): None for c in " \t\u3000"}
    )


@pytest.mark.parametrize(
    ("text", "expected"), [("Ｗｉ Ｆｉ　１１０", "wifi110"), ("工 资", "工资")]
)
def test_fold_examples(text: str, expected: str) -> None:
    assert fold(text) == expected


@given(st.text(), st.text(min_size=GIST, max_size=GIST))
def test_the_gist_is_the_end(story: str, question: str) -> None:
    assert gist(story + question) == question
    assert gist(story) == story or len(story) > GIST


@pytest.mark.parametrize(
    ("text", "nothing"), [("😀", True), ("。 …", True), ("", True), ("嗯", False), ("1", False)]
)
def test_says_nothing(text: str, nothing: bool) -> None:  # noqa: FBT001  # a column of the table
    assert says_nothing(text) is nothing


def test_rasas_python_spells_alike() -> None:
    python = ENVIRONMENT / "bin" / "python"
    assert python.exists(), "Rasa's environment is not installed: make setup"

    ran = subprocess.run(
        [python, "-c", IN_RASAS_PYTHON],
        input=json.dumps(SAMPLES),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )

    assert json.loads(ran.stdout) == [[clean(t), fold(t), says_nothing(t)] for t in SAMPLES]
