"""News of a case reach the citizen's own channel with the step itself, once."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete

from cases.kinds.machine import Actor
from cases.models import Case
from cases.notices import AUTHOR
from cases.orders import Filing, Order
from cases.references import Kind
from cases.service import apply
from conversations.history import Said, after
from conversations.models import ContactIdentity, Conversation
from conversations.outbox import claim
from conversations.threads import set_status
from core.turns import ConversationStatus, Session
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, FRESH, UNTIL_ACCEPTED, officer, opened, take
from tests.integration.talk import message, store


async def filing(db: Database, base: Filing = FRESH) -> Filing:
    """Filed by a citizen who has written on the web."""
    [received] = await store(db, message("你好"))
    async with db.read() as session:
        talk = await session.get_one(Conversation, received.conversation_id)
    return replace(base, contact_id=talk.contact_id, conversation_id=talk.id)


async def news(db: Database, case: Case) -> list[Said]:
    assert case.conversation_id is not None
    async with db.read() as session:
        said = await after(session, db.vault, case.conversation_id, 0)
    return [s for s in said if s.author == AUTHOR]


async def test_each_public_step_is_told_once_with_the_next_day_and_its_law(db: Database) -> None:
    case = (await opened(db, await filing(db), UNTIL_ACCEPTED)).case
    told = await news(db, case)

    assert [s.text.splitlines()[0] for s in told] == [
        f"信访件 {case.reference} 有进展：登记。已登记。",
        f"信访件 {case.reference} 有进展：转送。已转送。",
        f"信访件 {case.reference} 有进展：受理。已受理。",
    ]
    last = told[-1].reply
    assert last is not None
    assert last.text.splitlines()[1] == (
        "办结：12 月 19 日（《信访工作条例》第三十四条；从 10 月 20 日受理次日起算第 60 日）。"
    )
    assert [c.label for c in last.citations] == ["《信访工作条例》第三十四条"]
    assert [b.payload for b in last.quick_replies] == [f"petition_status/{case.reference}"]
    assert last.source == f"case:{case.reference}"


async def test_what_is_hidden_quiet_or_the_citizens_own_is_not_told(db: Database) -> None:
    case = (await opened(db, await filing(db), UNTIL_ACCEPTED)).case
    before = len(await news(db, case))
    later = ACCEPTED + timedelta(days=1)
    await take(
        db,
        case,
        replace(officer("note", later, "内部"), public=False),
        officer("supplement", later, "已补充"),
        Order(command="note", actor=Actor.CITIZEN, at=later, words="还有一件"),
    )

    assert len(await news(db, case)) == before


async def test_news_go_with_the_step_or_not_at_all(db: Database) -> None:
    case = (await opened(db, await filing(db), UNTIL_ACCEPTED)).case
    before = len(await news(db, case))

    async def fail_after() -> None:
        async with db.write() as session:
            current = await session.get_one(Case, case.id)
            await apply(session, db.vault, current, officer("reply", ACCEPTED, "已答复。"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_after()
    assert len(await news(db, case)) == before


async def test_news_outlive_a_person_taking_the_conversation_over(db: Database) -> None:
    case = (await opened(db, await filing(db))).case
    await take(db, case, UNTIL_ACCEPTED[0])
    async with db.write() as session:
        assert case.conversation_id is not None
        await set_status(session, case.conversation_id, ConversationStatus.ASSIGNED)
        deliveries = await claim(session, db.vault, ["web"], now=ACCEPTED)

    assert [d.stale for d in deliveries if d.said.author == AUTHOR] == [False]


async def test_nobody_is_told_who_was_forgotten(db: Database) -> None:
    case = (await opened(db, await filing(db))).case
    async with db.write() as session:
        await session.execute(delete(ContactIdentity))
    moved = await take(db, case, UNTIL_ACCEPTED[0])

    assert moved.state == "registered"
    assert await news(db, case) == []


async def test_they_are_told_in_the_language_of_the_conversation(db: Database) -> None:
    case = (await opened(db, await filing(db), UNTIL_ACCEPTED)).case
    async with db.write() as session:
        talk = await session.get_one(Conversation, case.conversation_id)
        english = Session(language="en").as_json()
        talk.session_sealed = db.vault.seal(json.dumps(english))
    await take(db, case, officer("reply", ACCEPTED, "处理意见书已出具。"))

    reply = (await news(db, case))[-1].reply
    assert reply is not None
    assert reply.language == "en"
    assert reply.text.startswith(f"News of petition {case.reference}: Written reply.")
    assert "You can ask for a review of the reply: 19 November 2026" in reply.text


async def test_a_promise_is_told_as_a_promise(db: Database) -> None:
    hazard = replace(FRESH, kind=Kind.HAZARD, sub_kind="fire")
    case = (await opened(db, await filing(db, hazard))).case
    await take(db, case, officer("accept", ACCEPTED, "属实。"))

    [told] = await news(db, case)
    assert told.text.splitlines()[1] == (
        "交给该管的单位整改：10 月 23 日（从 10 月 20 日核实次日起算第 3 个工作日"
        "；这是本服务自己定的，不是法律规定的期限）。"
    )
    assert told.reply is not None
    assert told.reply.citations == ()
