"""Commands for those who keep the answers right."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from actions.pathways.loading import pathways as catalogue
from actions.pathways.picture import page
from actions.talk import intent_titles
from bot.bootstrap import cache_dir, clippings_file, laws_dir, today
from bot.cli import kb_files
from bot.cli.rasa import readings
from bot.cli.speech import FAILED, USAGE, clear_errors, existing, note, say, words
from bot.settings import Settings
from core.clock import utc_now
from knowledge_base.answers_page import answers_page
from knowledge_base.clippings import Fate, import_clippings
from knowledge_base.entries import load_drafts
from knowledge_base.errors import TextRefused
from knowledge_base.faq_features import vector_texts
from knowledge_base.faq_fit import fit_weights, texts_to_fit, write_weights
from knowledge_base.impact import impact as resting
from knowledge_base.law_import import ImportRow, Outcome
from knowledge_base.law_import import import_laws as take_in
from knowledge_base.lint import LintReport, questions_alike
from knowledge_base.lint import lint as look
from knowledge_base.paraphrases import worded
from knowledge_base.shelf import LawShelf
from knowledge_base.statutes import open_statutes
from knowledge_base.vectors import FAQ_VECTORS, SHIPPED, TextEncoder, VectorCache, embed_missing
from nlu.training import intents

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
ANSWERS = REFERENCE / "answers.md"
PATHWAYS = REFERENCE / "pathways.md"

app = typer.Typer(no_args_is_help=True, help="The knowledge base.")


@app.callback()
def group() -> None:
    """The knowledge base."""


@app.command()
def lint(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Judge by this day; today's date then only warns."
        ),
    ] = None,
    meaning: Annotated[
        bool, typer.Option("--meaning", help="Warn of questions that mean the same, too.")
    ] = False,
) -> None:
    """Look for faults in every entry; exit code 1 if there is one."""
    with clear_errors():
        day, shelf = today(utc_now), laws_dir(Settings())
        report = look(on.date() if on else day, intents(), today=day, shelf=shelf)
        if meaning:
            report = report.also(questions_alike(cache_dir(Settings())))
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False, indent=2))
    else:
        _tell(report)
    if report.faults:
        raise typer.Exit(FAILED)


def _tell(report: LintReport) -> None:
    for fault in report.faults:
        say("lint_fault", file=fault.file, entry=fault.entry, what=f"{fault.code} {fault.text}")
    for warning in report.warnings:
        what = f"{warning.code} {warning.text}"
        note("lint_warning", file=warning.file, entry=warning.entry, what=what)
    say(
        "lint_sum",
        entries=report.entries,
        citations=report.citations,
        faults=len(report.faults),
    )
    if report.warnings:
        note("lint_warnings", count=len(report.warnings))


@app.command(no_args_is_help=True)
def impact(
    law: Annotated[str, typer.Argument(help="A law by any name, such as 民法典.")],
    article: Annotated[str | None, typer.Argument(help="One of its articles, such as 47.")] = None,
) -> None:
    """List every answer that cites a law, or one of its articles."""
    with clear_errors():
        laws = open_statutes(today(utc_now), shelf=laws_dir(Settings())).laws
        found = resting(load_drafts().entries, law, article, laws=laws)
    for answer in found:
        draft = answer.draft
        say("impact_line", entry=draft.id, title=draft.title, articles="、".join(answer.articles))
    say("impact_sum", count=len(found))


@app.command()
def answers(
    to: Annotated[Path, typer.Argument(help="The page to write.")] = ANSWERS,
) -> None:
    """Write every answer on one page, for a lawyer to read."""
    with clear_errors():
        drafts = load_drafts().entries
        to.write_text(answers_page(drafts, intent_titles()), encoding="utf-8")
    say("answers_written", count=len(drafts), path=to)


@app.command()
def pathways(
    to: Annotated[Path, typer.Argument(help="The page to write.")] = PATHWAYS,
) -> None:
    """Draw every pathway on one page."""
    with clear_errors():
        drawn = catalogue()
        to.write_text(page(drawn.values()), encoding="utf-8")
    say("pathways_written", count=len(drawn), path=to)


@app.command(no_args_is_help=True)
def import_cases(
    file: Annotated[Path, typer.Argument(help="YAML or JSON: a list of rows.")],
) -> None:
    """Import typical cases, figures and bulletins, each with its source and day."""
    existing(file)
    with clear_errors():
        report = import_clippings(
            file,
            clippings_file(Settings()),
            today=today(utc_now),
            entries={draft.id for draft in load_drafts().entries},
            topics=intents(),
        )
    for row in report:
        say(f"clipping_{row.fate}", number=row.number, title=row.title, why=row.why)
    refused = sum(row.fate is Fate.REFUSED for row in report)
    say("clippings_refused" if refused else "clippings_done", count=len(report), refused=refused)
    if refused:
        raise typer.Exit(FAILED)


app.command("import", no_args_is_help=True)(kb_files.import_entries)
app.command("export", no_args_is_help=True)(kb_files.export_entries)
app.command("import-directory", no_args_is_help=True)(kb_files.import_directory)
app.command("export-directory", no_args_is_help=True)(kb_files.export_directory)


@app.command("import-laws", no_args_is_help=True)
def import_laws(
    path: Annotated[Path, typer.Argument(help="A Markdown text, a folder of them, a database.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Take law texts in, row by row; exit code 1 if one had to be skipped."""
    if not path.exists():
        note("file_missing", path=path)
        raise typer.Exit(USAGE)
    rows: list[ImportRow] = []
    with clear_errors():
        try:
            for row in take_in(path, LawShelf(laws_dir(Settings()))):
                rows.append(row)
                if not as_json:
                    typer.echo(import_line(row))
        except TextRefused as refused:
            note(f"import_{refused.code}")
            raise typer.Exit(FAILED) from None
    if as_json:
        report = [dataclasses.asdict(row) for row in rows]
        typer.echo(json.dumps({"rows": report}, ensure_ascii=False, indent=2, default=str))
    else:
        counts = Counter(row.outcome for row in rows)
        say("import_sum", **{outcome.value: counts[outcome] for outcome in Outcome})
    if any(row.outcome is Outcome.SKIPPED for row in rows):
        raise typer.Exit(FAILED)


def import_line(row: ImportRow) -> str:
    """One row of the report: the law, its articles, its day, what was mended, what became of it."""
    if row.outcome is Outcome.SKIPPED:
        reason = words(f"import_{row.reason}")
        return words("import_skipped", source=row.source, reason=reason, detail=row.detail)
    repaired = words("import_repaired", count=row.repaired) if row.repaired else ""
    starts = words("import_starts", day=row.effective) if row.effective_known else ""
    return words(
        "import_line",
        law=row.law,
        articles=row.articles,
        day=row.published,
        starts=starts or words("import_starts_unknown"),
        repaired=repaired,
        outcome=words(f"import_{row.outcome}"),
    )


@app.command()
def fit() -> None:
    """Fit the weights of the search to the questions of paraphrases.yml."""
    with clear_errors():
        settings, day = Settings(), today(utc_now)
        drafts = [draft for draft in load_drafts().entries if draft.is_told(day)]
        cache = VectorCache(cache_dir(settings) / FAQ_VECTORS, shipped=SHIPPED)
        texts = texts_to_fit()
        for kinds in (vector_texts(worded(drafts)), {"query": texts}):
            for _ in embed_missing(cache, TextEncoder(), kinds):
                pass
        cache.save()
        hints = asyncio.run(readings(settings, texts))
        write_weights(fit_weights(drafts, cache, hints))
    say("weights_written", count=len(texts))
