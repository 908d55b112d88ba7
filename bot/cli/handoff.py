"""Staff at the terminal, where no browser is at hand: see who waits, answer, close."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

import typer
from sqlalchemy.ext.asyncio import AsyncSession

from actions.phrases import reply_in
from bot.bootstrap import open_store
from bot.channels.wechat.receive import NAME as WECHAT
from bot.cli.speech import FAILED, USAGE, clear_errors, note, say, words
from bot.cli.wechat import told
from bot.settings import Settings
from conversations.allowances import Standing, standings
from conversations.history import Said
from core.clock import utc_now
from core.masking import mask
from core.messages import Reply
from db.encryption import Vault
from handoff import desk, steps
from handoff.desk import Waiting
from handoff.errors import AlreadyTaken, NeverAsked, NoSuchHandoff
from handoff.leases import AT_TERMINAL
from handoff.states import HandoffState
from handoff.steps import Step, Words

app = typer.Typer(no_args_is_help=True, help="Citizens who wait for a person.")
Number = Annotated[str, typer.Argument(help="The number the citizen was given, R-0417 or 417.")]
Agent = Annotated[str, typer.Option("--as", help="Your name in the records.")]
LONGEST_NUMBER = 9  # digits; the column holds no more
Work = Callable[[AsyncSession, Vault], Awaitable[object]]


@app.command("list")
def list_waiting() -> None:
    """Who waits or is being served, urgent first; numbers and names are masked."""

    async def work() -> tuple[list[Waiting], Sequence[Standing]]:
        db = open_store(Settings())
        try:
            async with db.read() as session:
                waiting = await desk.listing(session, db.vault)
                return waiting, await standings(session, WECHAT, now=utc_now())
        finally:
            await db.close()

    with clear_errors():
        waiting, standing = asyncio.run(work())
    if not waiting:
        say("queue_empty")
    pushes = {s.conversation_id: told(s) for s in standing}
    for line in waiting:
        _print(line)
        if line.conversation_id in pushes:
            say("queue_wechat", told=pushes[line.conversation_id])


@app.command()
def reply(number: Number, text: str, agent: Agent = "") -> None:
    """Answer; the first answer takes the conversation."""
    if not text.strip():
        note("reply_empty")
        raise typer.Exit(USAGE)

    async def work(session: AsyncSession, vault: Vault) -> None:
        step = _step(number, agent)
        # Whoever has it already is not announced again.
        await steps.claim(session, vault, step, _told("handoff_taken", agent=step.agent))
        await steps.reply(session, vault, step, [Reply(text=text)])

    _write(work, number)
    say("replied")


@app.command()
def close(number: Number, agent: Agent = "") -> None:
    """End the handoff; the bot answers again."""

    async def work(session: AsyncSession, vault: Vault) -> None:
        await steps.close(session, vault, _step(number, agent), _told("handoff_closed"))

    _write(work, number)
    say("closed")


def _write(work: Work, number: str) -> None:
    async def transaction() -> None:
        db = open_store(Settings())
        try:
            async with db.write() as session:
                await work(session, db.vault)
        finally:
            await db.close()

    with clear_errors():
        try:
            asyncio.run(transaction())
        except NoSuchHandoff:
            note("no_such_handoff", number=number)
            raise typer.Exit(FAILED) from None
        except AlreadyTaken:
            note("already_taken", number=number)
            raise typer.Exit(FAILED) from None
        except NeverAsked as refused:
            note(f"never_asked_{refused.what}")
            raise typer.Exit(USAGE) from None


def _step(number: str, agent: str) -> Step:
    return Step(number=_number(number), agent=_agent(agent), at=utc_now(), lease=AT_TERMINAL)


def _told(key: str, **values: str) -> Words:
    return lambda language: reply_in(language, key, **values)


def _number(text: str) -> int:
    digits = text.upper().removeprefix("R-")
    if not digits.isdecimal() or len(digits) > LONGEST_NUMBER:
        note("no_such_handoff", number=text)
        raise typer.Exit(USAGE)
    return int(digits)


def _agent(name: str) -> str:
    return name or getpass.getuser()


def _print(line: Waiting) -> None:
    minutes = int((utc_now() - line.requested_at).total_seconds() // 60)
    if line.state is HandoffState.ASSIGNED:
        state = words("state_assigned", agent=line.agent)
    else:
        state = words("state_queued")
    say(
        "queue_line",
        number=f"R-{line.number:04d}",
        mark=words("queue_urgent") if line.urgent else "  ",
        state=state,
        minutes=minutes,
        reason=line.reason,
    )
    for said in line.said:
        who = words(f"who_{said.author.partition(':')[0]}")
        sent = words("queue_pictures", count=count) if (count := _pictures(said)) else ""
        say("queue_said", who=who, text=sent + mask(said.text).replace("\n", " "))


def _pictures(said: Said) -> int:
    return sum(attachment.kind == "image" for attachment in said.attachments)
