"""Preparing twice changes nothing, two at once do not disturb each other, half is never left."""

from __future__ import annotations

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from alembic.script import ScriptDirectory
from sqlalchemy import func, inspect, select, text
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from bot.bootstrap import open_store
from bot.preparation import (
    alembic_config,
    derive,
    migrate,
    prepare,
    prepare_store,
    train_model,
    usable_model,
)
from bot.settings import Settings
from cases.models import Case
from db.engine import Database
from nlu import training
from nlu.checks import FaultyTraining
from nlu.training import ROOT, Model
from tests.conftest import KEPT

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (KEPT / "cache").mkdir(parents=True, exist_ok=True)
    (tmp_path / "cache").symlink_to(KEPT / "cache")
    return Settings(data_dir=tmp_path, demo=True, nlu_urls=NOWHERE)


@pytest_asyncio.fixture
async def store(settings: Settings) -> AsyncIterator[Database]:
    db = open_store(settings)
    yield db
    await db.close()


async def revision(db: Database) -> str | None:
    async with db.read() as session:
        found: str | None = await session.scalar(text("SELECT version_num FROM alembic_version"))
    return found


async def petitions(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(Case)) or 0


async def test_migrating_reaches_the_newest_revision_and_stays(store: Database) -> None:
    await migrate(store)
    await migrate(store)

    newest = ScriptDirectory.from_config(alembic_config()).get_current_head()
    assert await revision(store) == newest


async def test_two_nodes_that_start_together_both_succeed(
    store: Database, settings: Settings
) -> None:
    environment = {**os.environ, "DATA_DIR": str(settings.data_dir)}
    nodes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo"), cwd=ROOT, env=environment, stdout=DEVNULL
        )
        for _ in range(2)
    ]

    assert [await node.wait() for node in nodes] == [0, 0]
    together = await petitions(store)
    await prepare_store(store, settings)
    assert await petitions(store) == together > 0


async def test_a_migration_that_fails_leaves_nothing_and_no_lock(store: Database) -> None:
    # In the way of the second step, so that the first has been gone through.
    async with store.write() as session:
        await session.execute(text("CREATE TABLE staff (in_the_way INTEGER)"))

    with pytest.raises(OperationalError):
        await migrate(store)

    async with store.engine.connect() as connection:
        names = await connection.run_sync(lambda c: inspect(c).get_table_names())
    assert names == ["staff"]
    async with store.write() as session:
        await session.execute(text("DROP TABLE staff"))
    await migrate(store)
    assert await revision(store)


@pytest.mark.parametrize("demo", [True, False])
async def test_demo_data_is_loaded_once_and_only_if_wanted(
    store: Database, settings: Settings, *, demo: bool
) -> None:
    chosen = settings.model_copy(update={"demo": demo})
    await prepare_store(store, chosen)
    first = await petitions(store)
    await prepare_store(store, chosen)

    assert (first > 0) is demo
    assert await petitions(store) == first


async def test_with_rasa_elsewhere_nothing_is_trained(settings: Settings) -> None:
    said: list[str] = []

    assert await prepare(settings, said.append) is None
    assert said == []
    assert not (settings.data_dir / "models").exists()


@pytest.mark.rasa
@pytest.mark.usefixtures("rasa_url")
async def test_a_model_whose_data_did_not_change_is_not_trained_again() -> None:
    said: list[str] = []
    model = await train_model(Settings(data_dir=KEPT), said.append)

    assert not model.fresh
    assert model.path.is_file()
    assert said == []


@pytest.fixture
def faulty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = tmp_path / "training"
    data.mkdir()
    (data / "a.yml").write_text("nlu:\n- intent: gret\n  examples: |\n    - 嗨\n")
    monkeypatch.setattr(training, "DATA", data)


@pytest.mark.usefixtures("faulty")
async def test_a_refused_model_leaves_the_one_before_in_use(settings: Settings) -> None:
    kept = settings.data_dir / "models" / "nlu-before.tar.gz"
    kept.parent.mkdir()
    kept.touch()
    said: list[str] = []

    with capture_logs() as logs:
        model = await usable_model(settings, said.append)

    assert model == Model(path=kept, fresh=False)
    assert said == ["kept"]
    assert [(line["event"], line["kept"]) for line in logs] == [("model_refused", kept.name)]
    assert "a.yml:4" in logs[0]["reason"]


@pytest.mark.usefixtures("faulty")
async def test_without_a_model_before_the_refusal_is_an_error(settings: Settings) -> None:
    with pytest.raises(FaultyTraining, match="gret"):
        await usable_model(settings, pytest.fail)


@pytest.mark.usefixtures("faulty")
async def test_who_asks_for_training_hears_of_the_refusal(settings: Settings) -> None:
    """As the error it is, not in the bundle of what ran beside it."""
    kept = settings.data_dir / "models" / "nlu-before.tar.gz"
    kept.parent.mkdir()
    kept.touch()

    with pytest.raises(FaultyTraining, match="gret"):
        await derive(settings, pytest.fail, strict=True)
