"""Sums of money are found and told in yuan; what is no money is left alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text.amounts import find_amounts
from tests.unit.nlu.text.written_numbers import FORMAL, spoken, written

DAY = date(2026, 11, 23)


def found(text: str) -> list[tuple[str, str]]:
    """Words and values."""
    return [(text[m.start : m.end], m.value) for m in find_amounts(text, DAY)]


@given(st.integers(4, 10**9))
def test_any_sum_with_a_currency(number: int) -> None:
    for said in (f"{number}元", f"{written(number)}块钱", f"{written(number, FORMAL)}圆整"):
        assert found(f"他欠我{said}不还") == [(said, str(number))]


@given(st.integers(1000, 10**9))
def test_any_large_sum_as_it_is_said(number: int) -> None:
    said = spoken(number)

    assert found(f"他欠我{said}，不还") == [(said, str(number))]


@pytest.mark.parametrize(
    ("text", "said", "value"),
    [
        ("欠我三万五工资", "三万五", "35000"),
        ("上个月只发5300", "5300", "5300"),
        ("两千多押金", "两千多", "2000"),
        ("3万5", "3万5", "35000"),
        ("一万零五", "一万零五", "10005"),
        ("壹拾贰万叁仟元整", "壹拾贰万叁仟元整", "123000"),
        ("38万余", "38万", "380000"),
        ("12,345.67元", "12,345.67元", "12345.67"),
        ("退我1,200.50元", "1,200.50元", "1200.50"),
        ("三块八一斤", "三块八", "3.8"),
        ("3块5毛的东西", "3块5毛", "3.5"),
        ("12块8毛5分", "12块8毛5分", "12.85"),
        ("12块8毛5", "12块8毛5", "12.85"),
        ("五块一斤", "五块", "5"),
        ("十块三个", "十块", "10"),
        ("五毛钱", "五毛钱", "0.5"),
        ("付了5分钱", "5分钱", "0.05"),
        ("¥ 3,500学费", "¥ 3,500", "3500"),
        ("owes me 5000 yuan", "5000 yuan", "5000"),
        ("12，000元", "12，000元", "12000"),
        ("300-800元之间", "300-800元", "300"),
        ("5到30元", "5到30元", "5"),
        ("三千至五千", "三千至五千", "3000"),
        ("3-5万", "3-5万", "30000"),
        ("三万一个月", "三万", "30000"),
        ("三万二十天还", "三万", "30000"),
        ("十二万一直没下来", "十二万", "120000"),
        ("三万二手车", "三万", "30000"),
        ("卡里六千二只剩三块", "六千二", "6200"),
        ("三万人家不认", "三万", "30000"),
        ("罚我五十", "五十", "50"),
        ("工资 2600", "2600", "2600"),
        ("先借300再说", "300", "300"),
        ("一张八百", "八百", "800"),
        ("680一张的票", "680", "680"),
        ("合同标的一个亿", "一个亿", "100000000"),
    ],
)
def test_a_sum_is_found(text: str, said: str, value: str) -> None:
    assert (said, value) in found(text)


def test_a_comma_between_clauses_parts_two_sums() -> None:
    assert found("工资5000，300元饭补") == [("5000", "5000"), ("300元", "300")]


def test_a_range_that_goes_down_is_two_sums() -> None:
    assert found("从5000元到3000元") == [("5000元", "5000"), ("3000元", "3000")]


@pytest.mark.parametrize(
    "text",
    [
        "三万人",
        "抽中一台iPhone 17，",
        "一千多口人",
        "10万公里",
        "4k电视",
        "3栋502室",
        "给12345打电话",
        "110来了",
        "赔付率百分之二十",
        "利息24%",
        "8:30开庭",
        "8点半",
        "还了12期",
        "扣12分",
        "给了3个",
        "一块去的",
        "青一块紫一块",
        "骨头碎了两块",
        "两块地",
        "一元店",
        "三元坊",
        "万一他跑了",
        "5万美元",
        "100 usdt",
        "尾号8866",
        "验证码是384920",
        "点赞三万多",
        "还没满十六",
        "被交警拦了20次",
        "lipei8899",
        "编号3000",
        "几块钱",
        "0元购",
        "九千九百九十九万亿元",
    ],
)
def test_what_is_no_sum(text: str) -> None:
    assert found(text) == []
