"""Links live for a day, open once, tell a database nothing, and go when they are over."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, text

from conversations.inbox import Received
from db.engine import Database
from documents.issuing import (
    LIVES,
    TOKEN,
    Filled,
    Order,
    State,
    find,
    forget,
    issue,
    last,
    purge,
    use,
)
from documents.models import DocumentRecord
from tests.integration.talk import NOON, message, store

LETTER = Filled(kind="letter", values={"claims": "修好路灯"}, slots={"claims": "修好路灯"})
AID = Filled(kind="legal_aid", values={"name": "王小明"}, slots={"name": "王小明"})


async def someone(db: Database, user: str = "u-1") -> Received:
    (received,) = await store(db, message(user=user))
    return received


async def issued(
    db: Database,
    to: Received,
    filled: Filled = LETTER,
    *,
    formats: tuple[str, ...] = ("docx",),
    late: timedelta = timedelta(),
) -> dict[str, str]:
    order = Order(conversation_id=to.conversation_id, formats=formats, at=NOON + late)
    async with db.write() as session:
        return await issue(session, db.vault, filled, order)


async def state(db: Database, token: str, *, late: timedelta = timedelta()) -> State | None:
    async with db.read() as session:
        link = await find(session, db.vault, token, now=NOON + late)
    return link.state if link else None


async def count(db: Database) -> int:
    async with db.read() as session:
        return await session.scalar(select(func.count()).select_from(DocumentRecord)) or 0


async def test_each_format_has_a_link_of_its_own(database: Database) -> None:
    tokens = await issued(database, await someone(database), formats=("docx", "pdf"))

    async with database.read() as session:
        found = [await find(session, database.vault, token, now=NOON) for token in tokens.values()]
    assert [link.format for link in found if link] == ["docx", "pdf"]
    assert {link.filled.kind for link in found if link} == {"letter"}
    assert all(TOKEN.fullmatch(token) for token in tokens.values())
    assert len(set(tokens.values())) == 2


async def test_the_database_knows_neither_token_nor_words_nor_kind(database: Database) -> None:
    tokens = await issued(database, await someone(database))

    async with database.read() as session:
        rows = (await session.execute(text("SELECT * FROM documents"))).all()
    kept = repr(rows)
    assert tokens["docx"] not in kept
    assert not any(word in kept for word in ("letter", "修好路灯", "claims"))


async def test_a_link_opens_once(database: Database) -> None:
    tokens = await issued(database, await someone(database))
    async with database.read() as session:
        link = await find(session, database.vault, tokens["docx"], now=NOON)
    assert link is not None

    async def attempt() -> bool:
        async with database.write() as session:
            return await use(session, link.id, now=NOON)

    tries = await asyncio.gather(*(attempt() for _ in range(12)))

    assert sum(tries) == 1
    assert await state(database, tokens["docx"]) is State.USED


async def test_a_day_is_a_day(database: Database) -> None:
    tokens = await issued(database, await someone(database))
    second = timedelta(seconds=1)

    assert await state(database, tokens["docx"], late=LIVES - second) is State.READY
    assert await state(database, tokens["docx"], late=LIVES) is State.EXPIRED
    async with database.read() as session:
        link = await find(session, database.vault, tokens["docx"], now=NOON)
    assert link is not None
    async with database.write() as session:
        assert not await use(session, link.id, now=NOON + LIVES)


async def test_what_is_over_is_purged_and_nothing_else(database: Database) -> None:
    who = await someone(database)
    old = await issued(database, who)
    new = await issued(database, who, AID, late=timedelta(hours=1))

    async with database.write() as session:
        assert await purge(session, now=NOON + LIVES) == 1
        assert await purge(session, now=NOON + LIVES) == 0
    assert await state(database, old["docx"], late=LIVES) is None
    assert await state(database, new["docx"], late=LIVES) is State.READY


async def test_issuing_takes_away_what_is_over(database: Database) -> None:
    who = await someone(database)
    await issued(database, who)
    await issued(database, who, AID, late=LIVES)

    assert await count(database) == 1


async def test_what_is_no_token_is_not_looked_for(database: Database) -> None:
    for token in ("", "x", "a" * 42, "a" * 44, "../../etc", "a" * 43):
        assert await state(database, token) is None


async def test_the_last_one_is_found_by_kind_as_long_as_it_is_kept(database: Database) -> None:
    who, other = await someone(database), await someone(database, "u-2")
    await issued(database, who, LETTER)
    await issued(database, who, AID, late=timedelta(hours=1))

    async def kept(to: Received, kind: str | None, late: timedelta) -> str | None:
        async with database.read() as session:
            found = await last(
                session, database.vault, to.conversation_id, kind=kind, now=NOON + late
            )
        return found.kind if found else None

    soon = timedelta(hours=2)
    assert await kept(who, None, soon) == "legal_aid"
    assert await kept(who, "letter", soon) == "letter"
    assert await kept(who, "refund", soon) is None
    assert await kept(other, None, soon) is None
    assert await kept(who, "letter", LIVES) is None


async def test_forgetting_a_conversation_takes_its_documents_alone(database: Database) -> None:
    who, other = await someone(database), await someone(database, "u-2")
    await issued(database, who, formats=("docx", "pdf"))
    left = await issued(database, other)

    async with database.write() as session:
        await forget(session, who.conversation_id)

    assert await count(database) == 1
    assert await state(database, left["docx"]) is State.READY
