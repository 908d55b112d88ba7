"""Everything together: no text breaks it, nothing overlaps, both Pythons find alike."""

from __future__ import annotations

import json
import subprocess
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.server.environment import ENVIRONMENT
from nlu.text.extraction import NAMES, extract
from nlu.training import ROOT

DAY = date(2026, 11, 23)
MEASURED = ROOT / "tests" / "nlu" / "entities.jsonl"
TALK = st.text("一二两三五十百千万亿半几多个年月日号天周前去今上下欠块元到0159.,- wX零https:/@")
IN_RASAS_PYTHON = """
import json, sys
from datetime import date
from nlu.text.extraction import extract
day = date(2026, 11, 23)
found = [[(m.name, m.value, m.start, m.end) for m in extract(t, day)] for t in json.load(sys.stdin)]
json.dump(found, sys.stdout)
"""


def found(text: str) -> list[tuple[str, str, str]]:
    """Names, words and values."""
    return [(m.name, text[m.start : m.end], m.value) for m in extract(text, DAY)]


@given(st.one_of(st.text(), TALK))
def test_any_text_gives_mentions_in_order_that_do_not_overlap(text: str) -> None:
    end = 0
    for mention in extract(text, DAY):
        assert mention.name in NAMES
        assert mention.value
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("欠我三万两年了", [("amount", "三万", "30000"), ("period", "两年", "P2Y")]),
        (
            "2024.3.15转3万到13800000000",
            [
                ("date", "2024.3.15", "2024-03-15"),
                ("amount", "3万", "30000"),
                ("phone", "13800000000", "13800000000"),
            ],
        ),
        ("一个月3000 拖了一个月", [("amount", "3000", "3000"), ("period", "一个月", "P1M")]),
        ("三年前借的三年没还", [("date", "三年前", "2023"), ("period", "三年", "P3Y")]),
        ("欠我３．５萬塊", [("amount", "３．５萬塊", "35000")]),
        ("崑山週五", [("district", "崑山", "昆山市"), ("date", "週五", "2026-11-27")]),
    ],
)
def test_what_one_found_is_hidden_from_the_next(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "千万别转账",
        "三天两头吵",
        "《民法典》第一千条",
        "第四十七条",
        "押一付三",
        "你个二百五",
        "万达广场",
    ],
)
def test_figures_of_speech_and_articles_are_no_mentions(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    "text", ["一二三四五六七八九十百千万亿" * 140, "一万" * 1000, "1," * 1000, "三万5 " * 500]
)
def test_long_runs_are_survived(text: str) -> None:
    assert all(m.end <= len(text) for m in extract(text, DAY))


def test_rasas_python_finds_alike() -> None:
    python = ENVIRONMENT / "bin" / "python"
    assert python.exists(), "Rasa's environment is not installed: make setup"
    lines = MEASURED.read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines]

    ran = subprocess.run(
        [python, "-c", IN_RASAS_PYTHON],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
        timeout=60,
    )

    ours = [[[m.name, m.value, m.start, m.end] for m in extract(t, DAY)] for t in texts]
    assert json.loads(ran.stdout) == ours
