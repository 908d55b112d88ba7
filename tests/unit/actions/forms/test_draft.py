"""A half-filled form: where it goes on, what is kept, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from actions.forms.draft import (
    CHOOSING,
    DONE,
    KEPT_FOR,
    SUMMARY,
    Draft,
    blanked,
    draft_of,
    hold,
    let_go,
    may_blank,
    shelved,
    untouched_for,
    without_old,
)
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from core.turns import Pause, Session, Shelved
from tests.unit.actions.conftest import NOW

PETITION = forms()["petition_submit"]
STATUS = forms()["petition_status"]
ALL = {s.name: "x" for s in PETITION.slots}


def test_a_new_form_asks_for_the_first_thing_not_said() -> None:
    assert Draft.new(PETITION, {}).asked == "story"
    assert Draft.new(PETITION, {"story": "路灯坏了", "unit": "物业"}).asked == "district"
    assert Draft.new(PETITION, ALL).asked == SUMMARY
    assert Draft.new(STATUS, {"case_ref": "XF", "query_code": "A"}).asked == DONE


def test_what_is_told_only_unasked_is_never_asked_for() -> None:
    without = {name: value for name, value in ALL.items() if name != "amount"}

    assert Draft.new(PETITION, without).asked == SUMMARY


def test_an_answer_goes_on_and_anything_else_waits() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"})

    assert draft.filled({"district": "320508"}).asked == "unit"
    assert draft.filled({"phone": "1"}).asked == "district"
    assert draft.asking(SUMMARY).filled({"phone": "1"}).asked == "district"


def test_passing_skips_but_never_empties() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了", "district": "320508"})

    assert draft.passed().slots["unit"] == SKIPPED
    assert draft.passed().value("unit") is None
    assert draft.asking("story").passed().slots["story"] == "路灯坏了"
    assert draft.asking(CHOOSING).passed().asked == "unit"


def test_clearing_empties_the_slot_asked_for() -> None:
    draft = Draft.new(PETITION, ALL).asking("phone").cleared()

    assert draft.value("phone") is None
    assert draft.asked == SUMMARY


@pytest.mark.parametrize(
    ("asked", "before"),
    [("story", None), ("district", "story"), ("who", "time"), (SUMMARY, "open")],
)
def test_back_leads_to_what_was_asked_before(asked: str, before: str | None) -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"}).asking(asked)

    assert (draft.before.name if draft.before else None) == before


def test_back_stops_at_what_was_said_unasked() -> None:
    draft = Draft.new(PETITION, {"amount": "3"}).asking("who")

    assert draft.before is not None
    assert draft.before.name == "amount"


def test_begun_complete_and_shown() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了", "unit": SKIPPED})

    assert draft.begun
    assert not draft.complete
    assert [s.name for s in draft.shown] == ["story", "unit"]
    assert not Draft.new(PETITION, {"unit": SKIPPED}).begun
    assert Draft.new(PETITION, ALL).asking("story").complete


def test_a_session_gives_its_form_back() -> None:
    draft = Draft.new(PETITION, {"story": "路灯坏了"})
    session = hold(Session(), draft, NOW)

    assert draft_of(session) == draft
    assert session.touched_at == NOW.isoformat()


def test_a_form_of_an_older_version_is_read_as_far_as_it_is_known() -> None:
    old = Session(form="petition_submit", requested_slot="mood", slots={"mood": "x", "story": ""})
    draft = draft_of(old)

    assert draft is not None
    assert (draft.asked, draft.slots) == ("story", {})
    assert draft_of(Session(form="gone")) is None
    assert draft_of(Session()) is None


def test_another_form_goes_on_the_shelf_and_comes_back() -> None:
    first = Draft.new(PETITION, {"story": "路灯坏了"})
    both = hold(hold(Session(), first, NOW), Draft.new(STATUS, {}), NOW)

    assert both.form == "petition_status"
    assert shelved(both, "petition_submit") == first
    assert shelved(both, "petition_status") is None
    again = hold(both, first, NOW)
    assert (again.form, again.shelved) == ("petition_submit", {})


def test_an_empty_form_is_not_worth_a_shelf() -> None:
    session = hold(Session(), Draft.new(PETITION, {}), NOW)

    assert hold(session, Draft.new(STATUS, {}), NOW).shelved == {}


def test_letting_go_forgets_the_form_alone() -> None:
    session = replace(hold(Session(entry="e"), Draft.new(PETITION, ALL), NOW), pause=Pause.ASIDE)

    assert let_go(session) == Session(entry="e")


def test_forms_are_kept_for_thirty_days() -> None:
    held = hold(Session(), Draft.new(PETITION, ALL), NOW)
    shelf = replace(held, shelved={"petition_status": Shelved(touched_at=NOW.isoformat())})

    assert without_old(shelf, NOW + KEPT_FOR) == shelf
    assert without_old(shelf, NOW + KEPT_FOR + timedelta(seconds=1)) == Session()
    assert without_old(Session(form="petition_status"), NOW) == Session(form="petition_status")


def test_untouched_for() -> None:
    held = hold(Session(), Draft.new(PETITION, {}), NOW)

    assert untouched_for(held, NOW + timedelta(hours=7)) == timedelta(hours=7)
    assert untouched_for(Session(), NOW) == timedelta()


def test_what_is_left_can_be_blanked_at_once() -> None:
    letter = Draft.new(forms()["document_request/letter"], {"facts": "路灯坏了"})
    blank = blanked(letter)

    assert may_blank(letter)
    assert blank.asked == SUMMARY
    assert blank.slots["facts"] == "路灯坏了"
    assert {blank.slots[s.name] for s in letter.form.slots[1:]} == {SKIPPED}
    assert not may_blank(blank)


def test_a_form_that_needs_its_answers_cannot_be_blanked() -> None:
    assert not may_blank(Draft.new(PETITION, {}))
