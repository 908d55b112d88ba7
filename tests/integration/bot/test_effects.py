"""Effects happen inside the commit, and replies say what became of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.effects import Fills, apply, fill
from cases import attachments
from cases.errors import CaseNotFound, NotOverdue
from cases.models import Case, LookupAttempt
from cases.persons import seals_of
from cases.records import attachments_of, find, verify
from cases.uploads import UploadDesk
from conversations.models import Conversation
from conversations.threads import Snapshot, snapshot
from core.effects import (
    AddToCase,
    CountFailedLookup,
    Effect,
    EraseMe,
    FileCase,
    IssueDocument,
    LeaveQueue,
    RequestHandoff,
    UrgeCase,
    WithdrawCase,
)
from core.messages import Attachment, Direction, Identity, Reply
from core.turns import ConversationStatus
from db.engine import Database
from db.store import FolderStore
from documents.issuing import TOKEN
from documents.links import token_of
from documents.models import DocumentRecord
from handoff.queue import open_handoff
from tests.integration.talk import NOON, message, store, told
from tests.pictures import photo


async def seen_by(db: Database, user: str = "u-1") -> Snapshot:
    [received] = await store(db, message(user=user))
    async with db.read() as session:
        seen = await snapshot(session, db.vault, received.conversation_id)
    assert seen is not None
    return seen


async def carry_out(db: Database, seen: Snapshot, *effects: Effect) -> Fills:
    async with db.write() as session:
        return await apply(session, db.vault, seen, effects, now=NOON)


async def test_request_fills_number_and_place(database: Database) -> None:
    await carry_out(database, await seen_by(database, "a"), RequestHandoff(reason="citizen"))
    seen = await seen_by(database, "b")

    fills = await carry_out(database, seen, RequestHandoff(reason="citizen"))

    assert fills == {"{ticket.label}": "R-0002", "{ticket.ahead}": "1", "{ticket.wait}": ""}
    async with database.read() as session:
        talk = await session.get(Conversation, seen.conversation_id)
    assert talk is not None
    assert talk.status == ConversationStatus.QUEUED


async def test_leaving_and_erasing_give_the_place_up(database: Database) -> None:
    for effect in (LeaveQueue(), EraseMe()):
        seen = await seen_by(database)
        await carry_out(database, seen, RequestHandoff(reason="citizen"))
        await carry_out(database, seen, effect)
        async with database.read() as session:
            assert await open_handoff(session, seen.conversation_id) is None
    # What is not answered yet was said meanwhile and stays; in a turn its own message is answered.
    left = await told(database, seen.conversation_id)
    assert {said.direction for said in left} == {Direction.INCOMING}


async def test_failed_lookup_is_counted(database: Database) -> None:
    seen = await seen_by(database)

    await carry_out(database, seen, CountFailedLookup(reference="XF1"))

    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(LookupAttempt)) == 1


async def test_a_petition_is_filed_and_fills_its_receipt(database: Database) -> None:
    seen = await seen_by(database)
    petition = FileCase(
        kind="XF", sub_kind="claim", title="路灯坏了", text="诉求：路灯坏了", area="320508"
    )

    fills = await carry_out(database, seen, petition)

    async with database.read() as session:
        case = (await session.scalars(select(Case))).one()
    assert fills.keys() == {"{case.reference}", "{case.code}", "{case.page}", "{case.due}"}
    assert fills["{case.reference}"] == case.reference
    assert fills["{case.page}"] == f"/t/{case.reference}"
    assert case.contact_id == seen.contact_id
    assert case.conversation_id == seen.conversation_id


LAMP = FileCase(kind="YH", sub_kind="fire", title="消防通道堵了", text="堵了", area="320508")


async def filed(db: Database, seen: Snapshot, effect: FileCase = LAMP) -> tuple[str, str]:
    fills = await carry_out(db, seen, effect)
    return str(fills["{case.reference}"]), str(fills["{case.code}"])


async def state_of(db: Database, reference: str) -> Case:
    async with db.read() as session:
        return await find(session, reference)


async def test_a_citizens_steps_are_taken_and_their_words_kept(database: Database) -> None:
    seen = await seen_by(database)
    reference, _ = await filed(database, seen)

    await carry_out(database, seen, AddToCase(reference=reference, words="还堵着"))
    fills = await carry_out(database, seen, WithdrawCase(reference=reference))

    assert fills == {"{case.reference}": reference}
    case = await state_of(database, reference)
    assert (case.state, case.last_seq) == ("withdrawn", 3)


async def test_urging_tells_the_day_it_is_answered_by(database: Database) -> None:
    seen = await seen_by(database)
    reference, _ = await filed(database, seen)
    with pytest.raises(NotOverdue):
        await carry_out(database, seen, UrgeCase(reference=reference))

    async with database.write() as session:
        later = NOON + timedelta(days=10)
        fills = await apply(
            session, database.vault, seen, [UrgeCase(reference=reference)], now=later
        )
    assert fills["{case.due}"] == date(2026, 12, 3)
    assert (await state_of(database, reference)).supervision == "reminded"


async def test_anothers_case_needs_its_code(database: Database) -> None:
    reference, code = await filed(database, await seen_by(database, "a"))
    stranger = await seen_by(database, "b")

    for wrong in (None, "", "22222222"):
        with pytest.raises(CaseNotFound):
            await carry_out(database, stranger, WithdrawCase(reference=reference, code=wrong))
    await carry_out(database, stranger, WithdrawCase(reference=reference, code=code))

    assert (await state_of(database, reference)).state == "withdrawn"


async def test_erasing_takes_what_is_over_and_leaves_what_is_in_hand(database: Database) -> None:
    seen = await seen_by(database)
    over, _ = await filed(database, seen)
    in_hand, _ = await filed(database, seen)
    await carry_out(database, seen, WithdrawCase(reference=over))
    await carry_out(database, seen, EraseMe())

    async with database.read() as session:
        titles = {}
        for reference in (over, in_hand):
            case = await find(session, reference)
            seals = await seals_of(session, database.vault, [case])
            titles[reference] = seals.open_or_none(case.title_sealed)
            await verify(session, case)
    assert titles == {over: None, in_hand: "消防通道堵了"}


async def sent(db: Database, store: FolderStore, *shades: int) -> tuple[str, ...]:
    desk = UploadDesk(db, store, clock=lambda: NOON)
    who = Identity(channel="web", user_id="u-1")
    kept = [await desk.take(who, photo(shade=shade), "a.jpg") for shade in shades]
    return tuple(file.upload or "" for file in kept)


async def test_pictures_go_with_the_case_and_are_counted(
    database: Database, tmp_path: Path
) -> None:
    seen = await seen_by(database)
    ids = await sent(database, FolderStore(tmp_path), 0, 1, 2)

    fills = await carry_out(database, seen, replace(LAMP, uploads=(*ids[:2], "long gone")))
    reference = str(fills["{case.reference}"])
    more = await carry_out(database, seen, AddToCase(reference=reference, uploads=ids[2:]))

    assert (fills["{case.pictures}"], more["{case.pictures}"]) == ("2", "1")
    case = await state_of(database, reference)
    async with database.read() as session:
        kept = await attachments_of(session, case)
        await verify(session, case)
    assert sorted(file.stage for file in kept) == ["", "before", "before"]


async def test_a_case_takes_as_many_pictures_as_it_holds(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "MOST_FILES", 2)
    seen = await seen_by(database)
    ids = await sent(database, FolderStore(tmp_path), 0, 1, 2)
    reference, _ = await filed(database, seen)

    fills = await carry_out(database, seen, AddToCase(reference=reference, uploads=ids))

    assert fills["{case.pictures}"] == "2"


async def test_erasing_shuts_the_pictures_that_wait(database: Database, tmp_path: Path) -> None:
    seen = await seen_by(database)
    store = FolderStore(tmp_path)
    [waiting] = await sent(database, store, 0)

    await carry_out(database, seen, EraseMe())

    desk = UploadDesk(database, store, clock=lambda: NOON)
    assert await desk.find(Identity(channel="web", user_id="u-1"), [waiting]) == []
    assert await desk.purge() == 1
    assert list(store.listing()) == []


LETTER = IssueDocument(
    kind="letter", values={"name": "王"}, slots={"name": "王"}, formats=("docx", "pdf")
)


async def test_a_document_is_kept_and_fills_its_links(database: Database) -> None:
    seen = await seen_by(database)

    fills = await carry_out(database, seen, LETTER)

    assert fills.keys() == {"{document.docx}", "{document.pdf}"}
    links = [str(link) for link in fills.values()]
    assert all(TOKEN.fullmatch(token_of(link) or "") for link in links)
    async with database.read() as session:
        kept = list(await session.scalars(select(DocumentRecord)))
    assert {record.conversation_id for record in kept} == {seen.conversation_id}
    assert not any(record.token_digest in link for record in kept for link in links)


async def test_erasing_takes_the_documents_too(database: Database) -> None:
    seen, other = await seen_by(database), await seen_by(database, "u-2")
    await carry_out(database, other, LETTER)
    await carry_out(database, seen, LETTER, EraseMe())

    async with database.read() as session:
        kept = list(await session.scalars(select(DocumentRecord.conversation_id)))
    assert kept == [other.conversation_id] * 2


def test_fill_puts_links_into_attachments() -> None:
    waiting = Attachment(kind="file", url="{document.pdf}", caption="信访信.pdf")
    reply = Reply(text="好了", attachments=(waiting, Attachment(kind="file", url="/d/old")))

    filled = fill(reply, {"{document.pdf}": "/d/new"})

    assert [a.url for a in filled.attachments] == ["/d/new", "/d/old"]


def test_fill_tells_a_day_in_the_language_of_the_reply() -> None:
    due: Fills = {"{case.due}": date(2026, 12, 8), "{case.reference}": "XF1"}
    reply = Reply(text="到 {case.due}", source="case:{case.reference}")

    assert fill(reply, due) == Reply(text="到 2026年12月8日", source="case:XF1")
    assert "年" not in fill(replace(reply, language="en"), due).text


def test_fill_replaces_places_and_nothing_else() -> None:
    reply = Reply(text="{ticket.label}，前面 {ticket.ahead} 人，{other}", safety=True)

    filled = fill(reply, {"{ticket.label}": "R-0007", "{ticket.ahead}": "0"})

    assert filled == Reply(text="R-0007，前面 0 人，{other}", safety=True)
    assert fill(reply, {}) is reply
