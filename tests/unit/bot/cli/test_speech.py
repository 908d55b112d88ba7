"""Every sentence is written down; every failure is one line and an exit code."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

import pytest
import typer
import yaml
from sqlalchemy.exc import OperationalError

from bot.cli import speech
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, progress, say, words
from bot.settings import Settings
from core.errors import NotFound, Unavailable
from nlu.checks import FaultyTraining
from nlu.training import ROOT
from nlu.training_files import Fault

WORDING: dict[str, str] = yaml.safe_load(
    Path(speech.__file__).with_name("wording.yml").read_text(encoding="utf-8")
)
USED = re.compile(r'\b(?:say|note|words|_refuse)\(\s*"(\w+)"')


def test_values_fill_their_places() -> None:
    assert words("file_missing", path="$x") == WORDING["file_missing"].replace("$path", "$x")


def test_a_missing_value_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError, match="path"):
        words("file_missing")


@pytest.mark.parametrize("key", WORDING)
def test_every_sentence_is_a_template(key: str) -> None:
    assert Template(WORDING[key]).is_valid()


def test_every_sentence_that_a_command_says_is_written_down() -> None:
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "bot/cli").glob("*.py"))
    used = set(USED.findall(code))

    assert used
    assert used - set(WORDING) == set()


def test_answers_and_notes_do_not_meet(capsys: pytest.CaptureFixture[str]) -> None:
    say("migrated")
    note("file_missing", path="x")

    assert capsys.readouterr() == (
        words("migrated") + "\n",
        words("file_missing", path="x") + "\n",
    )


def test_long_steps_are_announced_others_pass_in_silence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress("ready")
    progress("rasa")

    assert capsys.readouterr() == ("", words("starting_rasa") + "\n")


BROKEN_DATABASE = OperationalError("SELECT 1", {}, Exception("disk gone\nand more"))


@pytest.mark.parametrize(
    ("error", "code", "line"),
    [
        (Unavailable("Rasa is away"), FAILED, words("failed", reason="Rasa is away")),
        (NotFound(), FAILED, words("failed", reason=NotFound())),
        (
            FaultyTraining([Fault(where="a.yml:1", what="x"), Fault(where="b.yml:2", what="y")]),
            USAGE,
            words("training_faulty", count=2, faults="a.yml:1: x\nb.yml:2: y"),
        ),
        (PermissionError(13, "denied"), FAILED, words("failed", reason="[Errno 13] denied")),
        (
            ConnectionRefusedError(111, "refused"),
            FAILED,
            words("database_missing", reason="[Errno 111] refused"),
        ),
        (
            BROKEN_DATABASE,
            FAILED,
            words("database_missing", reason="(builtins.Exception) disk gone"),
        ),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "no"), FAILED, words("not_utf8")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_goes_wrong_is_told_with_a_code(
    error: Exception, code: int, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, clear_errors():
        raise error

    assert ended.value.exit_code == code
    assert capsys.readouterr() == ("", line + "\n")


def test_wrong_settings_are_named_without_their_values(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(typer.Exit) as ended, clear_errors():
        Settings.model_validate({"port": "hunter2", "demo": "perhaps"})

    assert ended.value.exit_code == USAGE
    assert capsys.readouterr() == ("", words("setting_wrong", names="PORT, DEMO") + "\n")


@pytest.mark.parametrize("error", [KeyError("a bug"), BrokenPipeError(), typer.Exit(7)])
def test_bugs_and_endings_are_not_dressed_up(error: Exception) -> None:
    with pytest.raises(type(error)), clear_errors():
        raise error


def test_a_file_must_be_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a"
    file.touch()
    assert existing(file) == file

    for wrong in (tmp_path, tmp_path / "b"):
        with pytest.raises(typer.Exit) as ended:
            existing(wrong)
        assert ended.value.exit_code == USAGE
        assert capsys.readouterr().err == words("file_missing", path=wrong) + "\n"
