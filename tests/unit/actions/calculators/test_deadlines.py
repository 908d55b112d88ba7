"""Periods that bind citizens: complete, known to the form, never shown later than they end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.calculators.deadlines import Unit, known_periods
from actions.calculators.laws import laws
from actions.forms.listed import forms
from actions.phrases import phrases
from tests.unit.actions.calculators.strategies import DAYS
from timekeeping.workdays import is_workday

PERIODS = st.sampled_from(sorted(known_periods()))
MONTH = range(28, 32)


def test_every_period_rests_on_a_law_and_has_its_words() -> None:
    for period in known_periods().values():
        assert period.law in laws().citations, period.key
        assert period.rolls is None or period.rolls in laws().citations, period.key
        assert period.note is None or period.note in phrases(), period.key


def test_the_form_offers_every_period_by_its_title() -> None:
    slot = forms()["calculate/deadline"].slot("matter")

    assert slot is not None
    titles = {choice.key: choice.titles["zh"] for choice in slot.choices}
    assert titles == {key: period.title for key, period in known_periods().items()}


@settings(deadline=None)
@given(PERIODS, DAYS)
def test_the_day_shown_is_never_moved_past_a_holiday(key: str, start: date) -> None:
    ends = known_periods()[key].ends(start)

    assert start < ends.day <= ends.rolled
    assert is_workday(ends.rolled)
    assert ends.is_rest_day == (not is_workday(ends.day))


@settings(deadline=None)
@given(PERIODS, DAYS)
def test_the_length_is_what_the_law_says(key: str, start: date) -> None:
    period = known_periods()[key]
    days = (period.ends(start).day - start).days

    match period.unit:
        case Unit.DAYS:
            assert days == period.length
        case Unit.WORKDAYS:
            assert days >= period.length
        case Unit.MONTHS:
            assert period.length * MONTH.start <= days <= period.length * MONTH.stop


@settings(deadline=None)
@given(PERIODS, DAYS)
def test_a_later_beginning_never_ends_earlier(key: str, start: date) -> None:
    period = known_periods()[key]

    assert period.ends(start).day <= period.ends(start + timedelta(days=1)).day


@pytest.mark.parametrize("key", sorted(known_periods()))
def test_a_period_has_a_length(key: str) -> None:
    assert known_periods()[key].length > 0
