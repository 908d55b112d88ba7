"""Where fraud is reported to, and the forms that are opened for it here."""

from __future__ import annotations

import pytest

from actions import fraud_reports
from actions.forms.listed import forms_of
from tests.unit.actions.conftest import MakeTurn, Toolset


async def test_whoever_asks_is_told_where_to_with_a_button_for_the_sheet(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await fraud_reports.report(make_turn("fraud_report", "被拖欠工资也举报"), tools)

    assert "fraud_report/loss" in [b.payload for b in outcome.replies[-1].quick_replies]
    assert outcome.session.form is None


@pytest.mark.parametrize("said", [{"press": "fraud_report/loss"}, {"text": "我要登记被骗"}])
async def test_the_sheet_is_opened_by_button_and_by_word(
    make_turn: MakeTurn, tools: Toolset, said: dict[str, str]
) -> None:
    outcome = await fraud_reports.report(make_turn("fraud_report", **said), tools)

    assert outcome.session.form == "fraud_report/loss"
    assert "110 打了没有" in outcome.replies[0].text


def test_only_words_that_ask_for_it_are_taken_for_a_wish(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    assert fraud_reports.is_wanted(make_turn("inform", "我要登记被骗"), tools)
    assert not fraud_reports.is_wanted(make_turn("fraud_emergency", "我被骗了"), tools)
    assert not fraud_reports.is_wanted(make_turn(press="fraud_report/loss"), tools)


def test_every_form_has_an_end() -> None:
    assert {form.name for form in forms_of(fraud_reports.INTENT)} == fraud_reports.ENDS.keys()
