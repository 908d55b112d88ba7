"""Staff at the terminal: grids, the codes that bind their workers, the sheet of a day."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.bootstrap import open_store, today
from bot.cli.speech import FAILED, USAGE, clear_errors, note, say
from bot.grids.sheet import cells, sheet_bytes
from bot.preparation import migrate
from bot.settings import Settings
from cases.districts import districts
from cases.errors import BadFiling, CaseNotFound
from cases.grids.desk import GridDesk
from core.clock import utc_now
from core.masking import mask
from knowledge_base.sheets.checking import area_named
from knowledge_base.sheets.tables import write_whole

app = typer.Typer(no_args_is_help=True, help="Grids and their daily reports, for staff.")
T = TypeVar("T")


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The grid's name, as its worker says it.")],
    area: Annotated[str, typer.Argument(help="A district's key or name.")],
) -> None:
    """Make a grid; prints the one-time code that binds its worker."""
    district = area_named(area, districts())
    if district is None:
        note("grid_area", area=area)
        raise typer.Exit(USAGE)
    code = _at_the_desk(lambda desk: desk.add(name, district))
    say("grid_code", name=name.strip(), code=code)


@app.command()
def code(name: Annotated[str, typer.Argument(help="The grid's name.")]) -> None:
    """Print a new one-time code; who was bound so far is bound no more."""
    say("grid_code", name=name.strip(), code=_at_the_desk(lambda desk: desk.give_code(name)))


@app.command("list")
def list_grids() -> None:
    """Every grid and how it stands today."""
    _print(today(utc_now))


@app.command()
def sheet(
    day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="2026-11-30.")],
    out: Annotated[Path | None, typer.Option(help="An .xlsx file instead of the screen.")] = None,
) -> None:
    """The sheet of a day: reported, zero or missing, grid by grid."""
    if out is None:
        _print(day.date())
        return
    if out.suffix.lower() != ".xlsx":
        note("grid_xlsx")
        raise typer.Exit(USAGE)
    lines = _at_the_desk(lambda desk: desk.sheet(day.date()))
    with clear_errors():
        write_whole({out: sheet_bytes(lines)})
    say("exported", path=out)


def _print(day: date) -> None:
    lines = _at_the_desk(lambda desk: desk.sheet(day))
    if not lines:
        say("grid_none")
    for line in lines:
        shown = cells(line)
        say("grid_line", **{**shown, "disputes": mask(shown["disputes"]).replace("\n", " ")})


def _at_the_desk(work: Callable[[GridDesk], Awaitable[T]]) -> T:
    async def there() -> T:
        db = open_store(Settings())
        try:
            await migrate(db)
            return await work(GridDesk(db, clock=utc_now))
        finally:
            await db.close()

    with clear_errors():
        try:
            return asyncio.run(there())
        except BadFiling:
            note("grid_taken")
        except CaseNotFound:
            note("grid_no_such")
        raise typer.Exit(FAILED)
