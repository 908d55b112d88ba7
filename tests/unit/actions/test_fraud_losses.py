"""The sheet: what becomes a transfer, what stays in the story, what goes into the statement."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from actions import fraud_losses
from actions.forms.draft import Draft
from actions.forms.listed import forms
from actions.forms.spec import SKIPPED
from antifraud.typology import load_typology
from cases.kinds.catalogue import machine_of
from cases.transfers import transfer_table
from core.clock import SUZHOU
from core.effects import FileFraudReport, IssueDocument, RequestHandoff
from core.fraud_reports import Account, Transfer
from core.turns import Outcome
from tests.unit.actions.conftest import NOW, MakeTurn, Toolset

FORM = forms()[fraud_losses.FORM]
TOLD = {
    "reported": "yes", "whose": "self", "how": "bank", "time": "2026-11-22T09:20",
    "amount": "30000.5", "theirs": "某银行 6222 0212 3456 7890 128", "holder": "王某",
    "mine": "6222020000000000001", "contact": "微信 sufa_demo",
    "story": "群里叫我刷单垫付，说做完返还，后来不给提现", "district": "320508",
    "who": "周某", "phone": "13900000000",
}  # fmt: skip


def draft(**changes: str) -> Draft:
    return Draft.new(FORM, {**TOLD, **changes})


async def filed(make_turn: MakeTurn, tools: Toolset, told: Draft) -> Outcome:
    return await fraud_losses.file(make_turn("affirm", "确认"), tools, told)


async def test_it_files_a_report_and_a_statement_and_calls_a_person_first_in_line(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    outcome = await filed(make_turn, tools, draft())

    report, statement, handoff = outcome.effects
    assert isinstance(report, FileFraudReport)
    assert report.report.fraud_type == "brush"
    assert report.report.person == {"who": "周某", "phone": "13900000000"}
    assert report.report.victim == {}
    assert report.report.transfers == (
        Transfer(
            amount=3_000_050,
            at=datetime(2026, 11, 22, 9, 20, tzinfo=SUZHOU),
            origin=Account(account="6222020000000000001"),
            target=Account(account="6222021234567890128", holder="王某"),
            method="bank",
        ),
    )
    assert isinstance(statement, IssueDocument)
    assert statement.values["amount"] == "3.00005 万元"
    assert statement.values["theirs"] == "某银行 6222 0212 3456 7890 128，王某"
    assert "transfers" not in statement.values
    assert handoff == RequestHandoff(reason="fraud", urgent=True)
    assert outcome.session.form is None
    assert not any(reply.quick_replies for reply in outcome.replies[1:])


async def test_several_transfers_are_all_recorded_and_listed(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    more = await filed(make_turn, tools, Draft(form=FORM, slots=TOLD, asked="summary", how="more"))
    assert more.effects == ()
    assert "how" not in more.session.slots
    second = {"how": "alipay", "time": "2026-11-22T09:30~", "amount": "20", "theirs": "a@example"}
    outcome = await filed(make_turn, tools, Draft.new(FORM, {**more.session.slots, **second}))

    report, statement = outcome.effects[0], outcome.effects[1]
    assert isinstance(report, FileFraudReport)
    assert [(t.amount, t.precision, t.method) for t in report.report.transfers] == [
        (3_000_050, "minute", "bank"),
        (2_000, "hour", "wallet"),
    ]
    assert report.report.transfers[1].target == Account(bank="支付宝", account="a@example")
    assert isinstance(statement, IssueDocument)
    assert statement.values["amount"] == "3.00205 万元"
    assert statement.values["transfers"].startswith(
        "1. 银行转账，2026年11月22日 09:20，30,000.5 元"
    )
    assert "\n2. 支付宝，2026年11月22日 09:30（大概），20 元" in statement.values["transfers"]


async def test_a_relative_reports_for_the_victim_who_is_kept_apart(
    make_turn: MakeTurn, tools: Toolset
) -> None:
    told = draft(whose="relative", victim="王某，我妈", reported="no")
    outcome = await filed(make_turn, tools, told)

    report, statement, _ = outcome.effects
    assert isinstance(report, FileFraudReport)
    assert report.report.victim == {"victim": "王某，我妈"}
    assert isinstance(statement, IssueDocument)
    assert statement.values["name"] == "周某（替被骗的人报案：王某，我妈）"
    assert "现在就打 110" in outcome.replies[0].text


@pytest.mark.parametrize(
    "changes",
    [
        {"time": SKIPPED},
        {"amount": SKIPPED},
        {"time": f"{NOW - timedelta(days=4 * 365):%Y-%m-%d}"},
    ],
)
def test_what_cannot_be_recorded_is_told_in_the_story_alone(changes: dict[str, str]) -> None:
    assert fraud_losses.transfers(draft(**changes), NOW) == ()


@pytest.mark.parametrize("theirs", ["8888 8888 8888 8888", TOLD["mine"]])
async def test_an_account_that_cannot_be_is_asked_for_again(
    make_turn: MakeTurn, tools: Toolset, theirs: str
) -> None:
    outcome = await filed(make_turn, tools, draft(theirs=theirs))

    assert outcome.effects == ()
    assert "不像真的" in outcome.replies[0].text
    assert outcome.session.requested_slot == "theirs"


async def test_a_form_carries_only_so_many(make_turn: MakeTurn, tools: Toolset) -> None:
    row = '{"how": "bank", "amount": "1"}'
    many = draft(others=f"[{', '.join([row] * (fraud_losses.MOST - 1))}]")
    told = Draft(form=FORM, slots=many.slots, asked="summary", how="more")
    outcome = await filed(make_turn, tools, told)

    assert f"已经记了 {fraud_losses.MOST} 笔" in outcome.replies[0].text


def test_every_way_and_every_type_of_fraud_has_its_code() -> None:
    how = FORM.slot("how")
    assert how is not None
    assert {c.key for c in how.choices} - fraud_losses.METHODS.keys() == {"other"}
    assert set(fraud_losses.METHODS.values()) <= transfer_table().methods.keys()
    typology = load_typology()
    sorts = {typology.family(key) for key in typology.kinds}
    assert sorts <= machine_of("ZP").sub_kind_labels.keys()


def test_little_must_be_told() -> None:
    asked = [slot.name for slot in FORM.slots if slot.asked and not slot.skippable]

    assert asked == ["reported", "whose", "how", "story", "district"]
