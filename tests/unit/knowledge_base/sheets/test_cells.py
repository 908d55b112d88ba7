"""Cells as text, and nothing in them that a spreadsheet would compute."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge_base.sheets.cells import (
    FORMULA_SIGNS,
    QUOTE,
    as_text,
    escaped,
    lines,
    read_day,
    unescaped,
)


@given(st.text())
def test_escaping_is_undone_and_leaves_no_formula(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in set(FORMULA_SIGNS)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("=1+1", "'=1+1"),
        ("+86", "'+86"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("工资", "工资"),
        ("1-2", "1-2"),
        ("", ""),
    ],
)
def test_what_is_put_before_it(text: str, stored: str) -> None:
    assert escaped(text) == stored


def test_an_apostrophe_of_ones_own_stays() -> None:
    assert unescaped("'tis") == "'tis"
    assert unescaped(QUOTE) == QUOTE


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (12348, "12348"),
        (12348.0, "12348"),
        (1.5, "1.5"),
        (datetime(2026, 11, 22), "2026-11-22"),  # noqa: DTZ001  as openpyxl gives it
        (datetime(2026, 11, 22, 9, 30), "2026-11-22 09:30:00"),  # noqa: DTZ001
        (date(2026, 11, 22), "2026-11-22"),
        ("一\r\n二\r三", "一\n二\n三"),
    ],
)
def test_values_are_read_as_they_were_typed(value: object, text: str) -> None:
    assert as_text(value) == text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-22", date(2026, 11, 22)),
        (" 2026/1/2 ", date(2026, 1, 2)),
        ("2026年1月2日", date(2026, 1, 2)),
        ("2026.1.2", date(2026, 1, 2)),
        ("2026-02-30", None),
        ("明天", None),
        ("2026-11-22 09:00:00", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert read_day(text) == day


def test_lines() -> None:
    assert lines(" 一 \n\n二\n ") == ("一", "二")
