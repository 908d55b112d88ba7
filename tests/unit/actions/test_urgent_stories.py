"""Talk of money that is an answer, and talk of money that is going now."""

from __future__ import annotations

import pytest

from actions.forms.draft import Draft, hold
from actions.forms.listed import forms
from actions.urgent_stories import is_told
from core.turns import Session
from tests.unit.actions.conftest import NOW, MakeTurn


@pytest.mark.parametrize(
    ("form", "asked", "text", "taken"),
    [
        ("fraud_report/loss", "story", "他叫我共享屏幕，刚转完就不见了", "answer"),
        ("fraud_report/loss", "theirs", "转给了一个叫王某的", "answer"),
        ("fraud_report/loss", "theirs", "他又打来叫我再转两万", "cry"),
        ("document_request/fraud_report", "theirs", "转给了一个叫王某的", "answer"),
        ("document_request/fraud_report", "theirs", "刚转过去", "cry"),
        ("document_request/fraud_report", "facts", "我把钱转给他了", "cry"),
    ],
)
def test_in_a_form_it_depends_on_what_came_before_and_on_the_words(
    make_turn: MakeTurn, form: str, asked: str, text: str, taken: str
) -> None:
    draft = Draft.new(forms()[form], {"mine": "一张卡"}).asking(asked)
    session = hold(Session(), draft, NOW)

    assert is_told(make_turn("fraud_emergency", text, session=session), draft) is (
        taken == "answer"
    )


def test_without_a_form_it_is_a_cry_for_help(make_turn: MakeTurn) -> None:
    assert not is_told(make_turn("fraud_emergency", "我把钱转给骗子了"), None)
