from __future__ import annotations

from datetime import date

import pytest

from cases.errors import StepNotAllowed, StepNotPossible
from cases.kinds.machine import Actor, Basis, Binds
from cases.kinds.mediation import mediation
from cases.models import Case
from tests.unit.cases.kinds.walking import by_basis, last_moments, told, walk

AGREED = ("accept", "invite", "agree", "begin")
DUES = {
    "screening": ("2026-09-29", "2026-10-09"),  # across the national holiday
    "invitation": ("2026-10-08", "2026-10-12"),  # a Saturday that is worked
    "reply": ("2026-09-24", "2026-10-09"),
    "meeting": ("2026-02-12", "2026-02-26"),  # Spring Festival, with a Saturday worked before it
    "mediation": ("2026-09-01", "2026-10-01"),  # not moved: it binds an authority
    "labour": ("2026-09-16", "2026-10-01"),
    "medical": ("2026-09-01", "2026-10-19"),
    "confirmation": ("2026-09-01", "2026-10-01"),
    "recall": ("2026-04-30", "2026-05-11"),
    "urge_reply": ("2026-10-09", "2026-10-13"),
    "supervise_reply": ("2026-12-28", "2027-01-05"),
    "reopening": ("2026-09-01", "2026-10-01"),
}


def test_the_course_to_a_written_agreement_that_is_kept() -> None:
    steps = (*AGREED, "sign", "confirm", "perform", "complete")

    assert walk(mediation(), steps, sub_kind="neighbour") == [
        "submitted", "screened", "invited", "agreed", "mediating", "agreement_written",
        "agreement_written", "performing", "performed",
    ]  # fmt: skip


def test_an_oral_agreement_is_one_too_and_its_words_are_kept() -> None:
    states = walk(mediation(), (*AGREED, "settle", "perform", "default"), sub_kind="lending")

    assert states[-3:] == ["agreement_oral", "performing", "unperformed"]
    assert mediation().moves["mediating", "settle"].words


def test_whoever_refuses_is_not_made_to_come_and_the_way_on_is_named() -> None:
    machine = mediation()
    onward = machine.reasons["onward"]

    assert walk(machine, ("accept", "invite", "decline"), sub_kind="family")[-1] == "refused"
    assert machine.moves["invited", "decline"].reasons == "onward"
    assert machine.moves["mediating", "fail"].reasons == "onward"
    assert set(onward) == {"court", "arbitration", "administrative"}
    assert {(why.law, why.article) for why in onward.values()} == {("人民调解法", "第二十六条")}


def test_what_a_court_or_the_police_have_is_sent_there() -> None:
    machine = mediation()

    assert machine.moves["submitted", "refuse"].reasons == "cannot"
    assert "12368" in machine.reasons["cannot"]["court"].told
    assert "派出所" in machine.reasons["cannot"]["police"].told


def test_no_fee_is_ever_asked() -> None:
    assert "不收费（《人民调解法》第四条）" in mediation().received


def test_a_citizen_can_end_it_at_any_time_before_there_is_an_agreement() -> None:
    machine = mediation()
    may = {
        state
        for state in machine.state_labels
        if "withdraw" in machine.possible(state, sub_kind="family", actor=Actor.CITIZEN)
    }

    assert may == {"submitted", "screened", "invited", "agreed", "mediating"}
    with pytest.raises(StepNotAllowed):
        machine.step("mediating", "fail", sub_kind="family", actor=Actor.CITIZEN)


def test_only_of_medical_disputes_an_appraisal_stops_the_count() -> None:
    machine = mediation()

    assert machine.moves["mediating", "begin_appraisal"].pauses == "medical"
    with pytest.raises(StepNotPossible):
        machine.step("mediating", "begin_appraisal", sub_kind="family", actor=Actor.OFFICER)


def test_each_sort_has_one_period_to_mediate_in() -> None:
    machine = mediation()

    for sort in machine.sub_kind_labels:
        applying = [
            n for n in ("mediation", "labour", "medical") if machine.clocks[n].applies_to(sort)
        ]
        assert len(applying) == 1, sort


def test_what_is_law_and_what_this_service_promises() -> None:
    machine = mediation()

    assert by_basis(machine, Basis.LAW) == {"labour", "medical", "confirmation"}
    assert by_basis(machine, Basis.AGREED) == {"performance"}
    assert machine.clocks["performance"].binds is Binds.OTHER


def test_to_go_to_court_for_confirmation_both_have_thirty_days(case: Case) -> None:
    shown = told(mediation(), case, "confirmation", date(2026, 9, 1))

    assert shown.due == date(2026, 10, 1)
    assert "这一天是休息日" in shown.computed
    assert shown.binds_citizen
    assert shown.citation is not None
    assert (shown.citation.label, shown.citation.in_force) == ("《人民调解法》第三十三条", True)


def test_what_both_agreed_on_is_told_as_such(case: Case) -> None:
    shown = told(mediation(), case, "performance", date(2026, 11, 2), days=20)

    assert (shown.due, shown.citation) == (date(2026, 11, 22), None)
    assert "双方约定的，不是法律规定的期限" in shown.computed


@pytest.mark.parametrize("name", DUES)
def test_a_period_ends_with_its_last_day(case: Case, name: str) -> None:
    start, due = map(date.fromisoformat, DUES[name])

    assert last_moments(mediation(), case, name, start) == (due, False, True)


def test_every_period_was_counted() -> None:
    assert {*DUES, "performance"} == set(mediation().clocks)
