"""Work-injury grants as they are told."""

from __future__ import annotations

import pytest

from actions.sums.injury import told
from tests.unit.actions.sums.saying import cited, said


@pytest.mark.parametrize(
    ("grade", "total", "also", "article"),
    [
        ("10", "56,000", "数额由江苏定", "第三十七条"),
        ("6", "128,000", "按月发伤残津贴 4,800 元", "第三十六条"),
        ("1", "216,000", "每月 7,200 元", "第三十五条"),
    ],
)
def test_the_grant_goes_by_grade(grade: str, total: str, also: str, article: str) -> None:
    text = said(told, grade=grade, wage="8000")

    assert f"= {total} 元" in text
    assert also in text
    assert f"《工伤保险条例》{article}" in cited(told, grade=grade, wage="8000")


def test_the_bounds_need_the_average() -> None:
    assert "按线算" in said(told, grade="10", wage="5000")
    bounded = said(told, grade="10", wage="5000", average="10000")
    assert "6,000 × 7 = 42,000 元" in bounded
    assert "您说的" in bounded


def test_the_familys_grant_needs_the_income_that_the_state_publishes() -> None:
    assert "50,000 × 20 = 1,000,000 元" in said(told, grade="death", income="50000")
    unknown = said(told, grade="death", income="-")
    assert "查到了告诉我就能算" in unknown
    assert " = " not in unknown
