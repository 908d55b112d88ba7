"""Interest as it is told."""

from __future__ import annotations

from actions.sums.interest import told
from tests.unit.actions.sums.saying import cited, said

LOAN = {"principal": "120000", "rate": "20", "length": "P14M"}


def test_above_four_times_the_prime_rate_nothing_is_counted() -> None:
    text = said(told, **LOAN, lpr="3.1")

    assert "120,000 × 年利率 12.4% × 1 年 2 个月 = 利息 17,360 元，本息一共 137,360 元" in text
    assert "要 28,000 元，超过的部分法院不支持" in text
    assert "《最高法关于审理民间借贷案件适用法律若干问题的规定》第二十五条" in cited(
        told, **LOAN, lpr="3.1"
    )


def test_within_the_cap_nothing_is_cut() -> None:
    text = said(told, **{**LOAN, "rate": "10"}, lpr="3.1")

    assert "利息 14,000 元" in text
    assert "没超" in text


def test_without_the_prime_rate_the_sum_says_so() -> None:
    assert "上面没有封顶" in said(told, **LOAN, lpr="-")


def test_an_old_contract_is_not_capped_by_the_new_rule() -> None:
    text = said(told, principal="100000", rate="24", start="2019-01-01", end="2020-01-01", lpr="3")

    assert "2020 年 8 月 20 日以前签的" in text
    assert "利息 24,000 元" in text


def test_days_are_counted_to_today_if_no_end_is_said() -> None:
    text = said(told, principal="100000", rate="10", start="2025-11-23", end="-")

    assert "365 天（2025年11月23日–2026年11月23日）" in text
    assert "利息 10,000 元" in text


def test_no_interest_agreed_is_none() -> None:
    text = said(told, principal="100000", rate="-", length="P1Y")

    assert "算没有利息" in text
    assert "从逾期那天起" in text
    assert cited(told, principal="100000", rate="-", length="P1Y") == {
        "《民法典》第六百八十条",
        "《最高法关于审理民间借贷案件适用法律若干问题的规定》第二十八条",
        "《民法典》第一百八十八条",
    }
