"""Deadlines as they are told."""

from __future__ import annotations

import pytest

from actions.calculators.deadlines import known_periods
from actions.sums.deadline import told
from tests.unit.actions.sums.saying import cited, said


def test_the_last_day_is_told_with_how_it_was_counted() -> None:
    text = said(told, matter="appeal_judgment", day="2026-11-15")

    assert "最后一天是2026年11月30日（星期一），还有 7 天" in text
    assert "从收到判决书那天（2026年11月15日）的第二天起数 15 日" in text
    assert "《民事诉讼法》第一百七十一条、第八十五条" in text
    assert "休息日" not in text


def test_a_rest_day_is_shown_unmoved_with_the_rule() -> None:
    text = said(told, matter="appeal_judgment", day="2026-11-13")

    assert "最后一天是2026年11月28日（星期六）" in text
    assert "可以顺延到2026年11月30日（第八十五条）" in text


def test_where_the_law_moves_nothing_that_is_said() -> None:
    text = said(told, matter="petition_recheck", day="2026-11-12")

    assert "2026年12月12日（星期六）" in text
    assert "没有写能不能顺延" in text


def test_what_is_over_is_told_so() -> None:
    assert "已经过了" in said(told, matter="appeal_judgment", day="2026-11-03")
    assert "还有 0 天" in said(told, matter="appeal_judgment", day="2026-11-08")


def test_a_year_without_published_holidays_is_provisional() -> None:
    assert "放假安排还没公布" in said(told, matter="limitation", day="2030-03-01")
    assert "放假安排还没公布" not in said(told, matter="appeal_judgment", day="2026-11-15")


@pytest.mark.parametrize("matter", sorted(known_periods()))
def test_every_period_is_told_with_its_law(matter: str) -> None:
    period = known_periods()[matter]

    assert period.title in said(told, matter=matter, day="2026-11-10")
    assert len(cited(told, matter=matter, day="2026-11-10")) >= 1


def test_workdays_are_named() -> None:
    text = said(told, matter="hearing", day="2026-11-02")

    assert "5 个工作日" in text
    assert "周末和放假不算" in text
