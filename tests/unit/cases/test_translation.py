from __future__ import annotations

import string
from datetime import UTC, date, datetime

import pytest

from cases.clocks import deadline_of, extend_clock, shown_deadline, start_clock
from cases.districts import districts
from cases.kinds.petition import petition
from cases.kinds.wage_complaint import wage_complaint
from cases.models import Case, CaseClock
from cases.translation import translation
from tests.unit.cases.conftest import RECEIVED

ENGLISH = translation("en")


def counted(clock: CaseClock) -> str:
    told = ENGLISH.deadline("XF", clock, shown_deadline([clock], petition(), RECEIVED))
    assert told is not None
    return told.computed


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_state_step_period_and_district_has_its_words() -> None:
    words, table = ENGLISH.kinds["XF"], petition()

    assert words.states.keys() == table.state_labels.keys()
    assert words.commands.keys() == table.command_labels.keys()
    assert words.periods.keys() == table.clocks.keys()
    assert ENGLISH.districts.keys() == districts().keys()


def test_the_count_names_the_same_things_as_in_chinese() -> None:
    table = petition().clocks

    for name, period in ENGLISH.kinds["XF"].periods.items():
        assert fields(period.counted) == fields(table[name].computed)


def test_nothing_is_due_when_nothing_runs() -> None:
    assert ENGLISH.deadline("XF", None, None) is None


def test_a_period_that_was_lengthened(case: Case) -> None:
    rule = petition().clocks["handling"]
    clock = start_clock(rule, case=case, command="accept", at=RECEIVED)
    extend_clock(clock, rule, days=30, at=RECEIVED, approval=("负责人", ""))

    assert clock.due == date(2027, 1, 10)
    assert counted(clock) == (
        "day 60 from the day after it was accepted on 12 October 2026; "
        "until 11 December 2026 at first, then extended by 30 days"
    )


def test_workdays_that_were_added_are_workdays(case: Case) -> None:
    rule = wage_complaint().clocks["investigation"]
    clock = start_clock(rule, case=case, command="file", at=datetime(2026, 7, 20, 3, tzinfo=UTC))
    extend_clock(clock, rule, days=30, at=RECEIVED, approval=("负责人", ""))
    told = ENGLISH.deadline("QX", clock, deadline_of(clock, wage_complaint(), RECEIVED))

    assert told is not None
    assert told.computed == (
        "workday 60 from the day after it was opened on 20 July 2026; "
        "until 16 October 2026 at first, then extended by 30 workdays"
    )


@pytest.mark.parametrize("name", ["ask_review", "ask_recheck"])
def test_the_citizens_own_last_day_may_be_a_day_off(case: Case, name: str) -> None:
    rule = petition().clocks[name]
    clock = start_clock(rule, case=case, command="reply", at=RECEIVED.replace(day=15))

    assert clock.due == date(2026, 11, 14)
    assert "a day off" in counted(clock)


def test_a_language_that_nobody_has_written() -> None:
    with pytest.raises(FileNotFoundError):
        translation("eo")
