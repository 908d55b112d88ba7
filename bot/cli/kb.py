"""Commands for those who keep the answers right."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from bot.bootstrap import today
from bot.cli.speech import FAILED, clear_errors, say
from core.clock import utc_now
from knowledge_base.lint import lint as look
from nlu.training import intents

app = typer.Typer(no_args_is_help=True, help="The knowledge base.")


@app.callback()
def group() -> None:
    """The knowledge base."""


@app.command()
def lint(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Look for faults in every entry; exit code 1 if there is one."""
    with clear_errors():
        report = look(today(utc_now), intents())
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        for fault in report.faults:
            say(
                "lint_fault",
                file=fault.file,
                entry=fault.entry or "",
                what=f"{fault.code} {fault.text}",
            )
        say(
            "lint_sum",
            entries=report.entries,
            citations=report.citations,
            faults=len(report.faults),
        )
    if report.faults:
        raise typer.Exit(FAILED)
