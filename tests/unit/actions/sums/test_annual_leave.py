"""Pay for leave as it is told."""

from __future__ import annotations

from actions.sums.annual_leave import told
from tests.unit.actions.sums.saying import cited, said


def test_days_that_are_known_are_paid_at_once() -> None:
    text = said(told, wage="9800", unused="10")

    assert "9,800 ÷ 21.75 × 10 × 2 = 9,011.49 元" in text
    assert "全年" not in text


def test_days_are_counted_from_the_years_worked() -> None:
    text = said(told, wage="8000", years="12", whole_year="left", day="2026-06-30", taken="2")

    assert "累计工作 12 年，全年 10 天" in text
    assert "181 ÷ 365 × 10，取整 4 天" in text
    assert "1,471.26 元" in text


def test_who_joined_within_the_year_has_the_rest_of_it() -> None:
    text = said(told, wage="8000", years="3", whole_year="joined", day="2026-07-01")

    assert "还剩 184 天：184 ÷ 365 × 5，取整 2 天" in text
    assert "《企业职工带薪年休假实施办法》第五条" in cited(
        told, wage="8000", years="3", whole_year="joined", day="2026-07-01"
    )


def test_nothing_left_is_nothing_paid() -> None:
    assert "不用补" in said(told, wage="8000", years="0.5", whole_year="whole")
    assert "不用补" in said(told, wage="8000", years="3", whole_year="whole", taken="5")
