from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cases.clocks import extend_clock, shown_deadline, start_clock
from cases.errors import BadOrder
from cases.kinds.petition import petition
from cases.models import Case, CaseClock
from core.clock import SUZHOU
from core.messages import Citation

ACCEPTED = datetime(2026, 10, 20, 11, tzinfo=SUZHOU)
RULES = petition().clocks


def handling(case: Case, at: datetime = ACCEPTED) -> CaseClock:
    return start_clock(RULES["handling"], case=case, command="accept", at=at)


def test_sixty_days_as_the_rule_counts_them(case: Case) -> None:
    clock = handling(case)

    assert (clock.started_on, clock.due) == (date(2026, 10, 20), date(2026, 12, 19))
    assert clock.computed == "从 10 月 20 日受理次日起算第 60 日"
    assert (clock.provisional, clock.start_event) == (False, "accept")


def test_the_start_is_the_day_in_suzhou(case: Case) -> None:
    late = datetime(2026, 10, 19, 16, 30, tzinfo=UTC)

    assert handling(case, late).started_on == date(2026, 10, 20)


def test_a_deadline_in_another_year_tells_the_year_of_its_start(case: Case) -> None:
    clock = handling(case, datetime(2026, 12, 1, 9, tzinfo=SUZHOU))

    assert clock.computed == "从 2026 年 12 月 1 日受理次日起算第 60 日"


def test_workdays_into_a_year_not_yet_published_say_so(case: Case) -> None:
    at = datetime(2026, 12, 30, 9, tzinfo=SUZHOU)
    clock = start_clock(RULES["objection"], case=case, command="transfer", at=at)

    assert clock.provisional
    assert clock.computed == (
        "从 2026 年 12 月 30 日转送次日起算第 5 个工作日；放假安排公布后可能调整"
    )


def test_a_citizens_rest_day_is_not_moved_but_explained(case: Case) -> None:
    at = datetime(2026, 9, 1, 9, tzinfo=SUZHOU)
    clock = start_clock(RULES["ask_review"], case=case, command="reply", at=at)

    assert clock.due == date(2026, 10, 1)
    assert clock.computed == (
        "从 9 月 1 日答复次日起算第 30 日；实际收到得晚，从收到次日起算"
        "；这一天是休息日，条例没有写可以顺延，请在这之前办"
    )


def test_an_extension_is_added_to_the_first_end(case: Case) -> None:
    clock = handling(case)
    extend_clock(
        clock,
        RULES["handling"],
        days=30,
        at=ACCEPTED + timedelta(days=50),
        approval=("住建局负责人", "k1:r"),
    )

    assert clock.due == date(2027, 1, 18)
    assert (clock.extended_by, clock.extension_reason_sealed) == (30, "k1:r")
    assert clock.approved_by == "住建局负责人"
    assert clock.computed == (
        "从 10 月 20 日受理次日起算第 60 日（2026 年 12 月 19 日），经批准延长 30 日"
    )


@pytest.mark.parametrize("days", [None, 0, -1, 31])
def test_an_extension_is_of_one_to_thirty_days(case: Case, days: int | None) -> None:
    with pytest.raises(BadOrder):
        extend_clock(
            handling(case),
            RULES["handling"],
            days=days,
            at=ACCEPTED,
            approval=("住建局负责人", "k1:r"),
        )


def test_a_period_is_extended_once(case: Case) -> None:
    clock = handling(case)
    extend_clock(clock, RULES["handling"], days=10, at=ACCEPTED, approval=("住建局负责人", "k1:r"))

    with pytest.raises(BadOrder):
        extend_clock(
            clock, RULES["handling"], days=10, at=ACCEPTED, approval=("住建局负责人", "k1:r")
        )


def test_what_is_overdue_is_not_mended_by_an_extension(case: Case) -> None:
    in_time = datetime(2026, 12, 19, 23, 59, tzinfo=SUZHOU)
    late = in_time + timedelta(minutes=1)

    extend_clock(
        handling(case), RULES["handling"], days=1, at=in_time, approval=("住建局负责人", "k1:r")
    )
    with pytest.raises(BadOrder):
        extend_clock(
            handling(case), RULES["handling"], days=1, at=late, approval=("住建局负责人", "k1:r")
        )


def test_the_deadline_shown_cites_its_article(case: Case) -> None:
    shown = shown_deadline([handling(case)], petition(), ACCEPTED)

    assert shown is not None
    assert (shown.what, shown.due, shown.overdue) == ("办结", date(2026, 12, 19), False)
    assert shown.citation == Citation(
        law="信访工作条例",
        article="第三十四条",
        quote="应当自受理之日起60日内办结",
        in_force="attested",
    )


def test_it_is_overdue_from_the_day_after(case: Case) -> None:
    last_minute = datetime(2026, 12, 19, 23, 59, 59, tzinfo=SUZHOU)

    on_the_day = shown_deadline([handling(case)], petition(), last_minute)
    after = shown_deadline([handling(case)], petition(), last_minute + timedelta(seconds=1))

    assert (on_the_day and on_the_day.overdue, after and after.overdue) == (False, True)


def test_what_runs_between_authorities_is_not_shown(case: Case) -> None:
    clock = start_clock(RULES["objection"], case=case, command="transfer", at=ACCEPTED)

    assert shown_deadline([clock], petition(), ACCEPTED) is None
