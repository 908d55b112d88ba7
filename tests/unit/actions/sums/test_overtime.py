"""Overtime pay as it is told."""

from __future__ import annotations

from actions.sums.overtime import told
from tests.unit.actions.sums.saying import cited, said


def test_each_kind_of_day_has_its_line() -> None:
    text = said(told, wage="4350", workday_hours="10", restday_hours="8", holiday_hours="8")

    assert "4,350 ÷ 21.75 天 ÷ 8 小时 = 25 元" in text
    assert "平时 10 小时 × 1.5 倍 = 375 元" in text
    assert "休息日 8 小时 × 2 倍 = 400 元" in text
    assert "法定节假日 8 小时 × 3 倍 = 600 元" in text
    assert "合计 1,375 元（《劳动法》第四十四条）" in text


def test_what_was_not_said_has_no_line() -> None:
    text = said(told, wage="4350", workday_hours="10", restday_hours="-")

    assert "休息日 " not in text


def test_a_wage_by_the_day_or_hour_needs_no_month() -> None:
    assert "日工资 300 ÷ 8 小时 = 37.50 元" in said(
        told, wage="300", per="day", holiday_hours="24"
    )
    assert "每小时工资 20 元" in said(told, wage="20", per="hour", workday_hours="1")
    assert "《企业职工带薪年休假实施办法》第十一条" not in cited(
        told, wage="20", per="hour", workday_hours="1"
    )


def test_no_hours_are_no_money() -> None:
    assert "就没有加班费可算" in said(told, wage="4350")
