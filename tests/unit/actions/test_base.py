"""Saying something, and what the dialogue remembers afterwards."""

from __future__ import annotations

from actions.base import answer, choice, say
from core.messages import Reply
from core.turns import Session
from tests.unit.actions.conftest import MakeTurn

FORM = Session(form="petition_status", requested_slot="query_code", slots={"a": "1"}, misses=1)


def test_an_answer_leaves_the_form_and_forgets_misses(make_turn: MakeTurn) -> None:
    outcome = say(make_turn("thanks", "谢谢", session=FORM), "thanks")

    assert outcome.session == Session(last_intent="thanks")
    assert [r.text for r in outcome.replies] == ["不客气。还有别的事，直接说就行。"]


def test_an_answer_with_a_session_keeps_its_form(make_turn: MakeTurn) -> None:
    outcome = answer(make_turn("inform", "好"), Reply(text="好"), session=FORM)

    assert outcome.session.form == "petition_status"
    assert outcome.session.slots == {"a": "1"}
    assert outcome.session.misses == 0


def test_choice_is_the_argument_of_the_button(make_turn: MakeTurn) -> None:
    assert choice(make_turn(press="legal_labour/unpaid")) == "unpaid"
    assert choice(make_turn(press="legal_labour")) is None
