"""What must be there before the first message: tables, demo data, a trained model."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from bot.bootstrap import faq_examples, open_store, today
from bot.settings import Settings
from cases.demo import load_demo
from core.clock import utc_now
from db.engine import Database
from db.sqlite import LOCKING
from nlu.training import Model, train

MIGRATIONS = Path(__file__).parent.parent / "migrations"

Say = Callable[[str], None]


async def prepare(settings: Settings, say: Say) -> Path | None:
    """Migrate, load the demo once, train if needed; gives the model, None with Rasa elsewhere."""
    db = open_store(settings)
    try:
        await prepare_store(db, settings)
    finally:
        await db.close()
    if settings.rasa_urls:
        return None
    return (await train_model(settings, say)).path


async def prepare_store(db: Database, settings: Settings) -> None:
    """The newest tables, and the demo data if it is wanted and not there yet."""
    await migrate(db)
    if settings.demo:
        await load_demo(db, utc_now())


async def migrate(db: Database) -> None:
    """Bring the tables to the newest revision."""
    async with db.engine.connect() as connection:
        # All of it or nothing, and one process at a time where two start together: a transaction
        # that has begun is left to us by Alembic, else it commits after each step on SQLite.
        await connection.execution_options(begin=LOCKING)
        async with connection.begin():
            await connection.run_sync(_upgrade)


async def train_model(settings: Settings, say: Say) -> Model:
    """The model for today's data, trained only if that changed."""
    examples = await asyncio.to_thread(faq_examples, today(utc_now))
    return await train(settings.data_dir.absolute() / "models", extra=examples, say=say)


def alembic_config() -> Config:
    """Alembic told where the migrations are."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _upgrade(connection: Connection) -> None:
    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
