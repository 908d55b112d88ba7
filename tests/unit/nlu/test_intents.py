"""The list of intents is closed, and each says what the citizen wants."""

from __future__ import annotations

import re

from nlu.intents import INTENT_FILE, meanings

NAME = re.compile(r"[a-z]+(?:_[a-z]+)*")
LONGEST_MEANING = 30


def test_names_are_words_and_meanings_one_short_line() -> None:
    assert [n for n in meanings() if not NAME.fullmatch(n)] == []
    assert [n for n, m in meanings().items() if not 0 < len(m) <= LONGEST_MEANING] == []


def test_no_name_is_listed_twice() -> None:
    """YAML would silently keep the second."""
    listed = re.findall(r"^(\w+):", INTENT_FILE.read_text(encoding="utf-8"), re.MULTILINE)

    assert listed == list(meanings())
