from __future__ import annotations

import pytest

from knowledge_base.tokens import normalise, tokens, weighted_tokens


@pytest.mark.parametrize(
    ("text", "normal"), [("離婚協議", "离婚协议"), ("Ｎ＋１", "n+1"), ("App", "app")]
)
def test_one_form_for_index_and_query(text: str, normal: str) -> None:
    assert normalise(text) == normal


@pytest.mark.parametrize("word", ["离婚", "工伤"])
def test_two_character_words_are_found_inside_a_sentence(word: str) -> None:
    assert word in tokens(f"我想问一下{word}的事情")


def test_pairs_do_not_cross_punctuation() -> None:
    assert "金房" not in tokens("押金，房东")


def test_words_of_asking_count_less() -> None:
    weights = weighted_tokens("押金怎么办")
    assert weights["怎么办"] < weights["押金"]


def test_a_traditional_question_has_the_tokens_of_a_simplified_one() -> None:
    assert weighted_tokens("房東不退押金") == weighted_tokens("房东不退押金")


def test_blank_text_has_no_tokens() -> None:
    assert tokens(" ？！") == []
