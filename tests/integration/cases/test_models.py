from __future__ import annotations

import pytest
from sqlalchemy import select

from cases.errors import EventIsFinal
from cases.models import CaseEvent
from db.engine import Database
from tests.integration.cases.filings import opened


async def test_an_event_is_neither_changed_nor_removed(db: Database) -> None:
    made = await opened(db)
    query = select(CaseEvent).where(CaseEvent.case_id == made.case.id)

    with pytest.raises(EventIsFinal):
        async with db.write() as session:
            (await session.scalars(query)).one().actor = "system"
    with pytest.raises(EventIsFinal):
        async with db.write() as session:
            await session.delete((await session.scalars(query)).one())
