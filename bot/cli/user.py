"""Accounts of the staff who work in the console."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated, NoReturn

import typer

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, clear_errors, note, say, words
from bot.preparation import migrate
from bot.settings import Settings
from console import accounts
from console.accounts import Account
from console.errors import BadName, BadPassword, NameTaken
from console.models import NAME_LENGTH, Role
from console.passwords import LONGEST, SHORTEST, Passwords
from core.clock import utc_now

app = typer.Typer(no_args_is_help=True, help="Accounts of the staff who work in the console.")


@app.callback()
def start() -> None:
    """Accounts of the staff who work in the console."""


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="2 to 32 letters, digits, dots or hyphens.")],
    role: Annotated[Role, typer.Option(help="What the person does.")],
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read the password from standard input.")
    ] = False,
) -> None:
    """Make an account; asks the password twice, without showing it."""
    try:
        account = accounts.new_account(name, role)
        password = _piped() if password_stdin else _asked(account.name)
        with clear_errors():
            asyncio.run(_keep(account, password))
    except BadName:
        _refuse("user_bad_name", USAGE, longest=NAME_LENGTH)
    say("user_added", name=account.name)


async def _keep(account: Account, password: str) -> None:
    passwords = Passwords()
    db = open_store(Settings())
    try:
        await migrate(db)
        await accounts.create(db, passwords, account, password=password, now=utc_now())
    except BadPassword:
        _refuse("user_bad_password", USAGE, shortest=SHORTEST, longest=LONGEST)
    except NameTaken:
        _refuse("user_name_taken", FAILED, name=account.name)
    finally:
        await db.close()
        passwords.close()


def _piped() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked(name: str) -> str:
    password: str = typer.prompt(words("user_password", name=name), hide_input=True)
    again: str = typer.prompt(words("user_password_again"), hide_input=True)
    if again != password:
        _refuse("user_password_differs", USAGE)
    return password


def _refuse(key: str, code: int, **values: object) -> NoReturn:
    note(key, **values)
    raise typer.Exit(code) from None
