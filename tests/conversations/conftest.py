"""One service for all dialogues: each talks under a name of its own, so none disturbs another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from bot.bootstrap import Service, open_service, open_store
from bot.preparation import prepare_store
from bot.settings import Settings
from core.clock import utc_now
from tests.conftest import KEPT

# Monday morning in Suzhou; time runs on from there, so that dates in answers stay the same.
OPENED = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory, rasa_url: str) -> AsyncIterator[Service]:
    """The whole service on a SQLite file with the demo data, on the morning of ``OPENED``."""
    folder = tmp_path_factory.mktemp("town")
    (KEPT / "cache").mkdir(parents=True, exist_ok=True)
    (folder / "cache").symlink_to(KEPT / "cache")
    settings = Settings(data_dir=folder, demo=True)
    db = open_store(settings)
    await prepare_store(db, settings)
    await db.close()
    shift = OPENED - utc_now()
    async with open_service(
        settings, rasa_urls=[rasa_url], clock=lambda: utc_now() + shift
    ) as opened:
        await opened.library.wait_until_built()
        yield opened
