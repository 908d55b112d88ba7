"""Commands that measure: routing, statute search, scam checks."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from antifraud.checker import Checker
from antifraud.evaluation import evaluate as evaluate_scams
from bot.bootstrap import cache_dir, laws_dir, open_reader, today
from bot.cli.figures import tables
from bot.cli.rasa import readings, some_rasa
from bot.cli.speech import clear_errors, existing, note
from bot.settings import Settings
from core.clock import utc_now
from knowledge_base.faq_eval import (
    Asked,
    evaluate_answers,
    known_intents,
    read_asked,
    unrelated_questions,
)
from knowledge_base.library import open_library
from knowledge_base.statute_eval import evaluate as evaluate_statutes
from nlu.evaluation import Report, read_examples
from nlu.evaluation import evaluate as evaluate_intents
from nlu.report import render

app = typer.Typer(no_args_is_help=True, help="Measure against a file of labelled lines.")
Json = Annotated[bool, typer.Option("--json", help="Print the whole report as one JSON object.")]
Lines = Annotated[Path, typer.Argument(help="JSON lines.")]


@app.command()
def intents(
    file: Lines,
    as_json: Json = False,
    page: Annotated[
        Path | None, typer.Option("--report", help="Write an HTML page with a heat map there.")
    ] = None,
) -> None:
    """How well messages are routed."""
    with clear_errors():
        report = asyncio.run(_intents(existing(file)))
        if page is not None:
            page.write_text(render(report, source=file.name, at=utc_now()), encoding="utf-8")
            note("report_written", path=page)
    _print(report.as_json(), as_json=as_json)
    if not as_json:
        console = Console(markup=False, emoji=False, highlight=False)
        for table in tables(report):
            console.print("", table)


@app.command()
def statutes(
    file: Lines,
    as_json: Json = False,
    on: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])] = None,
) -> None:
    """How well statute search finds the articles that answer a question."""
    day: date = on.date() if on else today(utc_now)
    with clear_errors():
        settings = Settings()
        lines = existing(file).read_text(encoding="utf-8").splitlines()
        report = evaluate_statutes(
            lines, day, cache_dir=cache_dir(settings), shelf=laws_dir(settings)
        )
    _print(report, as_json=as_json)


@app.command()
def scams(file: Lines, as_json: Json = False) -> None:
    """How well scams are told from ordinary messages."""
    with clear_errors():
        lines = existing(file).read_text(encoding="utf-8").splitlines()
        report = evaluate_scams(lines, checker=Checker.load())
    _print(report, as_json=as_json)


@app.command()
def answers(file: Lines, as_json: Json = False) -> None:
    """How well questions find the answer that was written for them."""
    with clear_errors():
        lines = existing(file).read_text(encoding="utf-8").splitlines()
        report = asyncio.run(_answers(read_asked(lines)))
    _print(report, as_json=as_json)


async def _answers(asked: Sequence[Asked]) -> dict[str, Any]:  # Any: JSON
    """The figures with every text as it is read, then with the intent known, then without one."""
    settings = Settings()
    hints = await readings(settings, [*(q.text for q in asked), *unrelated_questions()])
    library = await open_library(cache_dir=cache_dir(settings), on=today(utc_now))
    try:
        await library.wait_until_built()
        read = await evaluate_answers(library, asked, hints)
        known = await evaluate_answers(library, asked, known_intents(library, asked))
        alone = await evaluate_answers(library, asked)
    finally:
        await library.close()
    return {
        **read.figures(),
        "known_intent": known.figures(),
        "no_intent": alone.figures(),
        "errors": read.errors(),
    }


async def _intents(file: Path) -> Report:
    examples = read_examples(file)
    async with some_rasa(Settings()) as urls, open_reader(urls) as (reader, _):
        return await evaluate_intents(reader, examples)


def _print(report: dict[str, Any], *, as_json: bool) -> None:  # Any: JSON
    if as_json:
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    for key, value in report.items():
        if not isinstance(value, list | dict):
            typer.echo(f"{key:<16}{value}")
