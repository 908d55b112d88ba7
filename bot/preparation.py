"""What must be there before the first message: tables, demo data, a trained model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.bootstrap import attachments, cache_dir, faq_examples, open_store, sources, today
from bot.settings import Settings
from cases.appointments.demo import load_demo_slots
from cases.demo import load_demo
from core.clock import utc_now
from db.engine import Database
from db.sqlite import LOCKING
from knowledge_base.library import open_library
from nlu.training import REFUSED, Model, newest, train

MIGRATIONS = Path(__file__).parent.parent / "migrations"

Say = Callable[[str], None]

log = structlog.get_logger(__name__)


async def prepare(settings: Settings, say: Say) -> Path | None:
    """Migrate, load the demo once, train if needed; gives the model, None with Rasa elsewhere."""
    db = open_store(settings)
    try:
        await prepare_store(db, settings)
    finally:
        await db.close()
    if settings.rasa_urls:
        await index(settings)
        return None
    return (await derive(settings, say)).path


async def derive(settings: Settings, say: Say, *, strict: bool = False) -> Model:
    """All that is computed from the project's files and kept: the model and the vectors.

    A model that is refused is an error if ``strict``; else the one before goes on, if there is one.
    """
    # Training runs in a process of its own: the vectors are computed meanwhile.
    try:
        async with asyncio.TaskGroup() as together:
            train_or_keep = train_model if strict else usable_model
            model = together.create_task(train_or_keep(settings, say))
            together.create_task(index(settings))
    except ExceptionGroup as group:
        # Whoever asked knows the errors of either task, not their bundle.
        raise group.exceptions[0] from None
    return model.result()


async def index(settings: Settings) -> None:
    """Compute and keep what the knowledge base searches by; a second, where that is done.

    Before the doors open: without the vectors half of the entries are not found again, and the
    first citizens would be told that there is no answer.
    """
    library = await open_library(
        cache_dir=cache_dir(settings), on=today(utc_now), sources=sources(settings)
    )
    try:
        await library.wait_until_built()
    finally:
        await library.close()


async def prepare_store(db: Database, settings: Settings) -> None:
    """The newest tables, and the demo data if it is wanted and not there yet."""
    await migrate(db)
    if settings.demo:
        await load_demo(db, attachments(settings), utc_now())
        await load_demo_slots(db, utc_now())


async def migrate(db: Database) -> None:
    """Bring the tables to the newest revision."""
    async with db.engine.connect() as connection:
        # All of it or nothing, and one process at a time where two start together: a transaction
        # that has begun is left to us by Alembic, else it commits after each step on SQLite.
        await connection.execution_options(begin=LOCKING)
        async with connection.begin():
            await connection.run_sync(_upgrade)


async def usable_model(settings: Settings, say: Say) -> Model:
    """The model for today's data; where that is refused the one before, and a warning."""
    try:
        return await train_model(settings, say)
    except REFUSED as error:
        kept = newest(_models(settings))
        if kept is None:
            raise
        log.warning("model_refused", reason=str(error), kept=kept.name)
        say("kept")
        return Model(path=kept, fresh=False)


async def train_model(settings: Settings, say: Say) -> Model:
    """The model for today's data, trained only if that changed; raises one of ``REFUSED``."""
    examples = await asyncio.to_thread(faq_examples, today(utc_now))
    return await train(_models(settings), extra=examples, say=say)


def alembic_config() -> Config:
    """Alembic told where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _models(settings: Settings) -> Path:
    return settings.data_dir.absolute() / "models"


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
