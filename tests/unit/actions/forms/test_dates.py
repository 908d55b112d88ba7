"""Days and months as slots keep them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.forms.dates import first_day, is_whole, last_day


@given(st.dates())
def test_a_day_is_its_own_first_and_last(day: date) -> None:
    assert first_day(day.isoformat()) == last_day(day.isoformat()) == day
    assert is_whole(day.isoformat())


def test_a_month_has_a_first_and_a_last_day() -> None:
    assert first_day("2024-02") == date(2024, 2, 1)
    assert last_day("2024-02") == date(2024, 2, 29)
    assert not is_whole("2024-02")


@pytest.mark.parametrize("value", ["", "2024", "9500", "P3Y", "2024-13", "2024-02-30", "-"])
def test_what_is_no_date_has_no_day(value: str) -> None:
    assert first_day(value) is None
    assert last_day(value) is None
    assert not is_whole(value)
