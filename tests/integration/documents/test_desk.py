"""Documents handed over: once, even to many at once; and back to be mended."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from core.knowledge import Written
from db.engine import Database
from documents.desk import DocumentDesk
from documents.errors import NoSuchKind
from documents.issuing import LIVES, Filled, State
from tests.integration.documents.test_issuing import issued, someone
from tests.integration.talk import Hands
from tests.unit.documents.samples import docx_text


@pytest.fixture
def desk(database: Database, hands: Hands) -> DocumentDesk:
    return DocumentDesk(database, clock=hands)


async def test_of_many_at_once_exactly_one_gets_it(database: Database, desk: DocumentDesk) -> None:
    token = (await issued(database, await someone(database)))["docx"]

    got = await asyncio.gather(*(desk.take(token) for _ in range(8)))

    files = [file for file in got if file is not None]
    assert len(files) == 1
    assert "修好路灯" in docx_text(files[0].content)
    assert await desk.take(token) is None


async def test_looking_and_copying_use_nothing_up(database: Database, desk: DocumentDesk) -> None:
    token = (await issued(database, await someone(database)))["docx"]

    for _ in range(2):
        link, copy = await desk.look(token), await desk.copy(token)
        assert link is not None
        assert link.state is State.READY
        assert copy is not None
    await desk.spend(token)

    assert (await desk.copy(token), await desk.take(token)) == (None, None)


async def test_a_fault_in_setting_leaves_the_link_as_it_was(
    database: Database, desk: DocumentDesk
) -> None:
    broken = Filled(kind="will", values={}, slots={})
    token = (await issued(database, await someone(database), broken))["docx"]

    with pytest.raises(NoSuchKind):
        await desk.take(token)

    link = await desk.look(token)
    assert link is not None
    assert link.state is State.READY


async def test_what_is_over_is_given_to_nobody_and_purged(
    database: Database, desk: DocumentDesk, hands: Hands
) -> None:
    who = await someone(database)
    token = (await issued(database, who))["docx"]
    kept = await desk.last(None, conversation_id=who.conversation_id)
    hands.pass_by(hours=LIVES / timedelta(hours=1))

    assert kept == Written(kind="letter", slots={"claims": "修好路灯"})
    assert (await desk.take(token), await desk.copy(token)) == (None, None)
    assert await desk.last(None, conversation_id=who.conversation_id) is None
    assert await desk.purge() == 1
    assert await desk.look(token) is None
    await desk.spend(token)
