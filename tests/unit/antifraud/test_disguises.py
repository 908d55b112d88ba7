"""What is done to a text so that something else is read."""

from __future__ import annotations

import pytest

from antifraud.disguises import find_disguises
from antifraud.normal import normalise, readings


def test_signs_inside_words_are_found_where_they_begin() -> None:
    normal = normalise("来刷.单兼.职")
    (found,) = find_disguises(normal)

    assert found.mark == "disguise_gaps"
    assert normal.quote(found.start, found.end) == "刷.单"


def test_a_hidden_sign_is_one_too() -> None:
    assert [d.mark for d in find_disguises(normalise("验\u200b证\u200b码"))] == ["disguise_gaps"]


def test_a_text_that_is_turned_round() -> None:
    written, seen = readings("把\u202e码证验\u202c给我")

    assert "disguise_direction" not in {d.mark for d in find_disguises(written)}
    assert "disguise_direction" in {d.mark for d in find_disguises(seen)}


@pytest.mark.parametrize(
    "text", ["好的……我知道了——谢谢", "你好。我是小王，明天见", "验.证码", "第一行\n第二行\n三"]
)
def test_ordinary_signs_are_no_disguise(text: str) -> None:
    assert find_disguises(normalise(text)) == ()
