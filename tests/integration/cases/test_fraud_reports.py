"""A fraud report: filed with its money or not at all, followed by staff only, whole to the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from cases.desk import StaffDesk
from cases.errors import BadFiling, BadOrder, BrokenChain, StepNotAllowed
from cases.filing import Receipt
from cases.fraud_reports import Source, file_fraud_report
from cases.kinds.machine import Actor
from cases.models import Case, CaseTransfer
from cases.orders import Order
from cases.persons import Role, erase_persons
from cases.reader import CaseDesk
from cases.records import find, verify
from cases.service import apply
from cases.transfers import Trace
from core.clock import SUZHOU
from core.fraud_reports import Account, FraudReport, Transfer
from db.engine import Database

AT = datetime(2026, 11, 27, 15, tzinfo=SUZHOU)
SENT = Transfer(
    amount=3_000_000,
    at=AT - timedelta(minutes=20),
    target=Account(bank="某银行", account="4111111111111111", holder="王某"),
)
REPORT = FraudReport(
    fraud_type="brush",
    title="刷单被骗",
    story="群里叫我垫付，说做完返还",
    area="320508",
    person={"who": "周某", "phone": "13900000000"},
    details={"app": "某某任务"},
    transfers=(SENT, replace(SENT, amount=500_000, precision="day")),
)


async def filed(db: Database, report: FraudReport = REPORT) -> Receipt:
    async with db.write() as session:
        return await file_fraud_report(session, db.vault, report, Source(at=AT, author="staff:李"))


async def step(db: Database, reference: str, command: str, **more: object) -> None:
    fields = {"actor": Actor.OFFICER, "at": AT + timedelta(hours=1), **more}
    async with db.write() as session:
        case = await find(session, reference)
        await apply(session, db.vault, case, Order(command=command, **fields))  # type: ignore[arg-type]


async def test_it_is_filed_with_each_transfer_and_a_first_day(db: Database) -> None:
    receipt = await filed(db)
    sheet = await StaffDesk(db, lambda: AT).look_at(receipt.reference)

    assert receipt.reference.startswith("ZP320508261127")
    assert receipt.due == date(2026, 11, 30)
    assert [(t.number, t.transfer, t.state) for t in sheet.transfers] == [
        (1, SENT, "已记下"),
        (2, REPORT.transfers[1], "已记下"),
    ]
    assert [t.doubts for t in sheet.transfers] == [(), ("time",)]
    assert sheet.details == {"app": "某某任务"}
    async with db.read() as session:
        await verify(session, await find(session, receipt.reference))


async def test_nothing_is_half_written(db: Database) -> None:
    bad = replace(REPORT, transfers=(SENT, replace(SENT, amount=0)))
    for report, error in ((bad, BadOrder), (replace(REPORT, fraud_type="magic"), BadFiling)):
        with pytest.raises(error):
            await filed(db, report)

    async with db.read() as session:
        for table in (Case, CaseTransfer):
            assert await session.scalar(select(func.count()).select_from(table)) == 0


async def test_one_without_a_loss_can_be_filed_too(db: Database) -> None:
    receipt = await filed(db, replace(REPORT, transfers=()))

    assert (await StaffDesk(db, lambda: AT).look_at(receipt.reference)).transfers == ()


async def test_what_becomes_of_money_is_told_and_the_record_stays_whole(db: Database) -> None:
    receipt = await filed(db)
    until = AT + timedelta(hours=49)
    await step(db, receipt.reference, "trace_money", trace=Trace(number=1, state="stop_requested"))
    stopped = Trace(number=1, state="stopped", until=until)
    await step(db, receipt.reference, "trace_money", trace=stopped, text="派出所告知。")

    found = await CaseDesk(db, lambda: AT).look_up(receipt.reference, receipt.code, contact_id="a")
    assert found.case is not None
    assert found.case.steps[-1].text == (
        "第 1 笔 30,000 元：已止付，到 2026-11-29 16:00。派出所告知。"
    )
    async with db.read() as session:
        await verify(session, await find(session, receipt.reference))


async def test_a_citizen_adds_money_but_never_says_it_was_stopped(db: Database) -> None:
    receipt = await filed(db)
    await step(db, receipt.reference, "record_money", actor=Actor.CITIZEN, sent=(SENT,))
    trace = Trace(number=3, state="stop_requested")
    with pytest.raises(StepNotAllowed):
        await step(db, receipt.reference, "trace_money", actor=Actor.CITIZEN, trace=trace)
    with pytest.raises(BadOrder):
        await step(db, receipt.reference, "note", sent=(SENT,))

    sheet = await StaffDesk(db, lambda: AT).look_at(receipt.reference)
    assert [t.number for t in sheet.transfers] == [1, 2, 3]


@pytest.mark.parametrize(
    "change", [{"amount": 1}, {"state": "refunded"}, {"until": AT}, {"ends_sealed": "k1:x"}]
)
async def test_a_transfer_that_was_altered_shows(db: Database, change: dict[str, object]) -> None:
    receipt = await filed(db)
    async with db.write() as session:
        await session.execute(update(CaseTransfer).values(**change))

    async with db.read() as session:
        case = await find(session, receipt.reference)
        with pytest.raises(BrokenChain):
            await verify(session, case)


async def test_erasing_the_victim_erases_the_accounts_but_not_the_sum(db: Database) -> None:
    receipt = await filed(db)
    async with db.write() as session:
        case = await find(session, receipt.reference)
        await erase_persons(session, [case.id], now=AT)

    sheet = await StaffDesk(db, lambda: AT).look_at(receipt.reference)
    assert [t.transfer.amount for t in sheet.transfers] == [3_000_000, 500_000]
    assert {t.transfer.target for t in sheet.transfers} == {Account()}


async def test_only_fraud_reports_have_transfers(db: Database) -> None:
    receipt = await filed(db)

    with pytest.raises(BadOrder):
        await step(db, receipt.reference, "hand_off", trace=Trace(number=1, state="stopped"))


async def test_the_citizen_sees_how_each_transfer_stands_in_their_language(db: Database) -> None:
    receipt = await filed(db)
    await step(db, receipt.reference, "trace_money", trace=Trace(number=2, state="stop_requested"))
    desk = CaseDesk(db, lambda: AT)

    told = {}
    for language in ("zh", "en"):
        found = await desk.look_up(
            receipt.reference, receipt.code, contact_id="a", language=language
        )
        assert found.case is not None
        told[language] = found.case.money

    assert told == {
        "zh": ("第 1 笔 30,000 元：已记下。", "第 2 笔 5,000 元：已请求止付。"),
        "en": (
            "Transfer 1, 30,000 yuan: written down.",
            "Transfer 2, 5,000 yuan: the police asked to stop it.",
        ),
    }


async def test_a_victim_is_kept_apart_from_whoever_reports(db: Database) -> None:
    receipt = await filed(db, replace(REPORT, victim={"victim": "王某，我妈"}))

    sheet = await StaffDesk(db, lambda: AT).look_at(receipt.reference)
    assert sheet.persons == (
        (Role.FILER, {"who": "周某", "phone": "13900000000"}),
        (Role.VICTIM, {"victim": "王某，我妈"}),
    )
