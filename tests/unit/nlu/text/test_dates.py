"""All ways to tell a date together: of two that overlap the longer stays."""

from __future__ import annotations

from datetime import date

from nlu.text.dates import find_dates, find_fixed_dates

DAY = date(2026, 11, 23)


def test_dates_are_told_in_their_order() -> None:
    text = "上周三说三天前，去年三月"

    assert [(text[m.start : m.end], m.value) for m in find_dates(text, DAY)] == [
        ("上周三", "2026-11-18"),
        ("三天前", "2026-11-20"),
        ("去年三月", "2025-03"),
    ]


def test_of_two_that_overlap_the_longer_stays() -> None:
    text = "2024年国庆"

    assert [m.value for m in find_fixed_dates(text, DAY)] == ["2024-10-01"]
    assert [m.value for m in find_dates("上个月3号", DAY)] == ["2026-10-03"]


def test_figures_and_holidays_are_found_before_numbers_are() -> None:
    text = "2024.3.15到五一"

    assert [m.value for m in find_fixed_dates(text, DAY)] == ["2024-03-15", "2026-05-01"]
    assert list(find_dates(text, DAY)) == []
