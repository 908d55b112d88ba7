"""Files that wait for their case: whose they are, how long, and what becomes of them."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from cases import uploads
from cases.attachments import MOST_BYTES, read, sweep
from cases.errors import FileGone, FileNotKept, FileRefused
from cases.filing import Told, file_case
from cases.models import Case, UploadRecord
from cases.persons import erase_persons
from cases.pictures import cleaned
from cases.records import attachments_of, find, verify
from cases.sniffing import JPEG
from cases.uploads import KEPT_FOR, UploadDesk
from conversations.inbox import Thread, open_thread
from core.messages import Attachment, Identity
from db.engine import Database
from db.store import FolderStore
from tests.integration.talk import NOON, Hands
from tests.pictures import photo

WHO = Identity(channel="web", user_id="u-1")
OTHER = Identity(channel="web", user_id="u-2")
PHOTO = photo()
HAZARD = Told(
    kind="YH",
    sub_kind="fire",
    title="通道堵了",
    text="堵了",
    area="320508",
    contact_id="",
    at=NOON,
)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


@pytest.fixture
def desk(database: Database, store: FolderStore, hands: Hands) -> UploadDesk:
    return UploadDesk(database, store, clock=hands)


async def thread_of(db: Database, who: Identity = WHO) -> Thread:
    return await open_thread(db, who, now=NOON)


def ids_of(*files: Attachment) -> tuple[str, ...]:
    return tuple(file.upload or "" for file in files)


async def filed(db: Database, ids: Sequence[str], told: Told = HAZARD) -> tuple[str, int]:
    thread = await thread_of(db)
    told = replace(
        told,
        contact_id=thread.contact_id,
        conversation_id=thread.conversation_id,
        uploads=tuple(ids),
    )
    async with db.write() as session:
        receipt = await file_case(session, db.vault, told)
    return receipt.reference, receipt.pictures


def lying(store: FolderStore) -> int:
    return len(list(store.listing()))


async def test_a_picture_is_kept_cleaned_for_its_conversation_alone(
    database: Database, desk: UploadDesk
) -> None:
    file = await desk.take(WHO, PHOTO, "IMG_1.jpg")
    here, elsewhere = await thread_of(database), await thread_of(database, OTHER)
    upload = file.upload or ""

    assert (file.kind, file.mime, file.size) == ("image", "image/jpeg", len(cleaned(PHOTO, JPEG)))
    shown = await desk.show(WHO, upload)
    assert (shown.mime, shown.content) == ("image/jpeg", cleaned(PHOTO, JPEG))
    assert await desk.show_staff(here.conversation_id, upload) == shown
    assert await desk.find(WHO, [upload]) == [file]
    for nobody in (OTHER, Identity(channel="web", user_id="never here")):
        assert await desk.find(nobody, [upload]) == []
        with pytest.raises(FileGone):
            await desk.show(nobody, upload)
    with pytest.raises(FileGone):
        await desk.show_staff(elsewhere.conversation_id, upload)


async def test_nothing_of_it_stands_open_in_the_database(
    database: Database, desk: UploadDesk, store: FolderStore
) -> None:
    file = await desk.take(WHO, PHOTO, "张三的身份证.jpg")

    async with database.read() as session:
        record = await session.get_one(UploadRecord, file.upload)
    assert "张三" not in str(vars(record))
    sealed = store.get(record.address)
    assert sealed is not None
    assert cleaned(PHOTO, JPEG)[:40] not in sealed


async def test_the_same_picture_twice_is_one_while_it_waits(
    desk: UploadDesk, store: FolderStore, database: Database
) -> None:
    first, again = await desk.take(WHO, PHOTO, "a"), await desk.take(WHO, PHOTO, "b")
    another = await desk.take(OTHER, PHOTO, "a")
    assert first == again
    assert another.upload != first.upload
    assert lying(store) == 2

    await filed(database, ids_of(first))
    later = await desk.take(WHO, PHOTO, "a")
    assert later.upload != first.upload


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"PK\x03\x04" + b"\0" * 100, "type"),
        (b"%PDF-1.7 not in a chat", "type"),
        (PHOTO[:200], "broken"),
        (PHOTO + b"\0" * (MOST_BYTES + 1 - len(PHOTO)), "too_big"),
    ],
)
async def test_what_is_not_taken_is_told_why(
    desk: UploadDesk, store: FolderStore, content: bytes, why: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        await desk.take(WHO, content, "a.jpg")

    assert refused.value.why == why
    assert lying(store) == 0


async def test_ten_megabytes_are_taken(desk: UploadDesk) -> None:
    assert (await desk.take(WHO, PHOTO + b"\0" * (MOST_BYTES - len(PHOTO)), "a")).upload


async def test_so_many_may_wait(desk: UploadDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST_WAITING", 2)
    for n in range(2):
        await desk.take(WHO, photo(shade=n), "a")

    with pytest.raises(FileRefused, match="full"):
        await desk.take(WHO, photo(shade=3), "a")
    assert (await desk.take(OTHER, PHOTO, "a")).upload


async def test_a_full_store_keeps_no_record(
    database: Database, desk: UploadDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotKept):
        await desk.take(WHO, PHOTO, "a")

    async with database.read() as session:
        assert list(await session.scalars(select(UploadRecord))) == []


async def test_a_hazards_pictures_are_of_before_and_go_with_who_filed_it(
    database: Database, desk: UploadDesk, store: FolderStore
) -> None:
    files = [await desk.take(WHO, photo(shade=n), f"{n}.jpg") for n in range(2)]
    reference, pictures = await filed(database, ids_of(*files))

    async with database.read() as session:
        case = await find(session, reference)
        kept = await attachments_of(session, case)
        names = [await read(session, database.vault, store, case, file) for file in kept]
        await verify(session, case)
    assert (pictures, len(kept)) == (2, 2)
    assert {file.stage for file in kept} == {"before"}
    assert {file.event_id for file in kept} == {kept[0].event_id}
    assert names == [(f"{n}.jpg", cleaned(photo(shade=n), JPEG)) for n in range(2)]

    async with database.write() as session:
        await erase_persons(session, [case.id], now=NOON)
    async with database.read() as session:
        with pytest.raises(FileGone):
            await read(session, database.vault, store, case, kept[0])
        await verify(session, await find(session, reference))


async def test_a_petitions_pictures_have_no_stage(database: Database, desk: UploadDesk) -> None:
    file = await desk.take(WHO, PHOTO, "a")
    reference, _ = await filed(
        database, ids_of(file), replace(HAZARD, kind="XF", sub_kind="claim")
    )

    async with database.read() as session:
        [kept] = await attachments_of(session, await find(session, reference))
    assert kept.stage == ""


async def test_a_case_is_filed_though_a_picture_is_gone_or_anothers(
    database: Database, desk: UploadDesk, hands: Hands
) -> None:
    old = await desk.take(WHO, PHOTO, "a")
    hands.pass_by(days=8)
    fresh = await desk.take(WHO, photo(shade=1), "a")
    strangers = await desk.take(OTHER, PHOTO, "a")

    thread = await thread_of(database)
    async with database.write() as session:
        ids = ids_of(old, fresh, fresh, strangers)
        files = await uploads.claim(
            session, database.vault, thread.conversation_id, ids, now=hands.now
        )
    assert [file.size for file in files] == [fresh.size]


async def test_what_waited_a_week_goes_and_what_a_case_has_stays(
    database: Database, desk: UploadDesk, store: FolderStore, hands: Hands
) -> None:
    waiting = await desk.take(WHO, PHOTO, "a")
    used = await desk.take(WHO, photo(shade=1), "a")
    reference, _ = await filed(database, ids_of(used))
    hands.now += KEPT_FOR - timedelta(seconds=1)
    assert await desk.purge() == 0
    assert lying(store) == 2

    hands.pass_by(seconds=1)
    assert await desk.purge() == 1
    assert await desk.purge() == 0

    for file in (waiting, used):
        with pytest.raises(FileGone):
            await desk.show(WHO, file.upload or "")
    async with database.read() as session:
        case = await find(session, reference)
        [kept] = await attachments_of(session, case)
        assert (await read(session, database.vault, store, case, kept))[0] == "a.jpg"
    assert lying(store) == 1


async def test_forgetting_shuts_them_at_once_and_the_next_purge_takes_them(
    database: Database, desk: UploadDesk, store: FolderStore
) -> None:
    mine, others = await desk.take(WHO, PHOTO, "a"), await desk.take(OTHER, PHOTO, "a")
    used = await desk.take(WHO, photo(shade=1), "a")
    await filed(database, ids_of(used))
    thread = await thread_of(database)
    async with database.write() as session:
        await uploads.forget(session, thread.conversation_id, now=NOON)

    for file in (mine, used):
        with pytest.raises(FileGone):
            await desk.show(WHO, file.upload or "")
    async with database.read() as session:
        records = list(await session.scalars(select(UploadRecord)))
    assert {r.id for r in records if r.key_sealed} == set(ids_of(others))
    assert await desk.purge() == 1
    assert lying(store) == 2


async def test_the_sweep_leaves_what_waits(
    database: Database, desk: UploadDesk, store: FolderStore
) -> None:
    await desk.take(WHO, PHOTO, "a")
    orphan = store.put(b"file:orphan")
    for address, _ in list(store.listing()):
        os.utime(store._path(address), (0, 0))

    assert await sweep(database, store) == 1
    assert orphan not in {address for address, _ in store.listing()}
    assert lying(store) == 1


async def test_a_file_lost_from_the_store_is_gone(
    database: Database, desk: UploadDesk, store: FolderStore
) -> None:
    file = await desk.take(WHO, PHOTO, "a")
    for address, _ in list(store.listing()):
        store.delete(address)

    with pytest.raises(FileGone):
        await desk.show(WHO, file.upload or "")


async def test_a_case_that_is_not_filed_leaves_its_pictures_waiting(
    database: Database, desk: UploadDesk
) -> None:
    file = await desk.take(WHO, PHOTO, "a")
    with pytest.raises(Exception, match="sub-kind"):
        await filed(database, ids_of(file), replace(HAZARD, sub_kind="nothing"))

    async with database.read() as session:
        record = await session.get_one(UploadRecord, file.upload)
        assert list(await session.scalars(select(Case))) == []
    assert record.used_at is None
