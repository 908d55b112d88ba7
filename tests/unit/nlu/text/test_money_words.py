"""What the words around a number say of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from nlu.text.money_words import (
    FEN,
    JIAO,
    Currency,
    currency,
    is_counted,
    is_near_money,
    is_numbered,
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("块", Currency(end=1, bare=True)),
        ("块钱的", Currency(end=2)),
        (" 元", Currency(end=2)),
        ("RMB", Currency(end=3)),
        ("块5", Currency(end=2, fraction=Decimal("0.5"), bare=True)),
        ("元八角五分", Currency(end=5, fraction=Decimal("0.85"))),
        ("块3个", Currency(end=1)),
        ("毛钱", Currency(end=2, coin=JIAO)),
        ("分钱", Currency(end=2, coin=FEN)),
    ],
)
def test_currency(text: str, told: Currency) -> None:
    assert currency(text, 0) == told


@pytest.mark.parametrize("text", ["", "块地", "毛病", "分", "元旦", "rmbx", "美元"])
def test_no_currency(text: str) -> None:
    assert currency(text, 0) is None


def test_after_a_large_number_a_counter_may_begin_another_word() -> None:
    assert is_counted("人家", 0)
    assert not is_counted("人家", 0, large=True)
    assert is_counted("人", 0, large=True)


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("尾号", True),
        ("粉丝有", True),
        ("65123388转分机", True),
        ("iPhone ", True),
        ("RMB ", False),
        ("他转", False),
        ("编号是：", False),
        ("欠", False),
    ],
)
def test_numbered(text: str, numbered: bool) -> None:  # noqa: FBT001  # a column of the table
    assert is_numbered(text, len(text)) is numbered


@pytest.mark.parametrize(
    ("before", "after", "near"),
    [
        ("押金", "", True),
        ("押金，还有", "", False),
        ("工资: ", "", True),
        ("被交警拦", "", False),
        ("还", "", True),
        ("还没满", "", False),
        ("每棵", "", True),
        ("", "的货款", True),
        ("", "一斤", True),
        ("", "谢谢", False),
    ],
)
def test_near_money(before: str, after: str, near: bool) -> None:  # noqa: FBT001  # a column
    assert is_near_money(before + after, len(before), len(before)) is near
