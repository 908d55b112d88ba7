"""Rounds of the same questions are kept as rows, in their order, whatever is asked again."""

from __future__ import annotations

from actions.forms.asking import full
from actions.forms.draft import SUMMARY, Draft
from actions.forms.listed import forms
from actions.forms.rows import another, kept, rows, slot_of
from actions.forms.spec import SKIPPED

FORM = forms()["fraud_report/loss"]
FIRST = {"how": "bank", "time": "2026-11-22T09:00", "amount": "30000", "theirs": SKIPPED}
STORY = {"story": "说我中奖了", "reported": "yes"}


def test_a_round_goes_into_a_row_and_is_asked_for_again() -> None:
    draft = another(Draft.new(FORM, {**FIRST, **STORY}).asking(SUMMARY))

    assert draft.slots.keys() == {"others", *STORY}
    assert kept(draft.slots["others"]) == (
        {"how": "bank", "time": "2026-11-22T09:00", "amount": "30000"},
    )


def test_rows_come_in_their_order_with_the_present_one_last() -> None:
    draft = another(Draft.new(FORM, {**FIRST, **STORY}))
    draft = another(draft.filled({"how": "cash", "amount": "20"}))
    draft = draft.filled({"how": "wechat", "amount": "5"})

    assert [row["amount"] for row in rows(draft)] == ["30000", "20", "5"]
    assert "银行转账，2026年11月22日 09:00，30,000 元；现金、黄金，20 元" in full(draft)


def test_a_form_without_such_a_slot_has_no_rows() -> None:
    draft = Draft.new(forms()["petition_submit"], {"story": "灯坏了"})

    assert slot_of(draft) is None
    assert rows(draft) == ()
    assert another(draft) == draft
