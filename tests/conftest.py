"""What tests share: databases of both kinds, one trained Rasa, the whole service around them."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import hypothesis
import pytest
import pytest_asyncio
import structlog
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from bot.bootstrap import Service, faq_examples, open_service, open_store, today
from bot.preparation import migrate, prepare_store
from bot.settings import Settings
from core.clock import utc_now
from db.base import Base
from db.encryption import Vault
from db.engine import Database, is_sqlite, open_database
from nlu.server.process import RasaProcess
from nlu.training import ROOT, train

SERVER = os.environ.get("TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432")
KEPT = ROOT / "var"
# How long an example takes says something about the machine, nothing about the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
VAULT = Vault({"k1": b"\x01" * 32}, current="k1")


# What takes long to make is made in one of the processes, and asked for there.
TOGETHER = {
    "tests/conversations/": "dialogues",
    "tests/e2e/test_installation.py": "services",
    "tests/e2e/": "browser",
    "tests/integration/bot/cli/test_ask.py": "services",
    "tests/integration/bot/cli/test_doctor.py": "services",
    "tests/integration/bot/cli/test_maintain.py": "services",
    "tests/integration/bot/cli/test_rasa.py": "services",
    "tests/integration/bot/test_": "services",
    "tests/integration/knowledge_base/test_statute": "statutes",
    "tests/integration/nlu/": "dialogues",
}


class Together(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """A file's tests stay in one process, and so do those that share a Rasa or a browser.

    By path: xdist's own groups are lost with pytest 9.2 (pytest-xdist#1386).
    """

    def _split_scope(self, nodeid: str) -> str:
        shared = (name for place, name in TOGETHER.items() if nodeid.startswith(place))
        return next(shared, nodeid.partition("::")[0])


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """Which process runs which tests."""
    return Together(config, log)


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Commands set the process's logs up; no test shall find what another has set."""
    yield
    structlog.reset_defaults()


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str | None]:
    """A migrated PostgreSQL database of this run, or None where no server answers and that may be."""
    name = f"sufatong_test_{secrets.token_hex(6)}"
    address = f"{SERVER.replace('postgresql://', 'postgresql+asyncpg://')}/{name}"
    try:
        asyncio.run(_administer(f"CREATE DATABASE {name} TEMPLATE template0"))
    except (OSError, TimeoutError):
        if os.environ.get("CI"):
            raise
        yield None
        return
    asyncio.run(_make_tables(address))
    yield address
    asyncio.run(_administer(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with every table and nothing in them, to be copied."""
    path = tmp_path_factory.mktemp("migrated") / "sufatong.db"
    asyncio.run(_make_tables(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, migrated_file: Path) -> str:
    """A migrated SQLite file of the test's own."""
    path = tmp_path / "sufatong.db"
    shutil.copy(migrated_file, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest, sqlite_url: str, postgresql: str | None) -> str:
    """Where the test's database is, its tables made: a SQLite file of its own, then PostgreSQL."""
    if request.param == "sqlite":
        return sqlite_url
    if postgresql is None:
        pytest.skip(f"no PostgreSQL server answers at {SERVER} (set TEST_POSTGRESQL)")
    return postgresql


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An empty database; the test runs once on SQLite and once on PostgreSQL."""
    async with emptied(database_url) as db:
        yield db


@asynccontextmanager
async def emptied(database_url: str) -> AsyncIterator[Database]:
    """The database at an address of ``database_url``, with nothing in it."""
    db = open_database(database_url, VAULT)
    await _empty(db)
    yield db
    await db.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def rasa_url(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of the one Rasa that all tests share; trained first if its data changed."""
    model = await train(KEPT / "models", extra=faq_examples(today(utc_now)), say=print)
    process = RasaProcess(model.path, log=tmp_path_factory.mktemp("rasa") / "rasa.log")
    await process.start()
    yield process.url
    await process.stop()


@pytest.fixture
def service_settings(tmp_path: Path, sqlite_url: str) -> Settings:
    """Settings of an installation of the test's own, its tables made; derived files are shared."""
    return installation(tmp_path).model_copy(update={"database_url": sqlite_url})


def installation(folder: Path) -> Settings:
    """Settings of an installation in a folder, with the demo data; derived files are shared."""
    (KEPT / "cache").mkdir(parents=True, exist_ok=True)
    (folder / "cache").symlink_to(KEPT / "cache")
    return Settings(data_dir=folder, demo=True)


@pytest_asyncio.fixture
async def service(service_settings: Settings, rasa_url: str) -> AsyncIterator[Service]:
    """The whole service on a SQLite file with the demo data, Rasa behind it, no channel open."""
    db = open_store(service_settings)
    await prepare_store(db, service_settings)
    await db.close()
    async with open_service(service_settings, rasa_urls=[rasa_url]) as opened:
        await opened.library.wait_until_built()
        yield opened


async def _make_tables(database_url: str) -> None:
    db = open_database(database_url, VAULT)
    await migrate(db)
    await db.close()


async def _empty(db: Database) -> None:
    """Every row away in one round trip: seventy of them take longer than most tests."""
    tables = reversed(Base.metadata.sorted_tables)
    script = ";".join(f'DELETE FROM "{table.name}"' for table in tables)
    async with db.engine.begin() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await (driver.executescript if is_sqlite(db.engine) else driver.execute)(script)


async def _administer(statement: str) -> None:
    server = await asyncpg.connect(f"{SERVER}/postgres", timeout=5)
    try:
        await server.execute(statement)
    finally:
        await server.close()
