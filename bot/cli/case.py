"""Staff at the terminal, until the console covers them: cases listed, shown, moved, checked."""

from __future__ import annotations

import asyncio
import getpass
import json
import os
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.bootstrap import attachments, open_store
from bot.cli.case_told import finding_json, print_rows, print_sheet, row_json, sheet_json
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say
from bot.settings import Settings
from cases.attachments import Upload, sweep
from cases.desk import StaffDesk, assigning
from cases.errors import ConflictOfInterest, FileRefused
from cases.kinds.machine import Actor
from cases.listing import Wanted
from cases.orders import Order
from cases.proof import Head
from core.clock import utc_now

app = typer.Typer(no_args_is_help=True, help="Cases of every kind, for staff.")
T = TypeVar("T")
Reference = Annotated[str, typer.Argument(help="The reference on the receipt, XF320508….")]
Author = Annotated[str, typer.Option("--as", help="Your name in the records.")]
Text = Annotated[str, typer.Option("--text", help="What the citizen is told.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
STAGES = frozenset({"", "before", "after"})
ONLY = frozenset({"", "overdue", "unhappy", "conflict", "closed"})
LONGEST_AUTHOR = 64


@app.command("list")
def list_cases(
    kind: Annotated[str, typer.Option(help="The two letters of a kind.")] = "",
    state: Annotated[str, typer.Option(help="A state's name.")] = "",
    agency: Annotated[str, typer.Option(help="Who has it.")] = "",
    only: Annotated[str, typer.Option(help="overdue, unhappy, conflict or closed.")] = "",
    as_json: AsJson = False,
) -> None:
    """Cases in hand, what is due first at the head; closed ones only when asked for."""
    if only not in ONLY:
        note("case_only")
        raise typer.Exit(USAGE)
    wanted = Wanted(
        kind=kind.upper(),
        state=state,
        agency=agency,
        closed=only in {"closed", "unhappy"},
        overdue=only == "overdue",
        unhappy=only == "unhappy",
        doubted=only == "conflict",
    )
    rows = at_the_desk(lambda desk: desk.list_cases(wanted))
    if as_json:
        _print_json([row_json(row) for row in rows])
    else:
        print_rows(rows)


@app.command()
def show(reference: Reference, as_json: AsJson = False) -> None:
    """All there is of a case, what its citizen wrote included; numbers of people are masked."""
    sheet = at_the_desk(lambda desk: desk.look_at(reference))
    if as_json:
        _print_json(sheet_json(sheet))
    else:
        print_sheet(sheet)


@app.command()
def move(
    reference: Reference,
    command: Annotated[str, typer.Argument(help="The step; `case show` names those possible.")],
    text: Text = "",
    with_: Annotated[
        list[str] | None,
        typer.Option(
            "--with", help="reason=…, agency=…, lawyer=…, days=…, into=…, sub_kind=…, show=…"
        ),
    ] = None,
    author: Author = "",
) -> None:
    """Take a step with a case; the citizen is told of it."""
    order = replace(staff_order(command, author), text=text, **_fields(with_ or []))
    _take(reference, lambda _: order)


@app.command()
def assign(
    reference: Reference,
    agency: str,
    lawyer: Annotated[str, typer.Option(help="Who serves it, of legal aid.")] = "",
    text: Text = "",
    author: Author = "",
) -> None:
    """Hand a case to an office: passed on where it waits for that, else given to another."""
    if not agency.strip():
        note("case_agency_empty")
        raise typer.Exit(USAGE)
    order = replace(staff_order("", author), text=text, agency=agency.strip(), lawyer=lawyer)
    _take(reference, lambda possible: replace(order, command=assigning(possible)))


@app.command()
def extend(
    reference: Reference,
    days: Annotated[int, typer.Option(help="How many days more.")],
    approver: Annotated[str, typer.Option(help="Who in charge approved it.")],
    text: Annotated[str, typer.Option("--text", help="The reason; the citizen is told it.")],
    author: Author = "",
) -> None:
    """Lengthen the running period, once, as the rule allows."""
    order = replace(staff_order("extend", author), text=text, days=days, approver=approver)
    _take(reference, lambda _: order)


@app.command()
def supervise(
    reference: Reference,
    reason: Annotated[str, typer.Option(help="overdue, shirking or improper.")],
    text: Text = "",
    author: Author = "",
) -> None:
    """Put a case under supervision; it has to be answered by a day of its own."""
    order = replace(staff_order("supervise", author), text=text, reason=reason)
    _take(reference, lambda _: order)


@app.command()
def attach(
    reference: Reference,
    file: Path,
    stage: Annotated[str, typer.Option(help="before or after, of photos.")] = "",
    text: Text = "",
    author: Author = "",
) -> None:
    """Add a photo, a PDF or a video to a case."""
    if stage not in STAGES:
        note("case_stage")
        raise typer.Exit(USAGE)
    upload = Upload(
        content=existing(file).read_bytes(), name=file.name, stage=stage, from_citizen=False
    )
    order = replace(staff_order("supplement", author), text=text)
    store = attachments(Settings())
    sheet = at_the_desk(lambda desk: desk.attach(reference, store, upload, order))
    say("case_moved", reference=sheet.reference, state=sheet.state)


@app.command()
def fetch(
    reference: Reference,
    file: Annotated[str, typer.Argument(help="Its id; `case show` names them.")],
    to: Annotated[Path, typer.Argument(help="Where to write it; nothing may be there yet.")],
) -> None:
    """Write an attachment of a case to a file that only you can read."""
    store = attachments(Settings())
    name, content = at_the_desk(lambda desk: desk.fetch(reference, store, file))
    with clear_errors(), open(to, "xb", opener=_private) as out:
        out.write(content)
    say("case_fetched", name=name, path=to, size=len(content))


@app.command()
def tag(
    reference: Reference,
    campaign: Annotated[str, typer.Argument(help="The campaign's name.")],
    author: Author = "",
    remove: Annotated[bool, typer.Option("--remove", help="Take it off again.")] = False,
) -> None:
    """Count a case to a campaign; `body report --campaign` then counts those alone."""
    who = staff_order("", author).author
    at_the_desk(lambda desk: desk.tag(reference, campaign, author=who, away=remove))
    say("case_untagged" if remove else "case_tagged", campaign=campaign.strip())


@app.command()
def clear(
    reference: Reference,
    lawyer: Annotated[str, typer.Argument(help="The lawyer who may serve the other side.")],
    text: Annotated[str, typer.Option("--text", help="Why there is no conflict; for staff.")],
    author: Author = "",
) -> None:
    """Say that a lawyer does not serve the other side, whatever the names say."""
    order = replace(staff_order("note", author), text=text)
    at_the_desk(lambda desk: desk.clear(reference, lawyer.strip(), order))
    say("case_cleared", lawyer=lawyer.strip(), reference=reference)


@app.command("sweep")
def sweep_files() -> None:
    """Remove attachments from the disk that no case refers to any more."""

    async def work() -> int:
        db = open_store(Settings())
        try:
            return await sweep(db, attachments(Settings()))
        finally:
            await db.close()

    with clear_errors():
        gone = asyncio.run(work())
    say("case_swept", count=gone)


@app.command()
def verify(
    references: Annotated[list[str] | None, typer.Argument(help="All if none.")] = None,
    against: Annotated[Path | None, typer.Option(help="What --json wrote before.")] = None,
    as_json: AsJson = False,
) -> None:
    """Check that no record was altered; exit code 1 when one was. Keep the JSON elsewhere."""
    noted = _noted(existing(against)) if against else None
    findings = at_the_desk(lambda desk: desk.check(references or (), noted))
    broken = [finding for finding in findings if not finding.whole]
    if as_json:
        _print_json([finding_json(finding) for finding in findings])
    else:
        for finding in broken:
            key = "case_gone" if finding.missing else "case_broken"
            say(key, reference=finding.reference, at=finding.at)
        say("case_verified", count=len(findings), broken=len(broken))
    if broken:
        raise typer.Exit(FAILED)


def staff_order(command: str, author: str) -> Order:
    """An officer's order of this moment; without ``author`` by whoever is logged in."""
    who = f"staff:{author or getpass.getuser()}"[:LONGEST_AUTHOR]
    return Order(command=command, actor=Actor.OFFICER, at=utc_now(), author=who)


def _fields(pairs: list[str]) -> dict[str, Any]:  # Any: fields of an order
    """``name=value`` pairs as an order takes them; exit code 2 for any other."""
    texts = ("reason", "agency", "into", "sub_kind", "approver", "lawyer")
    known: dict[str, Callable[[str], Any]] = {  # Any: likewise
        **dict.fromkeys(texts, str),
        "days": int,
        "show": lambda ids: frozenset(ids.split(",")),
    }
    taken: dict[str, Any] = {}  # Any: likewise
    for pair in pairs:
        name, _, value = pair.partition("=")
        try:
            taken[name] = known[name](value)
        except (KeyError, ValueError):
            note("case_with", pair=pair)
            raise typer.Exit(USAGE) from None
    return taken


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _take(reference: str, order_for: Callable[[frozenset[str]], Order]) -> None:
    sheet = at_the_desk(lambda desk: desk.take(reference, order_for))
    say("case_moved", reference=sheet.reference, state=sheet.state)


def at_the_desk(work: Callable[[StaffDesk], Awaitable[T]]) -> T:
    """Let staff work at their desk; what goes wrong is one clear line and an exit code."""

    async def there() -> T:
        db = open_store(Settings())
        try:
            return await work(StaffDesk(db, utc_now))
        finally:
            await db.close()

    with clear_errors():
        try:
            return asyncio.run(there())
        except FileRefused as refused:
            note(f"case_file_{refused.why}")
            raise typer.Exit(FAILED) from None
        except ConflictOfInterest as found:
            note("case_conflict", others="、".join(found.others))
            raise typer.Exit(FAILED) from None


def _noted(path: Path) -> dict[str, Head]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {row["reference"]: Head(row["seq"], row["head"]) for row in rows}
    except (ValueError, KeyError, TypeError):
        note("case_heads_unread", path=path)
        raise typer.Exit(USAGE) from None


def _print_json(content: object) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=2))
