"""Staff at the terminal: what goes to bodies and comes from them, compared and counted."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bodies.adapters.sheets import Sheet, read_sheet
from bodies.connections import connection_of
from bodies.errors import BodyUnknown, PushError
from bodies.hearing import Heard
from bodies.network import Network, open_network
from bodies.reconciling import Reconciled
from bodies.reporting import Scope, cells, report_bytes
from bot.bootstrap import connections, open_store
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say, words
from bot.settings import Settings
from cases.delivery import DeliveryState
from core.clock import SUZHOU, utc_now
from db.engine import Database
from knowledge_base.sheets.tables import write_whole

app = typer.Typer(no_args_is_help=True, help="Districts and city bodies that handle cases.")
T = TypeVar("T")
Body = Annotated[str, typer.Argument(help="The body's id in cases/routing.yml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
MONTH = timedelta(days=30)
# A finding of the comparison and its sentence.
FOUND = "body_{}"


@app.command("list")
def list_bodies(as_json: AsJson = False) -> None:
    """Every body, whether it is connected, and what is on its way to it."""
    rows = _there(lambda net: net.desk.list_bodies())
    if as_json:
        _print_json([asdict(row) for row in rows])
        return
    for row in rows:
        told = words("body_connected" if row.connected else "body_unconnected")
        say("body_line", **asdict(row) | {"connected": told})


@app.command()
def deliveries(
    body: Annotated[str, typer.Option(help="Of one body.")] = "",
    state: Annotated[str, typer.Option(help="In one state; dead are those given up.")] = "",
    as_json: AsJson = False,
) -> None:
    """Cases on their way to bodies, the newest first."""
    if state and state not in set(DeliveryState):
        note("body_state")
        raise typer.Exit(USAGE)
    rows = _there(lambda net: net.desk.list_deliveries(body=body, state=state))
    if as_json:
        plain = [asdict(row) | {"next_try_at": row.next_try_at.isoformat()} for row in rows]
        _print_json(plain)
        return
    if not rows:
        say("body_empty")
    for row in rows:
        say("body_delivery", **asdict(row) | {"state": words(f"body_{row.state}")})


@app.command()
def retry(
    references: Annotated[list[str], typer.Argument(help="References of ours.")],
) -> None:
    """Queue again what was given up."""

    async def work(net: Network) -> int:
        return sum([await net.desk.retry(reference) for reference in references])

    say("body_retried", count=_there(work))


@app.command("import")
def import_sheet(
    body: Body,
    file: Path,
    partial: Annotated[bool, typer.Option("--partial", help="Skip rows at fault.")] = False,
) -> None:
    """Take a sheet that a body without an interface sent back; twice changes nothing."""
    path = existing(file)

    async def work(net: Network) -> Heard:
        if connection_of(net.desk.connections, body).folder is None:
            note("body_sheet_only", body=body)
            raise typer.Exit(USAGE)
        return await net.desk.hear(body, _checked(read_sheet(path), partial=partial))

    heard = _there(work)
    say("body_imported", applied=heard.applied)
    for found in heard.refused:
        say(FOUND.format(found.what), **asdict(found))


@app.command()
def reconcile(
    bodies: Annotated[list[str] | None, typer.Argument(help="All connected if none.")] = None,
) -> None:
    """Compare bodies' lists with ours now, as it is done every night; exit code 1 if one is away."""

    async def work(net: Network) -> list[tuple[str, Reconciled | PushError, int | None]]:
        return [await _with(net, body) for body in bodies or net.adapters]

    done = _there(work)
    for body, end, sent in done:
        if isinstance(end, PushError):
            note("body_unreached", body=body, code=end.code)
            continue
        say("body_reconciled", **asdict(end) | {"count": len(end.found)})
        for found in end.found:
            say(FOUND.format(found.what), **asdict(found))
        if sent is not None:
            say("body_sent_now", body=body, count=sent)
    if any(isinstance(end, PushError) for _, end, _ in done):
        raise typer.Exit(FAILED)


@app.command()
def report(
    since: Annotated[
        str, typer.Option(help="First day, 2026-11-01; 30 days ago if not said.")
    ] = "",
    until: Annotated[str, typer.Option(help="Last day; today if not said.")] = "",
    kind: Annotated[str, typer.Option(help="The two letters of a kind.")] = "",
    campaign: Annotated[str, typer.Option(help="Only cases of that campaign.")] = "",
    xlsx: Annotated[Path | None, typer.Option(help="Write a workbook instead.")] = None,
) -> None:
    """Districts, city bodies and their units compared: acceptance, overdue, rating."""
    first, last = _days(since, until)
    scope = Scope(
        since=datetime.combine(first, time(), tzinfo=SUZHOU),
        until=datetime.combine(last + timedelta(days=1), time(), tzinfo=SUZHOU),
        kind=kind.upper(),
        campaign=campaign.strip(),
    )
    lines = _there(lambda net: net.desk.compare(scope))
    if xlsx is not None:
        with clear_errors():
            write_whole({xlsx: report_bytes(lines)})
        say("body_report_written", path=xlsx)
        return
    if not lines:
        say("body_report_none")
    for line in lines:
        told = dict(cells(line))
        if line.unit:
            told |= {"body": "", "unit": words("body_report_unit", unit=line.unit)}
        say("body_report_line", **told)


async def _with(net: Network, body: str) -> tuple[str, Reconciled | PushError, int | None]:
    """Compare with one body; one without an interface is given its sheet too."""
    if body not in net.adapters:
        raise BodyUnknown
    adapter = net.adapters[body]
    try:
        done = await net.desk.reconcile(body, adapter)
    except PushError as error:
        return body, error, None
    return body, done, await net.courier.deliver(body) if adapter.nightly else None


def _checked(sheet: Sheet, *, partial: bool) -> tuple[Any, ...]:  # Any: lines of the sheet
    """The lines of a sheet; says what is wrong with the others, and ends unless that may be."""
    for fault in sheet.faults:
        note("body_row_fault", **asdict(fault))
    if sheet.faults and not partial:
        note("body_nothing_imported", count=len({fault.row for fault in sheet.faults}))
        raise typer.Exit(FAILED)
    return sheet.lines


def _days(since: str, until: str) -> tuple[date, date]:
    today = utc_now().astimezone(SUZHOU).date()
    try:
        last = date.fromisoformat(until) if until else today
        first = date.fromisoformat(since) if since else last - MONTH
    except ValueError:
        first, last = today, date.min
    if first > last:
        note("body_day", text=f"{since} {until}".strip())
        raise typer.Exit(USAGE)
    return first, last


def _there(work: Callable[[Network], Awaitable[T]]) -> T:
    async def there() -> T:
        settings = Settings()
        connected = connections(settings)
        db: Database = open_store(settings)
        try:
            async with open_network(db, connected, clock=utc_now) as net:
                return await work(net)
        finally:
            await db.close()

    with clear_errors():
        return asyncio.run(there())


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
