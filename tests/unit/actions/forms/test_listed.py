"""Every form is read from the catalogue, and found by its words and by its buttons."""

from __future__ import annotations

import pytest

from actions.forms.listed import forms, forms_of, meant, pressed_form


def test_several_forms_may_share_an_intent() -> None:
    names = [form.name for form in forms_of("calculate")]

    assert len(names) > 1
    assert all(name.startswith("calculate/") for name in names)
    assert [form.name for form in forms_of("petition_submit")] == ["petition_submit"]


@pytest.mark.parametrize(
    ("payload", "name", "rest"),
    [
        ("calculate/severance/reason=lawful", "calculate/severance", "reason=lawful"),
        ("calculate/severance", "calculate/severance", ""),
        ("petition_submit/skip=unit", "petition_submit", "skip=unit"),
        ("document_request/refund/skip=name", "document_request/refund", "skip=name"),
        ("document_request/document-complaint", None, "document_request/document-complaint"),
        ("document_request/will/skip=name", None, "document_request/will/skip=name"),
        ("calculate/calc-severance", None, "calculate/calc-severance"),
        ("calculate/severances", None, "calculate/severances"),
    ],
)
def test_a_button_knows_its_form(payload: str, name: str | None, rest: str) -> None:
    form, argument = pressed_form(payload)

    assert (form.name if form else None) == name
    assert argument == rest


def test_several_forms_of_one_intent_are_told_by_their_words() -> None:
    refund = forms()["document_request/refund"]

    assert (refund.intent, refund.kind) == ("document_request", "refund")
    assert meant("document_request", "帮我写信访复查申请") == forms()["document_request/review"]
    assert meant("document_request", "帮我写信访信") == forms()["document_request/letter"]
    assert meant("document_request", "离婚协议") is None
    assert len(forms_of("document_request")) == 12
    assert [form.kind for form in forms_of("petition_submit")] == [""]


@pytest.mark.parametrize("intent", sorted({form.intent for form in forms().values()}))
def test_a_word_means_one_form_of_an_intent_only(intent: str) -> None:
    listed = [word for form in forms_of(intent) for word in form.means]

    assert sorted(word for word in set(listed) if listed.count(word) > 1) == []
