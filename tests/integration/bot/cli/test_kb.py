"""`python -m bot kb lint`: nothing to say today, every fault named on a wrong day."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from bot.cli.speech import FAILED, USAGE
from knowledge_base.clippings import ClippingShelf
from tests.integration.bot.cli.typed import run

LONG_AGO = datetime(2000, 1, 1, 4, tzinfo=UTC)  # most laws that are cited did not exist


def test_the_report_has_the_contracts_keys() -> None:
    result = run("kb", "lint", "--json")
    report = json.loads(result.stdout)

    assert (result.exit_code, result.stderr) == (0, "")
    assert (report["faults"], report["details"]) == (0, [])
    assert report["entries"] > 100
    assert report["citations"] > 100


def test_a_person_reads_one_line_when_all_is_well() -> None:
    result = run("kb", "lint")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1


@pytest.mark.parametrize("flag", [["--json"], []])
def test_faults_are_named_and_fail(flag: list[str]) -> None:
    with time_machine.travel(LONG_AGO, tick=False):
        result = run("kb", "lint", *flag)

    assert result.exit_code == FAILED
    if flag:
        report = json.loads(result.stdout)
        assert report["faults"] == len(report["details"]) > 0
        assert {"file", "entry", "code"} <= set(report["details"][0])
    else:
        assert ".yml" in result.stdout.splitlines()[0]


def test_on_a_fixed_day_todays_date_only_warns() -> None:
    with time_machine.travel(LONG_AGO, tick=False):
        result = run("kb", "lint", "--on", "2026-11-22", "--json")
        report = json.loads(result.stdout)
        told = run("kb", "lint", "--on", "2026-11-22")

    assert (result.exit_code, report["faults"]) == (0, 0)
    assert {w["code"] for w in report["warnings"]} >= {"not_in_force"}
    assert (told.exit_code, len(told.stdout.splitlines())) == (0, 1)
    assert told.stderr.splitlines()[0].startswith("提醒")


def test_a_day_that_is_none_is_a_usage_error() -> None:
    assert run("kb", "lint", "--on", "tomorrow").exit_code == USAGE


@pytest.mark.parametrize(
    ("asked", "first"),
    [(["劳动合同法", "第四十七条"], "labour-dismissal"), (["劳动合同法"], "labour-unpaid-wages")],
)
def test_what_a_change_of_the_law_touches_is_listed(asked: list[str], first: str) -> None:
    result = run("kb", "impact", *asked)

    *lines, last = result.stdout.splitlines()
    assert result.exit_code == 0
    assert str(len(lines)) in last
    assert [line.split()[0] for line in lines if line.split()[0] == first] == [first]
    assert all("条" in line for line in lines)


def test_a_law_that_nothing_cites_is_said_so() -> None:
    result = run("kb", "impact", "国家公园法")

    assert (result.exit_code, len(result.stdout.splitlines())) == (0, 1)


def test_the_page_of_answers_is_written(tmp_path: Path) -> None:
    page = tmp_path / "answers.md"

    result = run("kb", "answers", str(page))

    assert result.exit_code == 0
    assert "### 被拖欠工资" in page.read_text(encoding="utf-8")


def test_an_unknown_command_is_a_usage_error() -> None:
    assert run("kb", "polish").exit_code == USAGE


CASE = """
- title: 欠薪案
  source: 某某法院
  date: 2026-03-01
  topic: legal_labour
  text: 工人离开工地后一年内申请仲裁，裁决支付。
  entries: [labour-unpaid-wages]
"""


def test_cases_are_imported_with_source_and_day_and_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "cases.yml"
    file.write_text(CASE, encoding="utf-8")

    first, second = run("kb", "import-cases", str(file)), run("kb", "import-cases", str(file))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "导入：欠薪案" in first.stdout
    assert "没有变：欠薪案" in second.stdout
    shelf = ClippingShelf(tmp_path / "data" / "clippings.yml")
    assert [c.title for c in shelf.of("labour-unpaid-wages", "legal_labour")] == ["欠薪案"]


def test_a_case_without_its_day_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    file = tmp_path / "cases.yml"
    file.write_text(CASE.replace("  date: 2026-03-01\n", ""), encoding="utf-8")

    result = run("kb", "import-cases", str(file))

    assert result.exit_code == FAILED
    assert "第 1 行 不收：欠薪案（date" in result.stdout
    assert not (tmp_path / "data" / "clippings.yml").exists()
    assert run("kb", "import-cases", str(tmp_path / "none.yml")).exit_code == USAGE


def test_the_pathways_are_drawn_on_one_page(tmp_path: Path) -> None:
    result = run("kb", "pathways", str(tmp_path / "ways.md"))

    assert result.exit_code == 0
    assert (tmp_path / "ways.md").read_text(encoding="utf-8").count("```mermaid") == 12


def test_laws_are_taken_in_row_by_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "texts"
    folder.mkdir()
    good = "# 停车条例\n\n第一条 不得占用盲道。\n\n第二条 本条例自2020年3月1日起施行。"
    (folder / "停车条例(2020-01-01).md").write_text(good, encoding="utf-8")
    (folder / "空.md").write_text("# 空", encoding="utf-8")

    first = run("kb", "import-laws", str(folder))
    again = run("kb", "import-laws", str(folder), "--json")

    good_line, bad_line, total = first.stdout.splitlines()
    assert first.exit_code == again.exit_code == FAILED
    assert "《停车条例》 2 条  2020-01-01 公布，2020-03-01 起施行" in good_line
    assert "空.md" in bad_line
    assert "新增 1" in total
    assert [row["outcome"] for row in json.loads(again.stdout)["rows"]] == ["unchanged", "skipped"]


def test_a_path_without_texts_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))

    assert run("kb", "import-laws", str(tmp_path / "none")).exit_code == USAGE
    assert run("kb", "import-laws", str(tmp_path)).exit_code == FAILED
    assert not (tmp_path / "data").exists()
