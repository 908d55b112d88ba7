from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.cli.case_told import finding_json, print_rows, print_sheet, row_json, sheet_json
from bot.cli.speech import words
from cases.counsel.conflicts import Counsel
from cases.desk import Entry, File, Sent, Sheet
from cases.listing import Row
from cases.persons import Role
from cases.proof import Finding, Head
from core.case_views import Deadline
from core.fraud_reports import Account, Transfer

AT = datetime(2026, 10, 12, 1, 20, tzinfo=UTC)
REFERENCE, PHONE = "XF3205082610120001236", "13812345678"
ROW = Row(
    reference=REFERENCE,
    title=f"路灯坏了 {PHONE}",
    state="办理中",
    agency="住建部门",
    supervision="listed",
    rating=None,
    due=date(2026, 12, 19),
    overdue=True,
    received_at=AT,
)
SHEET = Sheet(
    reference=REFERENCE,
    kind="信访件",
    sub_kind="申诉求决",
    title="路灯坏了",
    state="办理中",
    agency="住建部门",
    district="姑苏区",
    place="",
    supervision="none",
    rating=None,
    demo=False,
    counsel=(
        Counsel(lawyer="张律师", finding="doubted", serves=True, others=(REFERENCE,)),
        Counsel(lawyer="陈律师", finding="cleared", serves=False, others=()),
    ),
    closed_at=None,
    persons=((Role.FILER, {"phone": PHONE}),),
    details={"phone": PHONE},
    entries=(
        Entry(at=AT, label="收到", command="submit", author="citizen", text="收到。", words=f"请打{PHONE}", public=True),
        Entry(at=AT, label="进展", command="note", author="staff:王", text="内部", words="", public=False),
    ),
    deadlines=(Deadline(what="回复催办", due=date(2026, 12, 1), computed="第 5 个工作日", citation=None, overdue=False),),
    files=(File(id="f1", name="a.jpg", mime="image/jpeg", size=9, stage="before", public=False),),
    transfers=(
        Sent(
            number=1,
            transfer=Transfer(
                amount=3_000_000, at=AT, precision="day", method="mobile", source="record",
                target=Account(bank="某银行", account="4111111111111111", holder="王某"),
            ),
            state="已止付", until=AT, refunded=None, doubts=("time",),
        ),
    ),
    possible=("note", "reply"),
    delivery="none",
    tags=(),
)  # fmt: skip


def test_a_list_hides_numbers_of_people_not_of_cases(capsys: pytest.CaptureFixture[str]) -> None:
    print_rows([ROW])
    told = capsys.readouterr().out

    assert REFERENCE in told
    assert PHONE not in told
    assert "2026-12-19（已超期）" in told
    assert "挂牌督办" in told
    assert row_json(ROW)["reference"] == REFERENCE
    assert PHONE not in str(row_json(ROW))


def test_the_address_of_a_picture_is_told_whole_with_a_warning(
    capsys: pytest.CaptureFixture[str],
) -> None:
    link = "https://example.org/6222021234567890123.jpg"
    sheet = replace(SHEET, details={"media_url": link})
    print_sheet(sheet)

    assert words("case_link", link=link) in capsys.readouterr().out.splitlines()
    assert sheet_json(sheet)["details"]["media_url"] == link


def test_a_sheet_tells_every_part_and_hides_numbers(capsys: pytest.CaptureFixture[str]) -> None:
    print_sheet(SHEET)
    told = capsys.readouterr().out

    assert PHONE not in told + str(sheet_json(SHEET))
    for part in (
        "2026-10-12 09:20  收到",
        "[不对外] 进展",
        "回复催办：2026-12-01",
        "f1",
        "note reply",
    ):
        assert part in told
    assert sheet_json(SHEET)["entries"][0]["at"] == "2026-10-12T01:20:00+00:00"


def test_a_finding_keeps_the_head_to_compare_with() -> None:
    finding = Finding(reference=REFERENCE, head=Head(4, "ab"), at=3)

    assert finding_json(finding) == {
        "reference": REFERENCE, "seq": 4, "head": "ab", "whole": False, "at": 3, "missing": False,
    }  # fmt: skip


def test_a_transfer_is_told_without_its_account_and_with_what_is_missing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_sheet(SHEET)
    told, as_json = capsys.readouterr().out, str(sheet_json(SHEET))

    assert "转账 1  30,000 元  2026-10-12 09:20（只记得哪天）手机银行" in told
    assert "已止付，到 2026-10-12 09:20  时间不到分" in told
    assert "4111111111111111" not in told + as_json
    assert "某银行 王某 411*********1111" in told
