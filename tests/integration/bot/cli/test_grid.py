"""`python -m bot grid …`: grids made, codes given, the sheet of a day."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from bot.cli.speech import FAILED, USAGE, words
from tests.integration.bot.cli.typed import complaint, run

pytestmark = pytest.mark.usefixtures("home")
NAME = "东塘社区12网格"


def test_a_grid_is_made_with_a_code_and_stands_on_the_sheet(home: Path) -> None:
    assert run("grid", "list").stdout.strip() == words("grid_none")
    made = run("grid", "add", NAME, "姑苏区")
    assert f"{NAME} 的绑定码：" in made.stdout
    again = run("grid", "code", NAME)
    assert again.stdout != made.stdout

    assert f"{NAME}（姑苏区）  没报（没有绑定人）" in run("grid", "list").stdout
    out = home / "sheet.xlsx"
    assert run("grid", "sheet", "2026-11-30", "--out", str(out)).exit_code == 0
    assert load_workbook(out)["网格日报"]["A2"].value == NAME


def test_what_cannot_be_done_is_said() -> None:
    run("grid", "add", NAME, "姑苏区")
    twice = run("grid", "add", NAME, "姑苏区")
    nowhere = run("grid", "add", "另一个", "火星")
    unknown = run("grid", "code", "没有的")
    ending = run("grid", "sheet", "2026-11-30", "--out", "sheet.csv")

    assert (twice.exit_code, complaint(twice)) == (FAILED, words("grid_taken"))
    assert (nowhere.exit_code, complaint(nowhere)) == (USAGE, words("grid_area", area="火星"))
    assert (unknown.exit_code, complaint(unknown)) == (FAILED, words("grid_no_such"))
    assert (ending.exit_code, complaint(ending)) == (USAGE, words("grid_xlsx"))
    assert run("grid", "sheet", "yesterday").exit_code == USAGE
