"""`python -m bot duty …`: a plan shown, checked, put into force; a call tried out."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.speech import FAILED, USAGE, words
from handoff.duty.words import words as faults
from tests.integration.bot.cli.typed import complaint, run

PLAN = "teams:\n  - {name: 综合岗, hours: [工作日 09:00-12:00]}\n"
ROTA = "people: {li: {mail: li@example.com}}\nrota:\n  - {when: 每天 08:00-24:00, call: [li]}\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "duty.yml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_at_first_there_is_none() -> None:
    shown = run("duty", "show")

    assert (shown.exit_code, complaint(shown)) == (FAILED, words("duty_none"))


def test_the_example_is_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "example.yml"
    path.write_text(run("duty", "template").stdout, encoding="utf-8")

    checked = run("duty", "check", str(path))

    assert (checked.exit_code, checked.stdout.strip()) == (0, words("duty_right"))


def test_a_plan_is_kept_and_shown(plan: Path) -> None:
    kept = [run("duty", "set", str(plan), "--as", "王") for _ in range(2)]

    assert [k.stdout.strip() for k in kept] == [words("duty_kept", number=n) for n in (1, 2)]
    assert run("duty", "show").stdout.strip() == PLAN.strip()


@pytest.mark.parametrize("command", ["check", "set"])
def test_a_faulty_plan_is_refused_with_its_faults(plan: Path, command: str) -> None:
    plan.write_text(PLAN.replace("工作日", "工作天"), encoding="utf-8")

    refused = run("duty", command, str(plan))

    fault = faults("hours_day", whose="综合岗", line="工作天 09:00-12:00")
    assert (refused.exit_code, complaint(refused)) == (USAGE, words("duty_fault", fault=fault))
    assert run("duty", "show").exit_code == FAILED


def test_hours_without_anybody_on_call_are_told(plan: Path) -> None:
    plan.write_text(PLAN + ROTA, encoding="utf-8")

    checked = run("duty", "check", str(plan))

    assert checked.exit_code == FAILED
    assert len(checked.stderr.splitlines()) > 1
    assert " 00:00 – " in checked.stderr


def test_only_somebody_in_the_plan_is_called(plan: Path) -> None:
    plan.write_text(PLAN + ROTA, encoding="utf-8")
    run("duty", "set", str(plan))

    nobody, no_way = run("duty", "call", "zhao"), run("duty", "call", "li")

    assert complaint(nobody) == words("duty_no_person", name="zhao")
    assert complaint(no_way) == words("duty_no_way")


def test_a_call_that_reaches_nobody_has_failed(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan.write_text(PLAN + ROTA, encoding="utf-8")
    run("duty", "set", str(plan))
    monkeypatch.setenv("PAGE_WEBHOOK_URL", "http://127.0.0.1:1/")

    called = run("duty", "call", "li")

    assert called.exit_code == FAILED
    assert words("duty_unreached", name="li") in called.stderr


def test_a_file_that_is_missing_is_missing(tmp_path: Path) -> None:
    assert run("duty", "check", str(tmp_path / "none.yml")).exit_code == USAGE
