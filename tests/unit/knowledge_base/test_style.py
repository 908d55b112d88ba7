"""Plain wording: what no answer says, and how long a sentence may be."""

from __future__ import annotations

import pytest

from knowledge_base.style import density_faults, style, style_faults

LONGEST = style().longest_sentence


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("这种官司一定能赢。", "promise"),
        ("去法院保证你拿到钱。", "promise"),
        ("这样告 一 定 能 赢。", "promise"),
        ("法院会支持你的。", "promise"),
        ("一，二，三，四，五，六，七。", "many_clauses"),
        ("字。" * 91, "long_paragraph"),
        ("对上述材料予以审查。", "officialese"),
        ("字" * (LONGEST + 1), "long_sentence"),
        ("好。" + "字" * (LONGEST + 1) + "。好", "long_sentence"),
    ],
)
def test_what_no_answer_says_is_named(text: str, code: str) -> None:
    assert code in {found for found, _ in style_faults(text)}


@pytest.mark.parametrize(
    "text",
    [
        "说“包赢”的别信。",
        "告了不一定能赢，也未必一定要去。",
        "一，二，三，四，五，六。七，八。",
        "保证人要还钱，保证期间6个月。",
        "字" * LONGEST + "。" + "字" * LONGEST,
        "字" * LONGEST + "（《民法典》第七百零七条）",
        "",
    ],
)
def test_plain_words_have_no_fault(text: str) -> None:
    assert list(style_faults(text)) == []


def test_what_to_write_instead_is_told() -> None:
    assert list(style_faults("鉴于情况")) == [("officialese", "鉴于: 因为")]


def test_sentences_that_are_long_all_together() -> None:
    assert list(density_faults("字" * 51 + "。" + "字" * 53 + "。")) == [("dense", "52 > 50")]
    assert list(density_faults("字" * 60 + "。" + "字" * 40 + "。（《民法典》第一条）")) == []
    assert list(density_faults("")) == []
