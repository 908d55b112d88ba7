"""Keys of other systems that file over Open311."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, NoReturn, TypeVar

import typer

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, clear_errors, note, say
from bot.preparation import migrate
from bot.settings import Settings
from cases.open311 import api_keys
from cases.open311.errors import BadName, NameTaken, NoSuchKey
from cases.open311.models import NAME_LENGTH
from core.clock import SUZHOU, utc_now
from db.engine import Database

app = typer.Typer(no_args_is_help=True, help="Other systems that file over Open311.")
key = typer.Typer(no_args_is_help=True, help="Their keys.")
app.add_typer(key, name="key")
T = TypeVar("T")
Name = Annotated[str, typer.Argument(help="Short name of the system; it stands in the records.")]


@key.command()
def add(name: Name) -> None:
    """Make a key and print it, this once; only a digest is kept."""
    with clear_errors():
        try:
            made = _run(lambda db: api_keys.issue(db, name, now=utc_now()))
        except BadName:
            _refuse("open311_bad_name", USAGE, longest=NAME_LENGTH)
        except NameTaken:
            _refuse("open311_name_taken", FAILED, name=name)
    note("open311_key_added", name=name)
    typer.echo(made)


@key.command("list")
def list_keys() -> None:
    """Every key there was, by name and day; never the key itself."""
    with clear_errors():
        found = _run(api_keys.keys)
    if not found:
        say("open311_no_keys")
    for row in found:
        line = "open311_key_revoked_line" if row.revoked_at else "open311_key_line"
        say(line, name=row.name, since=_day(row.created_at), until=_day(row.revoked_at))


@key.command()
def revoke(name: Name) -> None:
    """Withdraw a key at once; what it has filed stays."""
    with clear_errors():
        try:
            _run(lambda db: api_keys.revoke(db, name, now=utc_now()))
        except NoSuchKey:
            _refuse("open311_no_such_key", FAILED, name=name)
    say("open311_key_revoked", name=name)


def _run(work: Callable[[Database], Awaitable[T]]) -> T:
    async def there() -> T:
        db = open_store(Settings())
        try:
            await migrate(db)
            return await work(db)
        finally:
            await db.close()

    return asyncio.run(there())


def _day(moment: datetime | None) -> str:
    return f"{moment.astimezone(SUZHOU):%Y-%m-%d}" if moment else ""


def _refuse(sentence: str, code: int, **values: object) -> NoReturn:
    note(sentence, **values)
    raise typer.Exit(code) from None
