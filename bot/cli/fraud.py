"""Staff at the terminal: fraud reports written down, their transfers added and followed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
import yaml
from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from antifraud.errors import NoReason, NoSuchThing
from antifraud.evidence import Collector
from antifraud.fitting import fit, save
from antifraud.reports import Decision, ReportDesk, Sheet, State
from antifraud.samples import development_set
from bot.bootstrap import open_store
from bot.cli.case import Author, Reference, Text, at_the_desk, staff_order
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say, words
from bot.preparation import migrate
from bot.settings import Settings
from cases.orders import Order
from cases.transfers import Trace
from core.clock import SUZHOU, utc_now
from core.fraud_reports import FEN, Account, FraudReport, Transfer

app = typer.Typer(
    no_args_is_help=True, help="Fraud reports and their money, for staff; the scam check."
)
# A word nobody knows is a slip of the pen, not an extra.
STRICT = ConfigDict(extra="forbid")
T = TypeVar("T")
Yuan = Annotated[Decimal, Field(gt=0, decimal_places=2)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account(Account):
    __pydantic_config__ = STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class _Transfer:
    """A transfer as it stands in the file: yuan, and Suzhou's time."""

    amount: Yuan
    at: datetime
    precision: str = "minute"
    currency: str = "CNY"
    origin: _Account = field(default_factory=_Account)
    target: _Account = field(default_factory=_Account)
    method: str = "other"
    serial: str = ""
    source: str = "memory"

    __pydantic_config__ = STRICT

    @property
    def transfer(self) -> Transfer:
        """The same in fen, aware of its zone."""
        return Transfer(
            amount=int(self.amount * FEN),
            at=_aware(self.at),
            precision=self.precision,
            currency=self.currency,
            origin=self.origin,
            target=self.target,
            method=self.method,
            serial=self.serial,
            source=self.source,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Report:
    fraud_type: str
    title: str
    story: str
    area: str
    person: dict[str, str] = field(default_factory=dict)
    details: dict[str, str] = field(default_factory=dict)
    transfers: tuple[_Transfer, ...] = ()

    __pydantic_config__ = STRICT


@app.command("file")
def file_report(file: Path, author: Author = "") -> None:
    """Write a report down from a YAML file; the receipt is printed once."""
    told = _read(file, _Report)
    report = FraudReport(
        fraud_type=told.fraud_type,
        title=told.title,
        story=told.story,
        area=told.area,
        person=told.person,
        details=told.details,
        transfers=tuple(row.transfer for row in told.transfers),
    )
    who = staff_order("submit", author).author
    receipt = at_the_desk(lambda desk: desk.file_fraud_report(report, author=who))
    say("fraud_filed", reference=receipt.reference, code=receipt.code, due=receipt.due)


@app.command("reported")
def list_reported(
    state: Annotated[str, typer.Option(help="new, listed or dismissed; else what waits.")] = "",
) -> None:
    """What people reported and staff have to look at: appeals first, then what most reported."""
    if state and state not in set(State):
        note("reported_state")
        raise typer.Exit(USAGE)
    sheets = _at_the_reports(lambda desk: desk.listing(state))
    if not sheets:
        say("reported_none")
    for sheet in sheets:
        _show(sheet)


@app.command()
def decide(
    number: Annotated[int, typer.Argument(help="The number in the list.")],
    reason: Annotated[str, typer.Option(help="Why; for the records.")],
    author: Author = "",
    *,
    listed: Annotated[
        bool, typer.Option("--list/--dismiss", help="Whether checks are to warn of it.")
    ],
) -> None:
    """Confirm a reported thing for half a year, or dismiss it; also answers an appeal."""
    decision = Decision(listed=listed, by=staff_order("note", author).author, reason=reason)
    _show(_at_the_reports(lambda desk: desk.decide(number, decision)))


def _show(sheet: Sheet) -> None:
    until = sheet.expires_at.astimezone(SUZHOU) if sheet.expires_at else None
    say(
        "reported_line",
        number=sheet.number,
        sort=words(f"reported_{sheet.sort}"),
        thing=sheet.key,
        state=words(f"reported_{sheet.state}"),
        reporters=sheet.reporters,
        first=f"{sheet.first_at.astimezone(SUZHOU):%Y-%m-%d %H:%M}",
        last=f"{sheet.last_at.astimezone(SUZHOU):%Y-%m-%d %H:%M}",
        until=f"{until:%Y-%m-%d}" if until else "—",
        by=sheet.decided_by or "—",
        reason=sheet.reason or "—",
    )
    if sheet.is_hurried:
        say("reported_hurried")
    if sheet.appeal is not None:
        say("reported_appeal", appeal=sheet.appeal)


@app.command("fit")
def fit_check() -> None:
    """Fit the scam check to the project's own examples and write its weights; a minute."""
    save(fit(development_set(), Collector.load()))
    say("fraud_fitted")


@app.command()
def add(reference: Reference, file: Path, text: Text = "", author: Author = "") -> None:
    """Add transfers to a report from a YAML file with a list of them."""
    rows = _read(file, tuple[_Transfer, ...])
    sent = tuple(row.transfer for row in rows)
    _take(reference, replace(staff_order("record_money", author), text=text, sent=sent))


@app.command()
def trace(
    reference: Reference,
    step: Annotated[str, typer.Argument(help="Which and what: 1=stopped, 2=frozen, 1=refunded …")],
    with_: Annotated[
        list[str] | None,
        typer.Option("--with", help="until=2026-12-02T09:30, refunded=3000"),
    ] = None,
    text: Text = "",
    author: Author = "",
) -> None:
    """Write down what the police or a bank said of a transfer; the citizen is told."""
    order = replace(staff_order("trace_money", author), text=text, trace=_trace(step, with_ or []))
    _take(reference, order)


def _trace(step: str, pairs: list[str]) -> Trace:
    number, _, state = step.partition("=")
    told = dict(pair.partition("=")[::2] for pair in pairs)
    until, refunded = told.pop("until", ""), told.pop("refunded", "")
    if told:
        note("fraud_trace")
        raise typer.Exit(USAGE)
    try:
        return Trace(
            number=int(number),
            state=state,
            until=_aware(datetime.fromisoformat(until)) if until else None,
            refunded=int(Decimal(refunded) * FEN) if refunded else None,
        )
    except (ValueError, ArithmeticError):
        note("fraud_trace")
        raise typer.Exit(USAGE) from None


def _at_the_reports(work: Callable[[ReportDesk], Awaitable[T]]) -> T:
    async def there() -> T:
        db = open_store(Settings())
        try:
            await migrate(db)
            return await work(ReportDesk(db, clock=utc_now))
        finally:
            await db.close()

    with clear_errors():
        try:
            return asyncio.run(there())
        except NoSuchThing:
            note("reported_no_such")
        except NoReason:
            note("reported_reason")
        raise typer.Exit(FAILED)


def _take(reference: str, order: Order) -> None:
    sheet = at_the_desk(lambda desk: desk.take(reference, lambda _: order))
    say("case_moved", reference=sheet.reference, state=sheet.state)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=SUZHOU)


def _read(file: Path, kind: Any) -> Any:  # Any: the type given is the type of what is returned
    """A YAML file as that type, or exit code 2 naming what is wrong in it."""
    try:
        document = yaml.safe_load(existing(file).read_text(encoding="utf-8"))
        return TypeAdapter(kind).validate_python(document)
    except ValidationError as error:
        places = "、".join(".".join(map(str, fault["loc"])) for fault in error.errors())
    except yaml.YAMLError:
        places = "YAML"
    note("fraud_file", path=file, places=places)
    raise typer.Exit(USAGE)
