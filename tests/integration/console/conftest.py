"""An account, a clock that can be moved, and the console mounted as the service mounts it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestClient
from argon2 import PasswordHasher

from bot.web import middleware
from cases.uploads import UploadDesk
from console import accounts
from console.accounts import Account
from console.app import setup
from console.keys import UPLOADS
from console.models import Role
from console.passwords import Passwords
from db.engine import Database
from db.store import FolderStore

PASSWORD = "correct horse"
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

Client = TestClient[web.Request, web.Application]


class CountingHasher(PasswordHasher):
    """A cheap hasher that counts how often it compared."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared = 0

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
        self.compared += 1
        return super().verify(hash, password)


@dataclass(slots=True)
class MovableClock:
    """Stands still until it is moved."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        self.now += by


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def hasher() -> CountingHasher:
    return CountingHasher()


@pytest.fixture
def passwords(hasher: CountingHasher) -> Iterator[Passwords]:
    made = Passwords(hasher)
    yield made
    made.close()


@pytest_asyncio.fixture
async def agent(database: Database, passwords: Passwords) -> Account:
    """li.na, who serves citizens."""
    return await keep(database, passwords, "li.na", Role.AGENT)


async def keep(
    db: Database, passwords: Passwords, name: str, role: Role, password: str = PASSWORD
) -> Account:
    account = accounts.new_account(name, role)
    await accounts.create(db, passwords, account, password=password, now=START)
    return account


@pytest.fixture
def uploads(database: Database, tmp_path: Path, clock: MovableClock) -> UploadDesk:
    return UploadDesk(database, FolderStore(tmp_path / "attachments"), clock=clock)


@pytest_asyncio.fixture
async def client(
    database: Database,
    passwords: Passwords,
    clock: MovableClock,
    agent: Account,
    *,
    uploads: UploadDesk,
    aiohttp_client: Callable[[web.Application], Awaitable[Client]],
) -> Client:
    app = web.Application(middlewares=[middleware.errors, middleware.same_origin])
    app.on_response_prepare.append(middleware.add_headers)
    app[UPLOADS] = uploads
    setup(app, db=database, clock=clock, passwords=passwords)
    return await aiohttp_client(app)
