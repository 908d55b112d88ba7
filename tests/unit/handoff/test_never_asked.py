"""What staff may not ask for is found however it is put; warning of it is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from handoff.never_asked import asked_for

SAID = yaml.safe_load(Path(__file__).with_name("never_asked.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("what", "text"), [(what, t) for what, texts in SAID["refused"].items() for t in texts]
)
def test_what_asks_for_it_is_told(what: str, text: str) -> None:
    assert asked_for(text) == what


@pytest.mark.parametrize("text", SAID["passed"])
def test_warnings_and_ordinary_words_pass(text: str) -> None:
    assert asked_for(text) is None


@pytest.mark.parametrize(
    "text", ["验证码" * 700, "请把" * 1000, "不要把您的" * 800, "转账到我" * 500]
)
def test_a_long_text_is_looked_at_in_no_time(text: str) -> None:
    """Nothing in the patterns goes back over the text again and again."""
    asked_for(text)
