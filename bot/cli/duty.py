"""The duty plan at the terminal: shown, checked, put into force, and its calls tried out."""

from __future__ import annotations

import asyncio
import getpass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say
from bot.preparation import migrate
from bot.settings import Settings
from bot.staffing import open_pager
from core.clock import SUZHOU, utc_now
from db.base import new_id
from db.engine import Database
from handoff.duty import plans
from handoff.duty.plan import EXAMPLE, Person, Plan, gaps, read_plan
from handoff.duty.plans import Version
from handoff.errors import FaultyPlan, Outdated
from handoff.paging.ways import Page
from handoff.queue import label_of

app = typer.Typer(no_args_is_help=True, help="When staff are there, and who is called out.")
PlanFile = Annotated[Path, typer.Argument(help="A YAML file.")]
Author = Annotated[str, typer.Option("--as", help="Your name in the records.")]
NOBODY = 0  # the number of a call that is only tried out


@app.command()
def show() -> None:
    """Print the plan in force, as it was written."""
    version = _stored()
    if version is None:
        note("duty_none")
        raise typer.Exit(FAILED)
    typer.echo(version.text)


@app.command()
def template() -> None:
    """Print an example to begin with."""
    typer.echo(EXAMPLE.read_text(encoding="utf-8"))


@app.command()
def check(file: PlanFile) -> None:
    """Find what is wrong in a plan, and when nobody would be on call; exit code 1 for either."""
    with clear_errors():
        plan = _read(existing(file).read_text(encoding="utf-8"))
    if _tell_gaps(plan):
        raise typer.Exit(FAILED)
    say("duty_right")


@app.command("set")
def set_plan(file: PlanFile, author: Author = "") -> None:
    """Put a plan into force at once."""
    with clear_errors():
        text = existing(file).read_text(encoding="utf-8")
        plan = _read(text)
        try:
            number = asyncio.run(_save(text, author or getpass.getuser()))
        except Outdated:
            note("duty_outdated")
            raise typer.Exit(FAILED) from None
    say("duty_kept", number=number)
    _tell_gaps(plan)


@app.command()
def call(name: Annotated[str, typer.Argument(help="Somebody in the plan's people.")]) -> None:
    """Call somebody as at night, to see whether it reaches them."""
    version = _stored()
    people = version.plan.people if version else {}
    if name not in people:
        note("duty_no_person", name=name)
        raise typer.Exit(FAILED)
    settings = Settings()
    if not settings.can_page:
        note("duty_no_way")
        raise typer.Exit(FAILED)
    with clear_errors():
        reached = asyncio.run(_call(settings, people[name]))
    if not reached:
        note("duty_unreached", name=name)
        raise typer.Exit(FAILED)
    say("duty_reached", name=name)


def _stored() -> Version | None:
    async def work() -> Version | None:
        db = open_store(Settings())
        try:
            await migrate(db)
            async with db.read() as session:
                return await plans.current(session, db.vault)
        finally:
            await db.close()

    with clear_errors():
        return asyncio.run(work())


async def _save(text: str, author: str) -> int:
    db = open_store(Settings())
    try:
        await migrate(db)
        async with db.write() as session:
            before = await plans.current(session, db.vault)
            number = before.number + 1 if before else 1
            new = Version(number=number, text=text, author=author, saved_at=utc_now())
            await plans.save(session, db.vault, new)
        return number
    finally:
        await db.close()


async def _call(settings: Settings, person: Person) -> list[str]:
    db: Database = open_store(settings)
    try:
        async with open_pager(settings, db, clock=utc_now) as pager:
            page = Page(
                id=new_id(),
                label=label_of(NOBODY),
                reason="test",
                minutes=0,
                step=1,
                link=f"{settings.address}/console/duty",
            )
            return await pager.call([person], page)
    finally:
        await db.close()


def _read(text: str) -> Plan:
    try:
        return read_plan(text)
    except FaultyPlan as error:
        for fault in error.faults:
            note("duty_fault", fault=fault)
        raise typer.Exit(USAGE) from None


def _tell_gaps(plan: Plan) -> bool:
    found = list(gaps(plan, utc_now()))
    for start, end in found:
        note("duty_gap", start=_told(start), end=_told(end))
    return bool(found)


def _told(at: datetime) -> str:
    return f"{at.astimezone(SUZHOU):%Y-%m-%d %H:%M}"
