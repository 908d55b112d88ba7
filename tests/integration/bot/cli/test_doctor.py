"""`python -m bot doctor` looks at everything, whatever is broken, and names the mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.doctor import examine
from bot.cli.speech import FAILED, USAGE, words
from bot.settings import Settings
from tests.conftest import KEPT
from tests.integration.bot.cli.typed import complaint, run

CHECKS = ("database", "keys", "rasa", "model", "corpus", "faq", "telegram", "wechat", "bodies")


async def faults() -> set[str]:
    """The names of the checks that found something."""
    found = await examine(Settings())
    names = {words(f"doctor_{name}"): name for name in CHECKS}
    assert [names[f.what] for f in found] == list(CHECKS)
    return {names[f.what] for f in found if not f.well} - {"rasa"}


async def test_a_fresh_installation_with_rasa_elsewhere_is_well() -> None:
    assert await faults() == set()


async def test_several_faults_are_found_at_once(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "keys").write_text("nonsense\n")
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    monkeypatch.setenv("TELEGRAM_TOKEN", "hunter2")
    monkeypatch.setenv("WECHAT_APP_ID", "wx0123456789abcdef")
    monkeypatch.delenv("NLU_URLS")
    (home / "bodies.yml").write_text("gusu: {url: 'http://plain.example'}\n")

    assert await faults() == {"database", "keys", "telegram", "wechat", "model", "bodies"}


async def test_a_driver_that_is_not_there_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://nobody@127.0.0.1:1/none")

    assert await faults() == {"database"}


async def test_a_folder_that_is_a_file_is_found(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "file").write_text("")
    monkeypatch.setenv("DATA_DIR", str(home / "file"))

    assert await faults() == {"database", "keys"}


def test_the_mend_is_named_and_the_command_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "hunter2")

    result = run("doctor")

    assert result.exit_code == FAILED
    assert len(result.stdout.splitlines()) == len(CHECKS)
    line = words("doctor_bad", what=words("doctor_telegram"), mend=words("doctor_telegram_mend"))
    assert line in result.stdout.splitlines()
    assert words("doctor_ok", what=words("doctor_database")) in result.stdout.splitlines()
    assert "hunter2" not in result.output


def test_a_setting_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "eighty")

    result = run("doctor")

    assert result.exit_code == USAGE
    assert complaint(result) == words("setting_wrong", names="PORT")


@pytest.mark.rasa
@pytest.mark.usefixtures("rasa_url")
def test_where_all_is_well_it_says_so(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NLU_URLS")
    (home / "models").symlink_to(KEPT / "models")

    result = run("doctor")

    assert (result.exit_code, result.stderr) == (0, "")
    assert all(line.startswith("✓") for line in result.stdout.splitlines())
