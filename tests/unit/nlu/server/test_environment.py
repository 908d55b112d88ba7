"""Where Rasa is looked for, and what it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlu.server import environment
from nlu.server.environment import (
    RasaNotInstalled,
    rasa_command,
    rasa_environment,
    rasa_python,
)
from nlu.training import ROOT


def test_the_command_is_rasas_own_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.touch()
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)

    assert rasa_python() == str(python)
    assert rasa_command() == [str(python), "-m", "rasa"]


def test_without_it_the_error_names_the_mend(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "ENVIRONMENT", tmp_path)

    with pytest.raises(RasaNotInstalled, match="make setup"):
        rasa_command()


def test_telemetry_is_off_and_our_environment_is_not_handed_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", "/ours")
    monkeypatch.setenv("KEPT", "yes")

    variables = rasa_environment()

    assert variables["RASA_TELEMETRY_ENABLED"] == "false"
    assert variables["KEPT"] == "yes"
    assert variables["PYTHONPATH"] == str(ROOT)
    assert "VIRTUAL_ENV" not in variables
