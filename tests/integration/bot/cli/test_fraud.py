"""`python -m bot fraud …`: reports written down, transfers added and followed."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from antifraud.reports import report as note_report
from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.preparation import migrate
from bot.settings import Settings
from core.clock import SUZHOU, utc_now
from tests.integration.bot.cli.typed import complaint, run

ACCOUNT = "4111111111111111"


def moment() -> str:
    return f"{utc_now().astimezone(SUZHOU) - timedelta(hours=1):%Y-%m-%dT%H:%M}"


def report(folder: Path, **changes: str) -> Path:
    fields = {"fraud_type": "brush", "amount": "30000.50", **changes}
    file = folder / "report.yml"
    file.write_text(
        f"""
fraud_type: {fields["fraud_type"]}
title: 刷单被骗
story: 群里叫我垫付
area: "320508"
person: {{who: 周某}}
transfers:
  - amount: {fields["amount"]}
    at: {moment()}
    target: {{bank: 某银行, account: "{ACCOUNT}", holder: 王某}}
    method: mobile
    source: record
""",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def reference(home: Path, tmp_path: Path) -> str:
    async def work() -> None:
        db = open_store(Settings())
        await migrate(db)
        await db.close()

    asyncio.run(work())
    done = run("fraud", "file", str(report(tmp_path)), "--as", "李")
    assert (done.exit_code, done.stderr) == (0, "")
    found = re.search(r"ZP[0-9A-Z]{19}", done.stdout)
    assert found is not None
    assert "这里不能止付" in done.stdout
    assert re.search(r"查询码 [2-9A-HJ-NP-Z]{8}", done.stdout)
    return found.group()


def test_a_report_is_written_down_and_its_money_followed(reference: str, tmp_path: Path) -> None:
    more = tmp_path / "more.yml"
    more.write_text(f"- {{amount: 20, at: {moment()}, precision: hour}}", encoding="utf-8")
    until = f"{utc_now().astimezone(SUZHOU) + timedelta(hours=48):%Y-%m-%dT%H:%M}"
    for step in (
        ("fraud", "add", reference, str(more)),
        ("fraud", "trace", reference, "1=stop_requested", "--text", "已报 110。"),
        ("fraud", "trace", reference, "1=stopped", "--with", f"until={until}"),
        ("case", "move", reference, "hand_off"),
    ):
        done = run(*step)
        assert (done.exit_code, done.stderr) == (0, ""), step

    sheet = json.loads(run("case", "show", reference, "--json").stdout)
    assert [(t["number"], t["state"]) for t in sheet["transfers"]] == [
        (1, "已止付"),
        (2, "已记下"),
    ]
    assert [t["transfer"]["amount"] for t in sheet["transfers"]] == [3_000_050, 2_000]
    assert ACCOUNT not in run("case", "show", reference).stdout
    assert run("case", "verify").exit_code == 0


@pytest.mark.parametrize(
    "step",
    [
        ("1=nonsense",),
        ("7=stop_requested",),
        ("1=refunded", "--with", "refunded=3"),
    ],
)
def test_a_step_that_leads_nowhere_fails_with_one_line(
    reference: str, step: tuple[str, ...]
) -> None:
    refused = run("fraud", "trace", reference, *step)

    assert refused.exit_code == FAILED
    assert complaint(refused)


@pytest.mark.parametrize(
    "step",
    [("x",), ("1=stopped", "--with", "until=soon"), ("1=stopped", "--with", "when=now")],
)
def test_a_slip_is_usage(reference: str, step: tuple[str, ...]) -> None:
    refused = run("fraud", "trace", reference, *step)

    assert (refused.exit_code, complaint(refused)) == (USAGE, words("fraud_trace"))


@pytest.mark.parametrize(
    ("change", "code"),
    [({"amount": "0"}, USAGE), ({"amount": "viel"}, USAGE), ({"fraud_type": "magic"}, FAILED)],
)
def test_a_file_that_cannot_be_read_leaves_nothing(
    reference: str, tmp_path: Path, change: dict[str, str], code: int
) -> None:
    refused = run("fraud", "file", str(report(tmp_path, **change)))

    assert refused.exit_code == code
    assert complaint(refused)
    assert len(json.loads(run("case", "list", "--json").stdout)) == 1


@pytest.fixture
def reported(home: Path) -> None:
    async def work() -> None:
        db = open_store(Settings())
        await migrate(db)
        async with db.write() as session:
            await note_report(session, db.vault, "13900000001", contact_id="a", now=utc_now())
        await db.close()

    asyncio.run(work())


@pytest.mark.usefixtures("reported")
def test_staff_look_at_reports_and_decide_with_a_reason() -> None:
    listed = run("fraud", "reported")
    assert "1  电话 13900000001：待核实，1 人举报" in listed.stdout

    done = run("fraud", "decide", "1", "--list", "--reason", "已核实", "--as", "李")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "已核实，查到会提醒" in done.stdout
    assert words("reported_none") in run("fraud", "reported").stdout
    assert "staff:李：已核实" in run("fraud", "reported", "--state", "listed").stdout


@pytest.mark.usefixtures("reported")
@pytest.mark.parametrize(
    ("typed", "code", "complains"),
    [
        (("reported", "--state", "odd"), USAGE, "reported_state"),
        (("decide", "7", "--list", "--reason", "x"), FAILED, "reported_no_such"),
        (("decide", "1", "--dismiss", "--reason", " "), FAILED, "reported_reason"),
    ],
)
def test_slips_at_the_reports_are_told(typed: tuple[str, ...], code: int, complains: str) -> None:
    done = run("fraud", *typed)

    assert (done.exit_code, complaint(done)) == (code, words(complains))
