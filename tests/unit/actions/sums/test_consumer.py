"""Punitive damages as they are told."""

from __future__ import annotations

from actions.sums.consumer import told
from tests.unit.actions.sums.saying import cited, said


def test_ten_times_and_at_least_a_thousand() -> None:
    text = said(told, kind="food", price="68")

    assert "68 × 10 = 680 元" in text
    assert "不满 1,000 元的按 1,000 元算" in text
    assert "一共 1,068 元" in text


def test_three_times_the_loss_where_that_is_more() -> None:
    assert "500 × 3 = 1,500 元" in said(told, kind="food", price="100", loss="500")
    assert "不满" not in said(told, kind="food", price="100", loss="500")


def test_other_goods_are_three_times_and_at_least_500() -> None:
    text = said(told, kind="fraud", price="100")

    assert "100 × 3 = 300 元" in text
    assert "不满 500 元的按 500 元算" in text
    assert "欺诈" in text


def test_each_kind_has_its_law() -> None:
    assert "《食品安全法》第一百四十八条" in cited(told, kind="food", price="68")
    assert "《药品管理法》第一百四十四条" in cited(told, kind="drug", price="68")
    assert "《消费者权益保护法》第五十五条" in cited(told, kind="fraud", price="68")
