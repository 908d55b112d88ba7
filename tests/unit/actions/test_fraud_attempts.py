"""Things reported and appealed, and what a check says of those that staff have confirmed."""

from __future__ import annotations

from datetime import date

from actions import fraud, fraud_attempts
from actions.forms.draft import Draft
from actions.forms.listed import forms
from core.effects import AppealThings, CountFraud, ReportThings
from core.knowledge import ListedThing, ScamVerdict
from tests.unit.actions.conftest import Confirmed, MakeTurn, Toolset, scam_checker

NUMBER = "13900000001"
LISTED = ListedThing(sort="phone", quote=NUMBER, on=date(2026, 11, 20))


def draft(form: str, **slots: str) -> Draft:
    return Draft.new(forms()[form], slots)


async def test_what_is_named_is_noted_and_shown_without_a_live_link(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told = f"{NUMBER} 让我点 gjj-sz.vip"
    outcome = await fraud_attempts.note(
        make_turn("inform", told), tools, draft(fraud_attempts.FORM, things=told)
    )

    assert ReportThings(text=told) in outcome.effects
    assert f"{NUMBER}、gjj-sz［点］vip" in outcome.replies[0].text
    assert "核实以后" in outcome.replies[0].text


async def test_a_whole_message_counts_as_a_sighting_too(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told = f"【公积金中心】您的公积金账户异常，今日24时前点击 gjj-sz.vip 核验，逾期冻结 {NUMBER}"
    outcome = await fraud_attempts.note(
        make_turn("inform", told), tools, draft(fraud_attempts.FORM, things=told)
    )

    assert any(isinstance(effect, CountFraud) for effect in outcome.effects)


async def test_what_names_nothing_is_asked_for_again(make_turn: MakeTurn, tools: Toolset) -> None:
    outcome = await fraud_attempts.note(
        make_turn("inform", "骗子"), tools, draft(fraud_attempts.FORM, things="骗子")
    )

    assert outcome.effects == ()
    assert outcome.session.requested_slot == "things"


async def test_an_appeal_is_passed_on_whether_or_not_the_thing_is_listed(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    filled = draft(fraud_attempts.APPEAL, things=NUMBER, why="我家的店")
    outcome = await fraud_attempts.hear_appeal(make_turn("inform", "我家的店"), tools, filled)

    assert outcome.effects == (AppealThings(text=NUMBER, why="我家的店"),)
    assert "重新看" in outcome.replies[0].text


def test_a_listed_thing_is_suspicious_at_least_and_comes_first() -> None:
    nothing = scam_checker().check(NUMBER)
    assert nothing.verdict is ScamVerdict.CANNOT_TELL

    known = fraud_attempts.with_listed(nothing, [LISTED])
    assert known.verdict is ScamVerdict.SUSPICIOUS
    assert known.reasons[0].meaning == "有人举报过这个号码，2026年11月20日核实过。"
    assert fraud_attempts.with_listed(nothing, []) == nothing


async def test_the_check_says_so_and_gives_the_owner_a_way(make_turn: MakeTurn) -> None:
    tools = Toolset(confirmed=Confirmed(things=[LISTED]))
    outcome = await fraud.check(make_turn("fraud_check", f"{NUMBER} 是骗子吗"), tools)

    (told,) = outcome.replies
    assert "有人举报过这个号码" in told.text
    assert told.quick_replies[-1].payload == fraud_attempts.APPEAL
