"""Moments with a zone, read and written."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.open311.moments import read_moment, written

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20T12:00:00+08:00",
        "2026-11-20T12:00:00 08:00",  # a plus that was not escaped in an address
        "2026-11-20T04:00:00Z",
        "2026-11-20t04:00:00z",
        "2026-11-20T04:00Z",
        "2026-11-20T04:00:00.000Z",
        "2026-11-19T23:00:00-0500",
    ],
)
def test_a_moment_is_read_in_every_zone(text: str) -> None:
    assert read_moment(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        "", "2026-11-20", "2026-11-20T12:00:00", "2026-02-30T12:00:00Z", "2026-11-20T25:00:00Z",
        "0001-01-01T00:00:00+08:00", "9999-12-31T23:59:59Z", "20261120T120000Z", "昨天",
        "２０２６-11-20T04:00:00Z", "2026-11-20T12:00:00+99:00", "2026-11-20T12:00:00Z Z",
    ],
)  # fmt: skip
def test_what_is_none_or_names_no_zone_is_not_guessed(text: str) -> None:
    assert read_moment(text) is None


@given(
    st.datetimes(
        datetime(1970, 1, 2),  # noqa: DTZ001  # hypothesis adds the zone
        datetime(8999, 12, 30),  # noqa: DTZ001
        timezones=st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours))),
    )
)
def test_what_is_written_is_read_back_to_the_second(moment: datetime) -> None:
    assert read_moment(written(moment)) == moment.replace(microsecond=0)
