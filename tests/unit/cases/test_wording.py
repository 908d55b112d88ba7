from __future__ import annotations

from datetime import date

from cases.wording import wording


def test_the_year_is_told_only_where_it_differs() -> None:
    day = date(2026, 10, 20)

    assert wording().day(day, beside=date(2026, 12, 19)) == "10 月 20 日"
    assert wording().day(day, beside=date(2027, 1, 3)) == "2026 年 10 月 20 日"
