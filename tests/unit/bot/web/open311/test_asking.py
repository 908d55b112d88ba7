"""Parameters, windows of time and pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.open311 import asking
from bot.web.open311.asking import MOST_PAGES, Parameters
from cases.open311.errors import BadRequest
from cases.open311.listing import LONGEST_WINDOW, Page
from cases.open311.moments import written

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
MOMENTS = st.datetimes(
    datetime(2000, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
).map(lambda moment: moment.replace(microsecond=0))


def asked(**values: str) -> Parameters:
    return Parameters({name: [value] for name, value in values.items()})


def fault(read: Callable[[], object]) -> str:
    with pytest.raises(BadRequest) as refused:
        read()
    [found] = refused.value.faults
    return found.name


def test_the_last_90_days_are_meant_where_no_day_is_named() -> None:
    window = asking.window(asked(), NOW)

    assert (window.since, window.until) == (NOW - LONGEST_WINDOW, NOW)


@given(MOMENTS)
def test_one_end_gives_the_other(moment: datetime) -> None:
    later = asking.window(asked(start_date=written(moment)), NOW)
    earlier = asking.window(asked(end_date=written(moment)), NOW)

    assert (later.since, later.until) == (moment, moment + LONGEST_WINDOW)
    assert (earlier.since, earlier.until) == (moment - LONGEST_WINDOW, moment)


@given(MOMENTS, st.integers(-100, 200 * 86400))
def test_both_ends_may_lie_90_days_apart(moment: datetime, seconds: int) -> None:
    end = moment + timedelta(seconds=seconds)
    both = asked(start_date=written(moment), end_date=written(end))
    if seconds < 0:
        assert fault(lambda: asking.window(both, NOW)) == "window_turned"
    elif timedelta(seconds=seconds) > LONGEST_WINDOW:
        assert fault(lambda: asking.window(both, NOW)) == "window_long"
    else:
        assert asking.window(both, NOW).until == end


def test_a_page_is_a_thousand_rows_at_most() -> None:
    assert asking.page(asked()) == Page(number=1, size=1000)
    assert asking.page(asked(page="3", page_size="20")).offset == 40
    assert asking.page(asked(page=str(MOST_PAGES))).number == MOST_PAGES
    for wrong in ("0", "-1", "1.5", "１", "1e3", str(MOST_PAGES + 1), "9" * 40):
        assert fault(lambda wrong=wrong: asking.page(asked(page=wrong))) == "bad_page"  # type: ignore[misc]
    assert fault(lambda: asking.page(asked(page_size="1001"))) == "bad_page"


@pytest.mark.parametrize(
    ("status", "closed"),
    [("", None), ("open", False), ("closed", True), ("open,closed", None), ("closed, open", None)],
)
def test_a_status_or_both(status: str, *, closed: bool | None) -> None:
    assert asking.closed(asked(status=status)) is closed


def test_other_statuses_are_none_of_the_two() -> None:
    assert fault(lambda: asking.closed(asked(status="open,fixed"))) == "bad_status"


def test_a_list_may_stand_between_commas_or_in_several_parameters() -> None:
    several = Parameters({"service_code": ["a, b", "c,,a"]})

    assert several.listed("service_code") == ["a", "b", "c"]
    assert several.one("service_code") == "a, b"
    assert several.one("nothing") == ""


def test_a_thousand_numbers_may_be_asked_for() -> None:
    assert (
        len(asking.references(asked(service_request_id=",".join(map(str, range(1000)))))) == 1000
    )
    many = asked(service_request_id=",".join(map(str, range(1001))))
    assert fault(lambda: asking.references(many)) == "too_many_ids"


def test_extensions_are_off_unless_wanted() -> None:
    assert [asked(extensions=text).extended for text in ("true", "TRUE", "false", "", "1")] == [
        True, True, False, False, False,
    ]  # fmt: skip
