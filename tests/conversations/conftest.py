"""One service for all dialogues: each talks under a name of its own, so none disturbs another."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.bootstrap import offices_file, open_service, open_store
from bot.preparation import prepare_store
from tests.conftest import installation
from tests.conversations.town import Door, Town, TownClock, open_slots


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory, rasa_url: str) -> AsyncIterator[Town]:
    """The whole service on a SQLite file with the demo data, on the morning of ``OPENED``."""
    folder = tmp_path_factory.mktemp("town")
    settings = installation(folder)
    db = open_store(settings)
    await prepare_store(db, settings)
    await open_slots(db)
    await db.close()
    clock, door = TownClock(), await Door(rasa_url).open()
    async with open_service(settings, rasa_urls=[door.url], clock=clock) as opened:
        await opened.library.wait_until_built()
        yield Town(service=opened, clock=clock, door=door, offices=offices_file(settings))
    await door.shut()
