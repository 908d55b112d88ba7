"""Disguises are undone and every folded character knows its origin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from antifraud.normal import MAX_KEPT, MAX_QUOTE, PASSAGE, normalise, readings


@pytest.mark.parametrize(
    ("original", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("驗證碼", "验证码"),
        ("帳户", "账户"),
        ("验.证.码", "验证码"),
        ("验\u200b证\u200d码", "验证码"),
        ("\u202e验证码\u202c", "验证码"),
        ("薇♥信", "薇信"),
        ("公 安 局", "公安局"),
        ("我妈 在手机上", "我妈 在手机上"),
        ("给钱，给码", "给钱,给码"),
        ("USDΤ", "usdt"),
        ("аpple", "apple"),
        ("①", "1"),
        ("刷*单~兼·职", "刷单兼职"),
    ],
)
def test_folds(original: str, folded: str) -> None:
    assert normalise(original).text == folded


def test_a_quote_is_cut_from_the_original() -> None:
    normal = normalise("请把验.证.碼告訴我")
    start = normal.text.index("验证码")

    assert normal.quote(start, start + 3) == "验.证.碼"


def test_a_quote_has_a_greatest_length() -> None:
    normal = normalise("转账" * 100)

    assert len(normal.quote(0, 200)) == MAX_QUOTE


def test_a_long_text_is_cut() -> None:
    assert len(normalise("字" * 100_000).text) == MAX_KEPT


@given(st.text())
def test_every_character_has_an_origin_in_order(text: str) -> None:
    normal = normalise(text)

    assert len(normal.origins) == len(normal.text)
    assert list(normal.origins) == sorted(normal.origins)
    assert all(0 <= origin < len(text) for origin in normal.origins)


def test_a_text_turned_round_is_read_as_it_is_seen_too() -> None:
    written, seen = readings("把\u202e码证验\u202c报给我")

    assert (written.text, seen.text) == ("把码证验报给我", "把验证码报给我")
    assert seen.quote(1, 4) == "码证验"
    assert readings("把验证码报给我") == (normalise("把验证码报给我"),)


def test_a_long_text_falls_into_passages_that_overlap() -> None:
    normal = normalise("一" * 500 + "二" * 500)
    passages = normal.passages()

    assert normalise("短").passages() == (normalise("短"),)
    assert {len(p.text) for p in passages[:-1]} == {PASSAGE}
    assert passages[-1].quote(0, 1) == "二"
    assert sum(len(p.text) for p in passages) > len(normal.text)
