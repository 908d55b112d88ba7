"""Petitions written before there were persons, pauses and ledgers are kept, whole, and go on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from alembic import command
from sqlalchemy import Connection, MetaData, Table, insert, text

from bot.preparation import migrate
from cases.errors import BrokenChain
from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.reader import CaseDesk
from cases.records import find, verify
from cases.service import apply
from core.clock import SUZHOU
from db.engine import Database, open_database
from tests.conftest import VAULT
from tests.integration.migrations.test_env import alembic, on, tables

# Two demo petitions as the release before wrote them, on 23 November 2026.
ROWS = Path(__file__).with_name("filled_0003.json")
NOW = datetime(2026, 11, 24, 10, tzinfo=SUZHOU)
RECEIPTS = {"XF3205082610120001236": "7QK2M9XD", "XF320509260922000104B": "XW5C7GJE"}


@pytest_asyncio.fixture
async def filled(database_url: str) -> AsyncIterator[Database]:
    """A database of revision 0003 with petitions in it."""
    db = open_database(database_url, VAULT)
    await on(db, lambda c: alembic(c, command.downgrade, "base") if tables(c) else None)
    await on(db, lambda c: alembic(c, command.upgrade, "0003"))
    await on(db, _fill)
    await migrate(db)
    yield db
    await on(db, _empty)
    await db.close()


def _fill(connection: Connection) -> None:
    for name, rows in json.loads(ROWS.read_text(encoding="utf-8")).items():
        table = Table(name, MetaData(), autoload_with=connection)
        connection.execute(insert(table), [_typed(table, row) for row in rows])


def _typed(table: Table, row: dict[str, Any]) -> dict[str, Any]:  # Any: values of columns
    return {key: _value(table.c[key].type.python_type, value) for key, value in row.items()}


def _value(kind: type, value: Any) -> Any:  # Any: likewise
    if value is None:
        return None
    if kind is datetime:
        return datetime.fromisoformat(f"{value}+00:00")
    if kind is date:
        return date.fromisoformat(value)
    return kind(value)


def _empty(connection: Connection) -> None:
    for name in ("case_clocks", "case_events", "cases"):
        connection.execute(text(f"DELETE FROM {name}"))


async def test_every_petition_is_found_by_its_receipt(filled: Database) -> None:
    desk = CaseDesk(filled, lambda: NOW)
    for reference, code in RECEIPTS.items():
        found = await desk.look_up(reference, code, contact_id="a")
        assert found.case is not None
        assert found.case.title.startswith("演示数据·")
        assert found.case.state == "办理中"
        assert found.case.deadline is not None


async def test_their_records_are_whole_and_tampering_shows(filled: Database) -> None:
    async with filled.read() as session:
        for reference in RECEIPTS:
            case = await find(session, reference)
            assert (case.edition, case.filed_as) == (1, case.sub_kind)
            await verify(session, case)
    async with filled.write() as session:
        await session.execute(text("UPDATE case_events SET text_sealed = 'k1:x' WHERE seq = 3"))
    async with filled.read() as session:
        for reference in RECEIPTS:
            with pytest.raises(BrokenChain):
                await verify(session, await find(session, reference))


async def test_they_go_on_and_from_then_on_periods_are_covered(filled: Database) -> None:
    reference = "XF3205082610120001236"
    async with filled.write() as session:
        case = await find(session, reference)
        note = Order(command="note", actor=Actor.OFFICER, at=NOW, text="进展。")
        await apply(session, filled.vault, case, note)
    async with filled.read() as session:
        await verify(session, await find(session, reference))
    async with filled.write() as session:
        await session.execute(
            text("UPDATE case_clocks SET due = '2027-12-31' WHERE name = 'handling'")
        )

    async with filled.read() as session:
        with pytest.raises(BrokenChain):
            await verify(session, await session.get_one(Case, case.id))
