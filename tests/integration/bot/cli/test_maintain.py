"""Commands that maintain say what they did, may be repeated, and fail in one line."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.cli.speech import FAILED, USAGE, words
from nlu import training
from tests.conftest import KEPT
from tests.integration.bot.cli.typed import complaint, run

REFERENCE, CODE = "XF3205082610120001236", "7QK2M9XD"


def test_migrating_twice_is_well() -> None:
    results = [run("migrate"), run("migrate")]

    assert [r.exit_code for r in results] == [0, 0]
    assert [r.stdout.strip() for r in results] == [words("migrated")] * 2
    assert [r.stderr for r in results] == ["", ""]


def test_demo_cases_are_loaded_once_and_printed_with_their_codes() -> None:
    first, second = run("demo"), run("demo")

    lines = first.stdout.splitlines()
    assert lines[0] == words("demo_loaded", count=len(lines) - 1)
    assert any(REFERENCE in line and CODE in line for line in lines)
    assert second.exit_code == 0
    assert second.stdout.splitlines() == [words("demo_there"), *lines[1:]]


@pytest.mark.parametrize("command", ["migrate", "demo"])
def test_a_database_out_of_reach_is_told_in_a_line(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")

    result = run(command)

    assert result.exit_code == FAILED
    assert "DATABASE_URL" in complaint(result)


@pytest.mark.parametrize("command", ["run", "migrate", "demo", "train"])
def test_a_setting_that_is_none_is_named_but_not_shown(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PORT", "eighty")

    result = run(command)

    assert result.exit_code == USAGE
    assert complaint(result) == words("setting_wrong", names="PORT")


@pytest.mark.parametrize("command", ["run", "migrate"])
def test_broken_keys_are_told_in_a_line(command: str, home: Path) -> None:
    (home / "keys").write_text("nonsense\n")

    result = run(command)

    assert result.exit_code == FAILED
    assert str(home / "keys") in complaint(result)


def test_a_taken_port_is_not_taken_for_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as holder:
        monkeypatch.setenv("PORT", str(holder.getsockname()[1]))
        result = run("run")

    assert result.exit_code == FAILED
    opening, problem = result.stderr.splitlines()
    assert opening == words("starting_opening")
    assert "address already in use" in problem
    assert "DATABASE_URL" not in problem


@pytest.mark.rasa
@pytest.mark.usefixtures("rasa_url")
def test_a_model_that_is_there_is_not_trained_again(home: Path) -> None:
    (home / "models").symlink_to(KEPT / "models")

    result = run("train")

    assert result.exit_code == 0
    assert result.stdout.startswith(words("trained_before", path=""))
    assert result.stderr == ""


def test_faulty_training_files_are_told_by_line(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = home / "training"
    data.mkdir()
    (data / "a.yml").write_text("nlu:\n- intent: gret\n  examples: |\n    - 嗨\n    - 嗨\n")
    monkeypatch.setattr(training, "DATA", data)

    result = run("train")

    assert (result.exit_code, result.stdout) == (USAGE, "")
    assert [line.split(": ")[0] for line in result.stderr.splitlines()[1:]] == [
        f"{data / 'a.yml'}:{line}" for line in (4, 5, 5)
    ]
    assert not (home / "models").exists()


def test_every_command_is_explained() -> None:
    told = run("--help").stdout

    for command in ("run", "ask", "train", "migrate", "demo", "doctor", "eval", "kb", "handoff"):
        assert command in told
