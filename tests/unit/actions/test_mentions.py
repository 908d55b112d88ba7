"""Words in a text: Chinese anywhere, English whole."""

from __future__ import annotations

import pytest

from actions.mentions import mentions, size


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("现在安全了", "安全"),
        ("已經掛斷了", "挂断"),
        ("I am SAFE now.", "safe"),
        ("I’m ok", "i'm ok"),
        ("im ok", "i'm ok"),
        ("按yes了", "yes"),
        ("he   left", "he left"),
        ("ｎｏ", "no"),
    ],
)
def test_it_stands_there(text: str, word: str) -> None:
    assert mentions(text, ["没有的", word])


@pytest.mark.parametrize(
    ("text", "word"), [("unsafe", "safe"), ("safely home", "safe"), ("I know", "no"), ("", "no")]
)
def test_part_of_an_english_word_is_not_it(text: str, word: str) -> None:
    assert not mentions(text, [word])


@pytest.mark.parametrize(
    ("text", "units"),
    [("", 0), ("现在安全 了", 5), ("I am safe now", 4), ("I'm alone", 2), ("10 分钟", 4)],
)
def test_an_english_word_says_as_much_as_a_character(text: str, units: int) -> None:
    assert size(text) == units
