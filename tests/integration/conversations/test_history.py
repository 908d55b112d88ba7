"""What was said is read back as it was said."""

from __future__ import annotations

from sqlalchemy import insert

from conversations.history import (
    PAGE,
    after,
    before,
    latest,
    latest_of,
    parse_of,
    read_reply,
    replies_to,
)
from conversations.models import MessageRecord
from conversations.outgoing import Grip, Saying, rows
from conversations.outgoing import store as write
from conversations.threads import mark_handled, post
from core.messages import (
    Attachment,
    Citation,
    Direction,
    Entity,
    Parse,
    QuickReply,
    Reply,
    Step,
)
from db.base import new_id
from db.engine import Database
from tests.integration.talk import NOON, message, store

FULL = Reply(
    text="《民法典》说",
    quick_replies=(QuickReply(title="好", payload="affirm"),),
    citations=(
        Citation(law="民法典", article="第一条", quote="为了", in_force=True),
        Citation(law="信访工作条例", article="第二十二条", quote="十五日", in_force="attested"),
    ),
    attachments=(Attachment(kind="file", url="/d/x", mime="application/pdf", size=9),),
    timeline=(Step(at="今天", label="受理"),),
    source="labour-unpaid@3",
    safety=True,
    language="en",
)
PARSE = Parse(
    text="XF1",
    intent="petition_status",
    confidence=0.75,
    parser="rules",
    ranking=(("petition_status", 0.75), ("greet", 0.1)),
    entities=(Entity(name="case_ref", value="XF1", start=0, end=3, confidence=0.9),),
    language="en",
)


async def test_reply_comes_back_whole(database: Database) -> None:
    [received] = await store(database, message("问"))
    async with database.write() as session:
        held = Grip(conversation_id=received.conversation_id, channel="web", epoch=0, last_seq=2)
        saying = Saying(author="bot", at=NOON, reply_to=received.message_id)
        await write(session, rows(database.vault, held, [FULL], saying))
        [said] = await replies_to(session, database.vault, received.message_id)
        asked, answered = await after(session, database.vault, received.conversation_id, 0)

    assert said.reply == FULL
    assert (said.author, said.text, said.at) == ("bot", FULL.text, NOON)
    assert answered == said
    assert (asked.reply, asked.author, asked.text) == (None, "citizen", "问")


async def test_parse_comes_back_whole_once_answered(database: Database) -> None:
    [received] = await store(database, message("XF1"))
    async with database.write() as session:
        assert await parse_of(session, database.vault, received.message_id) is None
        await mark_handled(session, database.vault, received.message_id, PARSE, now=NOON)
        assert await parse_of(session, database.vault, received.message_id) == PARSE


async def test_pages_forwards_and_backwards(database: Database) -> None:
    total = PAGE + 7
    received = await store(database, *(message(f"第{n}") for n in range(1, total + 1)))
    talk, vault = received[0].conversation_id, database.vault

    async with database.read() as session:
        first = await after(session, vault, talk, 0)
        rest = await after(session, vault, talk, first[-1].seq)
        last = await before(session, vault, talk, None)
        oldest = await before(session, vault, talk, last[0].seq)

    assert [s.seq for s in first + rest] == list(range(1, total + 1))
    assert [s.seq for s in oldest + last] == list(range(1, total + 1))
    assert (len(first), len(last)) == (PAGE, PAGE)


async def test_the_latest_of_one_author_come_first(database: Database) -> None:
    [received] = await store(database, message("问"))
    talk, vault = received.conversation_id, database.vault
    async with database.write() as session:
        for author, text in (("bot", "一"), ("staff:王", "二"), ("bot", "三"), ("bot", "四")):
            await post(session, vault, talk, [Reply(text=text)], author=author, now=NOON)

    async with database.read() as session:
        found = await latest_of(session, vault, talk, "bot", most=2)

    assert [s.text for s in found] == ["四", "三"]


async def test_notes_are_not_for_the_citizen(database: Database) -> None:
    [received] = await store(database, message("问"))
    async with database.write() as session:
        await session.execute(
            insert(MessageRecord),
            {
                "id": new_id(), "conversation_id": received.conversation_id, "channel": "web",
                "external_id": "note", "seq": 2, "direction": Direction.NOTE, "author": "staff:王",
                "text_sealed": database.vault.seal("难缠"), "sent_at": NOON, "created_at": NOON,
            },
        )  # fmt: skip
        said = await after(session, database.vault, received.conversation_id, 0)
        assert said == await before(session, database.vault, received.conversation_id, None)

    assert [s.text for s in said] == ["问"]


async def test_reply_is_read_from_its_sealed_form(database: Database) -> None:
    await store(database, message())
    sealed = database.vault.seal(
        '{"text":"好","quick_replies":[],"citations":[],"attachments":[],"timeline":[],'
        '"source":null,"safety":false}'
    )

    assert read_reply(database.vault, sealed) == Reply(text="好")


async def test_the_latest_of_several_conversations_are_read_at_once(database: Database) -> None:
    first, *_ = await store(database, *(message(f"a{n}", user="a") for n in range(4)))
    second, *_ = await store(database, *(message(f"b{n}", user="b") for n in range(4)))
    async with database.write() as session:
        await post(
            session,
            database.vault,
            first.conversation_id,
            [Reply(text="好的")],
            author="bot",
            now=NOON,
        )
    talks = [first.conversation_id, second.conversation_id]

    async with database.read() as session:
        found = await latest(session, database.vault, talks, most=2)
        own = await latest(session, database.vault, talks, most=2, only=Direction.INCOMING)
        none = await latest(session, database.vault, [], most=2)

    assert [[s.text for s in found[talk]] for talk in talks] == [["a3", "好的"], ["b2", "b3"]]
    assert [[s.text for s in own[talk]] for talk in talks] == [["a3"], ["b2", "b3"]]
    assert none == {}
