"""Staff at the terminal: surges of fraud looked at, their alerts approved, dropped and corrected."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, TypeVar

import typer

from alerts.desk import AlertDesk, Sheet
from alerts.errors import AlertMoved, BadWording, NoSuchAlert
from alerts.states import AlertState
from alerts.wording import Names
from antifraud.checker import Checker
from bot.alert_names import names
from bot.bootstrap import open_store
from bot.cli.speech import FAILED, USAGE, clear_errors, note, say, words
from bot.preparation import migrate
from bot.settings import Settings
from core.clock import SUZHOU, utc_now
from core.messages import CHINESE

app = typer.Typer(
    no_args_is_help=True, help="Surges of fraud and the alerts about them, for staff."
)
T = TypeVar("T")
Number = Annotated[int, typer.Argument(help="The alert's number.")]
Agent = Annotated[str, typer.Option("--as", help="Your name in the records.")]
Text = Annotated[str, typer.Option(help="In Chinese.")]
English = Annotated[str, typer.Option("--text-en", help="In English.")]
SENT = ("sent", "delivered", "read", "unconfirmed")


@app.command("list")
def list_alerts(
    state: Annotated[str, typer.Option(help="draft, approved, dropped or corrected.")] = "",
) -> None:
    """Alerts, the newest first."""
    if state and state not in set(AlertState):
        note("alert_state")
        raise typer.Exit(USAGE)
    sheets, called = _at_the_desk(lambda desk: desk.listing(state))
    if not sheets:
        say("alert_none")
    for sheet in sheets:
        say("alert_line", **_told(sheet, called))


@app.command()
def show(number: Number) -> None:
    """One alert: what was counted, its words, whom it has reached."""
    sheet, called = _at_the_desk(lambda desk: desk.show(number))
    say("alert_sheet", **_told(sheet, called))
    for text in sheet.texts.values():
        say("alert_text", text=text.replace("\n", "\n    "))
    if sheet.reason:
        say("alert_reason", reason=sheet.reason)
    for code, count in sheet.failed.items():
        say("alert_failed", code=code, count=count)


@app.command()
def approve(number: Number, text: Text = "", text_en: English = "", agent: Agent = "") -> None:
    """Let a draft go out to its subscribers, in your own words where you give some."""
    mine = _by_language(text, text_en)
    _at_the_desk(lambda desk: desk.approve(number, by=_agent(agent), texts=mine))
    say("alert_approved", number=number)


@app.command()
def drop(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why; for colleagues.")] = "",
    agent: Agent = "",
) -> None:
    """Let a draft go nowhere."""
    _at_the_desk(lambda desk: desk.drop(number, by=_agent(agent), reason=reason))
    say("alert_dropped", number=number)


@app.command()
def correct(number: Number, text: Text, text_en: English, agent: Agent = "") -> None:
    """Take an alert back that was wrong; says why to exactly those who got it."""
    why = _by_language(text, text_en)
    new, _ = _at_the_desk(lambda desk: desk.correct(number, by=_agent(agent), reasons=why))
    say("alert_corrected", number=number, new=new)


def _told(sheet: Sheet, called: Names) -> Mapping[str, object]:
    """What the lines about an alert fill in."""
    kind = called.scams.type(sheet.fraud_type)
    corrects = words("alert_corrects", number=sheet.corrects) if sheet.corrects else ""
    return {
        "number": sheet.number,
        "state": words(f"alert_state_{sheet.state}"),
        "area": called.areas[CHINESE][sheet.area],
        "title": kind.title if kind else sheet.fraud_type,
        "hour": f"{sheet.hour.astimezone(SUZHOU):%Y-%m-%d %H}",
        "hours": sheet.hours,
        "count": sheet.count,
        "expected": f"{sheet.expected:.1f}",
        "chance": f"{sheet.chance:.1g}",
        "by": sheet.decided_by,
        "corrects": corrects,
        "listed": sum(sheet.reached.values()),
        "queued": sheet.reached.get("queued", 0),
        "sent": sum(sheet.delivered.get(state, 0) for state in SENT),
        "failed": sheet.delivered.get("failed", 0),
        "waiting": sheet.reached.get("waiting", 0),
        "capped": sheet.reached.get("capped", 0),
        "left": sheet.reached.get("left", 0),
        "late": sheet.reached.get("late", 0) + sheet.reached.get("spared", 0),
    }


def _by_language(text: str, text_en: str) -> dict[str, str]:
    given = {CHINESE: text, "en": text_en}
    return {language: said for language, said in given.items() if said.strip()}


def _agent(name: str) -> str:
    return name or getpass.getuser()


def _at_the_desk(work: Callable[[AlertDesk], Awaitable[T]]) -> tuple[T, Names]:
    called = names(Checker.load())

    async def there() -> T:
        db = open_store(Settings())
        try:
            await migrate(db)
            return await work(AlertDesk(db, called, clock=utc_now))
        finally:
            await db.close()

    with clear_errors():
        try:
            return asyncio.run(there()), called
        except NoSuchAlert:
            note("alert_no_such")
        except AlertMoved:
            note("alert_moved")
        except BadWording:
            note("alert_bad_wording")
        raise typer.Exit(FAILED)
