"""`python -m bot body …` and `case tag`: seen, sent again, exchanged by sheet, compared, counted."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, words
from bot.preparation import migrate
from bot.settings import Settings
from core.clock import utc_now
from tests.integration.bot.cli.typed import complaint, run
from tests.integration.cases.filings import FRESH, officer, opened

BACK = "编号,对方编号,办到哪\n"


@pytest.fixture
def reference(home: Path) -> str:
    """A petition that the petition office has, by sheet; Gusu had it before."""

    async def work() -> str:
        db = open_store(Settings())
        await migrate(db)
        at = utc_now() - timedelta(days=3)
        steps = (officer("register", at), officer("transfer", at), officer("reassign", at, "交"))
        given = (*steps[:2], replace(steps[2], agency="市信访部门"))
        made = await opened(db, replace(FRESH, agency="", at=at), given)
        await db.close()
        return made.case.reference

    (home / "bodies.yml").write_text(
        f"petition_office: {{folder: {home / 'office'}}}\n", encoding="utf-8"
    )
    return asyncio.run(work())


def test_bodies_and_deliveries_are_listed(reference: str) -> None:
    listed = run("body", "list", "--json")
    rows = {row["id"]: row for row in json.loads(listed.stdout)}
    seen = run("body", "deliveries", "--body", "petition_office", "--json")

    assert (rows["petition_office"]["connected"], rows["petition_office"]["waiting"]) == (True, 1)
    assert not rows["gusu"]["connected"]
    assert words("body_unconnected") in run("body", "list").stdout
    [row] = json.loads(seen.stdout)
    assert (row["reference"], row["state"], row["number"]) == (reference, "queued", "")
    assert reference in run("body", "deliveries").stdout
    assert run("body", "deliveries", "--state", "dead").stdout.strip() == words("body_empty")
    wrong = run("body", "deliveries", "--state", "lost")
    assert (wrong.exit_code, complaint(wrong)) == (USAGE, words("body_state"))
    assert run("body", "retry", reference).stdout.strip() == words("body_retried", count=0)


def test_sheets_go_out_and_come_back(reference: str, home: Path) -> None:
    done = run("body", "reconcile")
    assert (done.exit_code, done.stderr) == (0, "")
    assert words("body_sent_now", body="petition_office", count=1) in done.stdout
    assert len(list((home / "office" / "out").glob("*.xlsx"))) == 1

    back = home / "back.csv"
    back.write_text(f"{BACK}{reference},信-1,已受理\n", encoding="utf-8")
    first, again = (run("body", "import", "petition_office", str(back)) for _ in range(2))
    assert first.stdout.strip() == words("body_imported", applied=1)
    assert again.stdout.strip() == words("body_imported", applied=0)
    told = run("case", "show", reference, "--json")
    assert json.loads(told.stdout)["delivery"] == "acknowledged"


def test_rows_at_fault_hold_the_sheet_back_unless_told_otherwise(
    reference: str, home: Path
) -> None:
    run("body", "reconcile")
    back = home / "back.csv"
    back.write_text(f"{BACK}{reference},信-1,已受理\n坏的,,\n", encoding="utf-8")
    held = run("body", "import", "petition_office", str(back))
    partial = run("body", "import", "petition_office", str(back), "--partial")

    assert (held.exit_code, held.stdout) == (FAILED, "")
    assert words("body_nothing_imported", count=1) in held.stderr
    assert partial.stdout.strip() == words("body_imported", applied=1)


def test_a_body_that_is_not_connected_is_told(reference: str, home: Path) -> None:
    assert run("body", "import", "gusu", str(home / "bodies.yml")).exit_code == FAILED
    assert run("body", "reconcile", "gusu").exit_code == FAILED
    (home / "bodies.yml").write_text("gusu: {folder: /tmp}\n", encoding="utf-8")
    assert complaint(run("body", "list")).count("bodies.yml") == 1


def test_campaigns_are_counted_apart(reference: str, home: Path) -> None:
    assert run("case", "tag", reference, "演示专项").exit_code == 0
    assert "演示专项" in run("case", "show", reference).stdout
    counted = run("body", "report", "--campaign", "演示专项")
    assert "市信访部门" in counted.stdout
    assert run("body", "report", "--campaign", "别的").stdout.strip() == words("body_report_none")
    written = run("body", "report", "--xlsx", str(home / "report.xlsx"))
    assert written.exit_code == 0
    rows = list(load_workbook(home / "report.xlsx").worksheets[0].values)
    assert rows[1][0] == "市信访部门"

    run("case", "tag", reference, "演示专项", "--remove")
    assert words("body_report_none") in run("body", "report", "--campaign", "演示专项").stdout


def test_days_that_are_none_are_refused(reference: str) -> None:
    for days in (("--since", "11-01"), ("--since", "2026-11-02", "--until", "2026-11-01")):
        refused = run("body", "report", *days)
        assert refused.exit_code == USAGE


def test_a_field_visit_is_a_step_that_is_told(reference: str) -> None:
    empty = run("case", "move", reference, "visit")
    done = run("case", "move", reference, "visit", "--text", "演示：上门看过")

    assert (empty.exit_code, done.exit_code) == (FAILED, 0)
    assert "上门走访" in run("case", "show", reference).stdout
