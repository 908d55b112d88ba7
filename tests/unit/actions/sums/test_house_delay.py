"""Late homes as they are told."""

from __future__ import annotations

from actions.sums.house_delay import told
from tests.unit.actions.sums.saying import cited, said


def test_the_agreed_rate_by_the_day() -> None:
    text = said(told, paid="1680000", rate="2", days="186")

    assert "1,680,000 × 万分之 2 × 186 天 = 62,496 元" in text


def test_days_are_counted_from_the_day_agreed() -> None:
    text = said(told, paid="1000000", rate="1", due="2026-06-30", handed="2026-10-01")

    assert "2026年6月30日第二天数到2026年10月1日，一共 93 天" in text
    assert "= 9,300 元" in text
    assert "146 天" in said(told, paid="1000000", rate="1", due="2026-06-30", handed="-")


def test_nothing_agreed_is_the_rent() -> None:
    slots = {"paid": "1000000", "rate": "-", "days": "365", "rent": "5000"}

    assert "5,000 × 12 ÷ 365 × 365 天 = 60,000 元" in said(told, **slots)
    assert "《审理商品房买卖合同纠纷案件适用法律若干问题的解释》第十三条" in cited(told, **slots)
