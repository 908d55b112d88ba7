"""Alembic's entry: runs on the connection handed over by `bot migrate` or the tests."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

import alerts.models  # noqa: F401
import antifraud.models  # noqa: F401
import cases.appointments.models
import cases.counsel.models
import cases.delivery
import cases.grids.models
import cases.open311.models
import cases.tags  # noqa: F401
import console.models  # noqa: F401
import documents.models  # noqa: F401
import handoff.models  # noqa: F401
from db.base import Base


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
