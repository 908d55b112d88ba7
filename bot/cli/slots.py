"""Staff at the terminal: times that can be booked put up, listed, closed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.bootstrap import open_store
from bot.cli.case import Author, staff_order
from bot.cli.kb_files import refuse, skipped
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say, words
from bot.preparation import migrate
from bot.settings import Settings
from bot.slots.intake import read_slots, service_of, template
from cases.appointments.booking import Wish
from cases.appointments.desk import AppointmentDesk
from cases.appointments.models import AppointmentSlot
from cases.appointments.slots import NewSlot, check
from cases.appointments.wording import service_name, when
from cases.districts import districts
from cases.errors import BadSlot, SlotTaken
from core.clock import SUZHOU, utc_now
from knowledge_base.sheets.checking import area_named
from knowledge_base.sheets.tables import write_whole

app = typer.Typer(no_args_is_help=True, help="Times that citizens can book, for staff.")
T = TypeVar("T")
PERSON, OTHER = ("who", "phone"), "other"
YES = frozenset({"yes", "y", "1", "true"})


@app.command("import")
def import_slots(
    file: Annotated[Path, typer.Argument(help="An .xlsx, .yml or .csv file.")],
    partial: Annotated[bool, typer.Option("--partial", help="Leave faulty rows out.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check only, write nothing.")] = False,
) -> None:
    """Add the times of a table that are not there yet; exit code 1 if a row is faulty."""
    with clear_errors():
        read = read_slots(existing(file), now=utc_now())
    refuse(read.faults, partial=partial)
    added = 0 if dry_run else _at_the_desk(lambda desk: desk.add(read.slots))
    say("slots_checked" if dry_run else "slots_added", count=len(read.slots), added=added)
    skipped(read.faults)


@app.command("template")
def write_template(
    file: Annotated[Path, typer.Argument(help="An .xlsx file.")],
) -> None:
    """Write the empty table, to fill in."""
    with clear_errors():
        write_whole({file: template()})
    say("exported", path=file)


@app.command()
def add(
    service: Annotated[str, typer.Argument(help="A service's key or name, lawyer_police ….")],
    area: Annotated[str, typer.Argument(help="A district's key or name.")],
    place: Annotated[str, typer.Argument(help="Where, so that it is found.")],
    start: Annotated[datetime, typer.Argument(help="Suzhou time, 2026-12-01T09:30.")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", help="minutes=…, capacity=…, bring=…, lawyer=…, rest_day=yes"),
    ] = None,
) -> None:
    """Put one time up: half an hour for one person, unless said otherwise."""
    kind, district = service_of(service), area_named(area, districts())
    more = _fields(with_ or [])
    if kind is None or district is None or not place.strip():
        note("slots_unknown", service=service, area=area)
        raise typer.Exit(USAGE)
    begins = start.replace(tzinfo=SUZHOU)
    new = NewSlot(
        service=kind,
        area=district,
        place=place.strip(),
        starts_at=begins,
        ends_at=begins + timedelta(minutes=more["minutes"]),
        capacity=more["capacity"],
        bring=more["bring"],
        lawyer=more["lawyer"],
    )
    try:
        check(new, on_rest_day=more["rest_day"], now=utc_now())
    except BadSlot as bad:
        note(f"slots_{bad.why}")
        raise typer.Exit(FAILED) from None
    added = _at_the_desk(lambda desk: desk.add([new]))
    say("slots_added", count=1, added=added)


@app.command("list")
def list_slots(
    service: Annotated[str, typer.Option(help="A service's key or name.")] = "",
) -> None:
    """Times still to come, the next first, with how many places are taken."""
    found = _at_the_desk(lambda desk: desk.listing(service_of(service) or service))
    if not found:
        say("slots_empty")
    for slot in found:
        say("slots_line", **_line(slot))


@app.command()
def book(
    slot: Annotated[str, typer.Argument(help="The id that `slots list` shows.")],
    text: Annotated[str, typer.Option("--text", help="What it is about.")],
    with_: Annotated[
        list[str] | None, typer.Option("--with", help="who=…, phone=…, other=…")
    ] = None,
    author: Author = "",
) -> None:
    """Book for somebody who rang or came; tell them the reference and the code."""
    told = dict(pair.partition("=")[::2] for pair in with_ or [])
    if told.keys() - {*PERSON, OTHER} or not text.strip():
        note("slots_book_with")
        raise typer.Exit(USAGE)
    wish = Wish(
        slot_id=slot,
        text=text.strip(),
        contact_id=None,
        at=utc_now(),
        author=staff_order("", author).author,
        person={name: told[name] for name in PERSON if name in told},
        details={OTHER: told[OTHER]} if OTHER in told else {},
    )
    made = _at_the_desk(lambda desk: desk.book(wish))
    say(
        "slots_booked",
        when=made.slot.when,
        place=made.slot.place,
        reference=made.receipt.reference,
        code=made.receipt.code,
    )


@app.command()
def close(
    slot: Annotated[str, typer.Argument(help="The id that `slots list` shows.")],
    reason: Annotated[str, typer.Option(help="What those who had booked it are told.")],
) -> None:
    """Give a time no more and tell those who had booked it, with two other times."""
    if not reason.strip():
        note("slots_reason")
        raise typer.Exit(USAGE)
    told = _at_the_desk(lambda desk: desk.close(slot, reason.strip()))
    say("slots_closed", count=told)


def _fields(pairs: list[str]) -> dict[str, Any]:  # Any: what a slot is made of
    """``name=value`` pairs over what holds without them; exit code 2 for any other."""
    taken: dict[str, Any] = {  # Any: likewise
        "minutes": 30, "capacity": 1, "bring": "", "lawyer": "", "rest_day": False,
    }  # fmt: skip
    for pair in pairs:
        name, _, value = pair.partition("=")
        try:
            kind = type(taken[name])
            taken[name] = value.lower() in YES if kind is bool else kind(value.strip())
        except (KeyError, ValueError):
            note("slots_with", pair=pair)
            raise typer.Exit(USAGE) from None
    return taken


def _line(slot: AppointmentSlot) -> dict[str, object]:
    return {
        "id": slot.id,
        "when": when(slot),
        "service": service_name(slot.service),
        "place": f"{slot.place} {slot.lawyer}".rstrip(),
        "taken": slot.taken,
        "capacity": slot.capacity,
        "mark": words("slots_mark_closed") if slot.closed_at else "",
    }


def _at_the_desk(work: Callable[[AppointmentDesk], Awaitable[T]]) -> T:
    async def there() -> T:
        db = open_store(Settings())
        try:
            await migrate(db)
            return await work(AppointmentDesk(db, clock=utc_now))
        finally:
            await db.close()

    with clear_errors():
        try:
            return asyncio.run(there())
        except SlotTaken:
            note("slots_no_such")
            raise typer.Exit(FAILED) from None
