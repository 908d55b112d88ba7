"""Whatever names a person is hidden, everywhere it occurs; other numbers stay."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.masking import mask

PERSONAL = [
    "11010119900307771X",
    "320502199001011234",
    "320502900101123",
    "6222021001116245702",
    "6222 0210 0111 6245",
    "13812345678",
    "138 1234 5678",
    "+8613812345678",
    "8613812345678",
    "+86 138-1234-5678",
    "0512-65223322",
    "051265223322",
    "0512 6522 3322".replace(" 33", "33"),
]


@pytest.mark.parametrize("value", PERSONAL)
def test_hidden_but_for_its_ends(value: str) -> None:
    masked = mask(f"我的号码是{value}，请回电")

    assert value not in masked
    assert masked == f"我的号码是{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}，请回电"


def test_every_occurrence_is_hidden() -> None:
    assert mask("13812345678和13812345678") == "138****5678和138****5678"


def test_email_is_hidden_whole() -> None:
    assert mask("写给 li.si+a@example.com。") == "写给 ***@***。"


@pytest.mark.parametrize(
    "text",
    [
        "拨打12345或96110",
        "2026年11月20日",
        "第一千零七十九条",
        "赔偿 120000 元",
        "R-0417",
        "123456789",
    ],
)
def test_public_and_small_numbers_stay(text: str) -> None:
    assert mask(text) == text


@given(st.lists(st.one_of(st.sampled_from(PERSONAL), st.text("你好，abc \n"))))
def test_no_long_run_of_digits_is_left(parts: list[str]) -> None:
    masked = mask("；".join(parts))

    assert not re.search(r"\d{8,}", masked)
    assert mask(masked) == masked
