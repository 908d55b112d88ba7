"""Danger and self-harm: which number first."""

from __future__ import annotations

import pytest

from actions import urgent
from tests.unit.actions.conftest import MakeTurn, Toolset


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("他拿着刀在砸门", "violence"),
        ("厨房有煤气味 我头晕", "fire"),
        ("我爸晕倒了", "medical"),
        ("着火了 有人被砍", "fire"),
        ("快来", "any"),
        ("My kitchen is on FIRE", "fire"),
        ("I smell gas in the stairwell", "fire"),
        ("She collapsed and is not breathing", "medical"),
        ("he has a knife", "violence"),
        ("my boss fired me and I am in danger", "any"),
    ],
)
def test_the_words_tell_the_danger(text: str, kind: str) -> None:
    assert urgent.danger(text) == kind


@pytest.mark.parametrize(
    ("text", "number"), [("着火了", "119"), ("他要砍我", "110"), ("叫不醒", "120")]
)
async def test_the_right_number_comes_first(
    make_turn: MakeTurn, tools: Toolset, text: str, number: str
) -> None:
    (told,) = (await urgent.emergency(make_turn("emergency", text), tools)).replies

    assert min(("110", "119", "120"), key=lambda n: _place(told.text, n)) == number
    assert told.safety


@pytest.mark.parametrize(
    ("pressed", "words"),
    [
        ("emergency/safe", "那就好"),
        ("emergency/unsafe", "现在就打 110"),
        ("emergency", "您在哪里"),
    ],
)
async def test_buttons_of_danger(
    make_turn: MakeTurn, tools: Toolset, pressed: str, words: str
) -> None:
    assert words in (await urgent.emergency(make_turn(press=pressed), tools)).replies[0].text


@pytest.mark.parametrize(
    ("pressed", "words"),
    [("crisis", "12356"), ("crisis/with_someone", "陪着我"), ("crisis/alone", "信得过的人")],
)
async def test_buttons_of_crisis(
    make_turn: MakeTurn, tools: Toolset, pressed: str, words: str
) -> None:
    (told,) = (await urgent.crisis(make_turn(press=pressed), tools)).replies

    assert words in told.text
    assert told.safety
    assert "值班" not in told.text


def _place(text: str, number: str) -> int:
    place = text.find(number)
    return len(text) if place < 0 else place
