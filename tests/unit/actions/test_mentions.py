"""Words in a text: Chinese anywhere, English whole."""

from __future__ import annotations

import pytest

from actions.mentions import made_of, mentions, size


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


FEW = ["走了", "他", "在", "家", "在家里", "我", "安全", "he left", "safe"]


@pytest.mark.parametrize("text", ["他走了。", "我在家里，安全", "He left!", ""])
def test_nothing_but_the_words_stands_in_it(text: str) -> None:
    assert made_of(text, FEW)


@pytest.mark.parametrize("text", ["走了又回来", "he left unsafe", "他走了7"])
def test_anything_else_is_noticed(text: str) -> None:
    assert not made_of(text, FEW)
