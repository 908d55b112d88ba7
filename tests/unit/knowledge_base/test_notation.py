from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.notation import (
    article_number,
    mentions,
    short_name,
    squeeze,
    to_chinese,
    to_int,
)


@given(st.integers(1, 9999))
def test_numerals_survive_a_round_trip(number: int) -> None:
    assert to_int(to_chinese(number)) == number


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (14, "十四"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1254, "一千二百五十四"),
    ],
)
def test_numerals_are_written_as_statutes_write_them(number: int, written: str) -> None:
    assert to_chinese(number) == written


@pytest.mark.parametrize("number", [0, 10000, -1])
def test_numerals_outside_the_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1254", "第一千二百五十四条"),
        ("第1254条", "第一千二百五十四条"),
        (" 第 47 条 ", "第四十七条"),
        ("一二五四", "第一千二百五十四条"),
        ("两百条", "第二百条"),
        ("133条之一", "第一百三十三条之一"),
        ("133-1", "第一百三十三条之一"),
        ("第一百三十三条之一", "第一百三十三条之一"),
        ("条目一", "条目一"),
        ("全文", "全文"),
        ("第零条", None),
        ("赔偿", None),
        ("", None),
    ],
)
def test_article_number_reads_every_writing(text: str, number: str | None) -> None:
    assert article_number(text) == number


def test_short_name_drops_country_and_book_marks() -> None:
    assert short_name("《中华人民共和国 民法典》") == "民法典"


def test_squeeze_takes_out_every_blank() -> None:
    assert squeeze(" 依 法\n申请　支付令 ") == "依法申请支付令"


def test_mentions_reads_lists_of_articles_of_one_law() -> None:
    text = "（《民法典》第一千零七十九条、第一条）和《刑法》第一百三十三条之一；《劳动法》规定"
    assert list(mentions(text)) == [
        ("民法典", "第一千零七十九条"),
        ("民法典", "第一条"),
        ("刑法", "第一百三十三条之一"),
    ]
