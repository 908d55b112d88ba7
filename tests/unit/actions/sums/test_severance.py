"""Severance pay as it is told."""

from __future__ import annotations

from actions.sums.severance import told
from tests.unit.actions.sums.saying import cited, said


def test_the_sum_twice_as_much_and_the_time_limit() -> None:
    text = said(told, wage="9500", service="P3Y8M")

    assert "3 年 8 个月：零头满 6 个月按一年，共 4 个月工资，9,500 × 4 = 38,000 元" in text
    assert "违法辞退是两倍，76,000 元" in text
    assert "一年内提仲裁" in text
    assert "12333" in text


def test_every_line_has_its_law() -> None:
    assert cited(told, wage="9500", service="P3Y8M") == {
        "《劳动合同法》第四十七条",
        "《劳动合同法》第四十条",
        "《劳动合同法》第八十七条",
        "《劳动合同法实施条例》第二十七条",
        "《劳动合同法》第三十九条",
        "《劳动争议调解仲裁法》第二十七条",
    }


def test_rounding_is_explained() -> None:
    assert "不满 6 个月按半个月，共 5.5 个月" in said(told, wage="6000", service="P5Y3M")
    assert "正好整年，共 2 个月" in said(told, wage="6000", service="P2Y")
    assert "不满 1 个月" in said(told, wage="6000", start="2026-11-01", end="2026-11-03")


def test_service_before_2008_counts_for_damages_only() -> None:
    text = said(told, wage="6800", start="2005-03-01", end="2026-10-31")

    assert "6,800 × 19 = 129,200 元" in text
    assert "两倍，299,200 元" in text
    assert "2008 年 1 月 1 日数起" in text
    # A length alone that reaches back before 2008 is taken to end today.
    assert "2008 年 1 月 1 日数起" in said(told, wage="6800", service="P25Y")


def test_unlawful_is_told_first_and_not_paid_twice() -> None:
    text = said(told, wage="9500", service="P3Y8M", reason="unlawful")

    assert text.startswith("违法辞退按两倍：3 年 8 个月")
    assert "9,500 × 4 × 2 = 76,000 元" in text
    assert "不再另拿补偿" in text


def test_fault_is_no_sum() -> None:
    text = said(told, wage="9500", service="P3Y8M", reason="fault")

    assert "通常没有补偿" in text
    assert "38,000" not in text


def test_the_cap_needs_the_average() -> None:
    capped = said(told, wage="40000", service="P15Y", average="10000")

    assert "30,000 × 12 = 360,000 元" in capped
    assert "10,000 元，您说的" in capped
    assert "不封顶" in said(told, wage="9500", service="P3Y8M", average="10000")


def test_months_without_a_day_are_told() -> None:
    text = said(told, wage="6300", start="2019-03", end="2025-08")

    assert "按2019年3月1日到2025年8月31日算" in text
    assert "6 年 6 个月" in text


def test_a_job_that_ended_before_2008_has_nothing_counted() -> None:
    assert "0 元" in said(told, wage="3000", start="2005-01-01", end="2007-12-31")
