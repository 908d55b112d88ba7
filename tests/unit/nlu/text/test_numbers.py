"""Numbers: what is written in Chinese is read back, and what people say is understood."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.numbers import LONGEST, NUMERAL, read, read_digits
from tests.unit.nlu.text.written_numbers import FORMAL, spoken, written

NUMBERS = st.one_of(st.integers(0, 10**5), st.integers(0, 10**9))


@given(NUMBERS)
def test_plain_characters_are_read_back(number: int) -> None:
    assert read(written(number)) == number


@given(NUMBERS)
def test_formal_characters_are_read_back(number: int) -> None:
    assert read(written(number, FORMAL)) == number


@given(NUMBERS)
def test_what_is_said_is_read_back(number: int) -> None:
    assert read(spoken(number)) == number


@given(NUMBERS)
def test_digits_are_read_back(number: int) -> None:
    assert read(str(number)) == number
    assert read(f"{number:,}") == number
    assert read(f"{Decimal(number) / 10000}万") == number


@given(NUMBERS)
def test_a_numeral_is_matched_whole(number: int) -> None:
    for text in (written(number), written(number, FORMAL), spoken(number), f"{number:,}"):
        match = re.match(NUMERAL, text)
        assert match is not None
        assert match.group() == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三万五", 35000),
        ("三万二千五", 32500),
        ("八百五", 850),
        ("一亿二", 120_000_000),
        ("壹拾贰万", 120_000),
        ("一百十五", 115),
        ("一百廿万", 1_200_000),
        ("卅五", 35),
        ("1w2", 12000),
        ("2千3", 2300),
        ("3万5000", 35000),
        ("20W", 200_000),
        ("5k", 5000),
        ("1,200.50", Decimal("1200.50")),
        ("12，000", 12000),
        ("三点五万", 35000),
        ("十二点五万", 125_000),
        ("半万", 5000),
        ("半个亿", 50_000_000),
        ("一个亿", 100_000_000),
        ("两个多亿", 200_000_000),
        ("一万亿", 10**12),
        ("千万", 10_000_000),
    ],
)
def test_ways_to_say_a_number(text: str, value: Decimal) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("两千多", 2000),
        ("两百来", 200),
        ("三百多万", 3_000_000),
        ("五十余", 50),
        ("十几万", 100_000),
        ("几十万", 100_000),
        ("几万", 10_000),
        ("上万", 10_000),
        ("万把", 10_000),
        ("七八百", 700),
        ("三五千", 3000),
        ("十七八万", 170_000),
        ("三四十万", 300_000),
    ],
)
def test_about_so_many_is_the_least_it_says(text: str, value: int) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "几", "三万二十", "十百", "三千百", "二〇二三", "九五", "万五百人", "三" * 9, "1.2.3"],
)
def test_what_is_no_number(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize("text", ["1" * (LONGEST + 1), "一万" * 1000])
def test_what_is_too_long_is_not_read(text: str) -> None:
    assert read(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("二〇二三", 2023),
        ("二零一九", 2019),
        ("2024", 2024),
        ("九八", 98),
        ("十五", None),
        ("", None),
    ],
)
def test_numbers_told_digit_by_digit(text: str, value: int | None) -> None:
    assert read_digits(text) == value
