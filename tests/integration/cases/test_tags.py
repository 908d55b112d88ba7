"""A case belongs to a campaign or not; the record of what happened is not touched by it."""

from __future__ import annotations

import pytest

from cases.errors import BadOrder
from cases.models import Case
from cases.records import verify
from cases.tags import put_tag, tags_of, take_tag
from db.engine import Database
from tests.integration.cases.filings import RECEIVED, opened


async def test_tags_are_put_once_and_taken_off(db: Database) -> None:
    made = await opened(db)
    async with db.write() as session:
        case = await session.get_one(Case, made.case.id)
        for tag in ("秋季", " 秋季 ", "冬季"):
            await put_tag(session, case, tag, author="staff:a", now=RECEIVED)
        assert await tags_of(session, [case.id]) == {case.id: ("冬季", "秋季")}
        await take_tag(session, case, "秋季")
        assert await tags_of(session, [case.id]) == {case.id: ("冬季",)}
        await verify(session, case)
        assert case.version == made.case.version


@pytest.mark.parametrize("tag", ["", "  ", "字" * 33, "a\x00b"])
async def test_a_bad_name_is_refused(db: Database, tag: str) -> None:
    made = await opened(db)
    async with db.write() as session:
        case = await session.get_one(Case, made.case.id)
        with pytest.raises(BadOrder):
            await put_tag(session, case, tag, author="staff:a", now=RECEIVED)
