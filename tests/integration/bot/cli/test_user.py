"""`python -m bot user add` as it is typed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.bootstrap import open_store
from bot.cli.app import app
from bot.cli.speech import FAILED, USAGE, words
from bot.settings import Settings
from console.accounts import log_in
from console.models import Role
from console.passwords import Passwords
from core.clock import utc_now

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, ["user", "add", *arguments], input=typed)


def role_of(name: str, password: str) -> Role:
    async def work() -> Role:
        passwords = Passwords()
        db = open_store(Settings())
        try:
            account = await log_in(db, passwords, name=name, password=password, now=utc_now())
        finally:
            await db.close()
            passwords.close()
        return account.role

    return asyncio.run(work())


def test_the_password_is_asked_twice_and_not_shown() -> None:
    result = run("Li.Na", "--role", "agent", typed=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert words("user_added", name="li.na") in result.output
    assert PASSWORD not in result.output
    assert role_of("li.na", PASSWORD) is Role.AGENT


def test_a_program_may_hand_it_over_without_being_asked() -> None:
    result = run("wang", "--role", "editor", "--password-stdin", typed=f"{PASSWORD}\n")

    assert result.exit_code == 0
    assert words("user_password", name="wang") not in result.output
    assert role_of("wang", PASSWORD) is Role.EDITOR


def test_two_different_passwords_make_no_account() -> None:
    result = run("wang", "--role", "agent", typed=f"{PASSWORD}\n{PASSWORD}!\n")

    assert result.exit_code == USAGE
    assert words("user_password_differs") in result.output
    assert run("wang", "--role", "agent", "--password-stdin", typed=PASSWORD).exit_code == 0


def test_a_short_password_says_how_long_it_must_be() -> None:
    result = run("wang", "--role", "agent", "--password-stdin", typed="123456789\n")

    assert result.exit_code == USAGE
    assert words("user_bad_password", shortest=10, longest=128) in result.output


def test_a_bad_name_is_told_before_any_password_is_asked() -> None:
    result = run("li na", "--role", "agent")

    assert result.exit_code == USAGE
    assert words("user_bad_name", longest=32) in result.output


def test_a_taken_name_says_so() -> None:
    run("wang", "--role", "agent", "--password-stdin", typed=PASSWORD)

    result = run("WANG", "--role", "editor", "--password-stdin", typed=PASSWORD)

    assert result.exit_code == FAILED
    assert words("user_name_taken", name="wang") in result.output
    assert role_of("wang", PASSWORD) is Role.AGENT


def test_a_role_that_is_none_is_refused_with_the_list_of_them() -> None:
    result = run("wang", "--role", "king", "--password-stdin", typed=PASSWORD)

    assert result.exit_code == USAGE
    assert all(role.value in result.output for role in Role)
