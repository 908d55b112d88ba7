"""Commands that run and maintain an installation."""

from __future__ import annotations

import asyncio
import sys

import typer
import uvloop

from bot import preparation
from bot.bootstrap import attachments, cache_dir, faq_examples, open_store, today
from bot.cli.doctor import examine
from bot.cli.speech import FAILED, clear_errors, progress, say
from bot.server import serve
from bot.settings import Settings
from cases.demo import Shown, demo_cases, load_demo
from core.clock import utc_now
from knowledge_base.library import ship_vectors
from knowledge_base.vectors import SHIPPED
from nlu.training import training_examples

SWITCH_SECONDS = 0.0005


def run() -> None:
    """Start everything and serve until SIGINT or SIGTERM."""
    with clear_errors():
        settings = Settings()

        def tell(step: str) -> None:
            progress(step)
            if step == "ready":
                address = f"http://{settings.host}:{settings.port}"
                say("ready", address=address)
                if settings.demo:
                    say("ready_demo", address=address)

        # Threads that computed a vector or waited for a lock get the interpreter back at once,
        # not when the event loop has had its usual five milliseconds.
        sys.setswitchinterval(SWITCH_SECONDS)
        uvloop.run(serve(settings, tell))


def train() -> None:
    """Train the routing model and index the knowledge base, if their data changed."""
    with clear_errors():
        model = asyncio.run(preparation.derive(Settings(), progress, strict=True))
    say("trained" if model.fresh else "trained_before", path=model.path)


def vectors() -> None:
    """Compute what the shipped vectors lack: of training examples and of answers."""
    from nlu.vectors import FILE, Vectors

    with clear_errors():
        settings, day = Settings(), today(utc_now)
        texts = [example.text for example in (*training_examples(), *faq_examples(day))]
        Vectors().keep(texts)
        say("vectors_kept", count=len(set(texts)), path=FILE)
        say("vectors_kept", count=ship_vectors(day, cache_dir(settings)), path=SHIPPED)


def migrate() -> None:
    """Bring the database's tables to the newest revision."""

    async def work() -> None:
        db = open_store(Settings())
        try:
            await preparation.migrate(db)
        finally:
            await db.close()

    with clear_errors():
        asyncio.run(work())
    say("migrated")


def demo() -> None:
    """Load the demo cases once, and print them all."""

    async def work() -> tuple[int, list[Shown]]:
        settings = Settings()
        db = open_store(settings)
        try:
            await preparation.migrate(db)
            loaded = await load_demo(db, attachments(settings), utc_now())
            return len(loaded), await demo_cases(db)
        finally:
            await db.close()

    with clear_errors():
        loaded, there = asyncio.run(work())
    say("demo_loaded" if loaded else "demo_there", count=loaded)
    for reference, code, title in there:
        say("demo_line", reference=reference, code=code, title=title)


def doctor() -> None:
    """Check every dependency and setting, and name the mend."""
    with clear_errors():
        findings = asyncio.run(examine(Settings()))
    for finding in findings:
        key = "doctor_ok" if finding.well else "doctor_bad"
        say(key, what=finding.what, mend=finding.mend)
    if not all(finding.well for finding in findings):
        raise typer.Exit(FAILED)
