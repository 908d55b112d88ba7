"""Files of a case: refused or sealed, read by who may, and swept away with nobody's."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from cases.attachments import GRACE, MOST_BYTES, MOST_FILES, Upload, lay, read, room_in, sweep
from cases.errors import BadOrder, FileGone, FileNotKept, FileRefused
from cases.kinds.machine import Actor
from cases.models import Case, CaseAttachment
from cases.orders import KeptFile, Order
from cases.persons import Party, erase_persons, seals_of
from cases.pictures import cleaned
from cases.records import attachments_of, verify
from cases.references import Kind
from cases.service import apply
from cases.sniffing import JPEG
from db.engine import Database
from db.store import FolderStore
from tests.integration.cases.filings import FRESH, RECEIVED, officer, opened
from tests.pictures import SECRET, photo

PHOTO = photo()
HAZARD = replace(FRESH, kind=Kind.HAZARD, sub_kind="fire", persons=(Party(),))


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


async def attached(
    db: Database, store: FolderStore, case: Case, *uploads: Upload
) -> list[CaseAttachment]:
    async with db.write() as session:
        current = await session.get_one(Case, case.id)
        files = tuple([await lay(store, upload) for upload in uploads])
        order = Order(
            command="supplement", actor=Actor.CITIZEN, at=current.updated_at, files=files
        )
        await apply(session, db.vault, current, order)
        return list(await attachments_of(session, current))


async def test_a_photo_is_cleaned_sealed_in_the_store_and_read_again(
    db: Database, store: FolderStore
) -> None:
    case = (await opened(db, HAZARD)).case
    [file] = await attached(db, store, case, Upload(content=PHOTO, name="配电箱.png"))

    clean = cleaned(PHOTO, JPEG)
    assert (file.mime, file.size, file.stage) == ("image/jpeg", len(clean), "")
    lying = store.get(file.address)
    assert lying is not None
    assert clean[:40] not in lying
    assert "配电箱" not in file.name_sealed
    async with db.read() as session:
        assert await read(session, db.vault, store, case, file) == ("配电箱.jpg", clean)
        await verify(session, await session.get_one(Case, case.id))
    assert SECRET.encode() not in clean


async def test_a_file_of_before_it_had_a_key_of_its_own_is_still_read(
    db: Database, store: FolderStore
) -> None:
    case = (await opened(db, HAZARD)).case
    [file] = await attached(db, store, case, Upload(content=PHOTO, name="a"))
    async with db.read() as session:
        filer = (await seals_of(session, db.vault, [case])).of_filer(case.id)
        file.key_sealed, file.address = None, store.put(filer.seal_bytes(b"as it was"))

        assert await read(session, db.vault, store, case, file) == ("a.jpg", b"as it was")


async def test_a_store_that_is_full_says_so_and_leaves_nothing(
    store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotKept):
        await lay(store, Upload(content=PHOTO, name="a"))

    assert [path for path in store._folder.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<html>", "type"),
        (b"PK\x03\x04" + b"\0" * 60, "type"),
        (PHOTO[:4] + b"\x00" * MOST_BYTES, "too_big"),
        (PHOTO[: len(PHOTO) // 2], "broken"),
    ],
)
async def test_what_is_not_taken_is_told_why(store: FolderStore, content: bytes, why: str) -> None:
    with pytest.raises(FileRefused) as refused:
        await lay(store, Upload(content=content, name="a.jpg"))

    assert refused.value.why == why
    assert list(store.listing()) == []


async def test_a_case_holds_so_many_files(db: Database, store: FolderStore) -> None:
    case = (await opened(db, HAZARD)).case
    many = [Upload(content=photo(shade=n), name="a") for n in range(MOST_FILES - 1)]
    assert len(await attached(db, store, case, *many)) == MOST_FILES - 1

    async with db.read() as session:
        assert await room_in(session, case) == 1


async def test_the_same_photo_is_kept_once_in_a_case(db: Database, store: FolderStore) -> None:
    case = (await opened(db, HAZARD)).case
    await attached(db, store, case, Upload(content=PHOTO, name="a"))
    files = await attached(db, store, case, Upload(content=PHOTO, name="b"))

    assert len(files) == 1


async def test_an_erased_persons_photo_cannot_be_read_and_the_chain_is_whole(
    db: Database, store: FolderStore
) -> None:
    case = (await opened(db, HAZARD)).case
    [file] = await attached(db, store, case, Upload(content=PHOTO, name="a"))
    async with db.write() as session:
        await erase_persons(session, [case.id], now=RECEIVED)

    async with db.read() as session:
        erased = (await session.scalars(select(CaseAttachment))).one()
        with pytest.raises(FileGone):
            await read(session, db.vault, store, case, erased)
        with pytest.raises(FileGone):  # even from a backup of the row
            await read(session, db.vault, store, case, file)
        await verify(session, await session.get_one(Case, case.id))


async def test_the_sweep_takes_what_belongs_to_nobody(db: Database, store: FolderStore) -> None:
    kept, gone = (await opened(db, HAZARD)).case, (await opened(db, HAZARD)).case
    [mine] = await attached(db, store, kept, Upload(content=PHOTO, name="a"))
    await attached(db, store, gone, Upload(content=PHOTO, name="a"))
    orphan, young = store.put(b"k1:orphan"), store.put(b"k1:young")
    async with db.write() as session:
        await erase_persons(session, [gone.id], now=RECEIVED)
    for address, _ in list(store.listing()):
        if address != young:
            long_ago = -2 * GRACE.total_seconds()
            path = store._path(address)
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime + long_ago))

    assert await sweep(db, store) == 2
    assert {a for a, _ in store.listing()} == {mine.address, young}
    assert orphan not in {a for a, _ in store.listing()}


async def test_being_put_right_is_not_said_without_a_picture(
    db: Database, store: FolderStore
) -> None:
    steps = (
        officer("accept", RECEIVED, "属实。"),
        replace(officer("assign", RECEIVED, "限期整改。"), days=7, agency="某单位"),
    )
    case = (await opened(db, HAZARD, steps)).case
    done = officer("report_done", RECEIVED, "已整改。")

    async def report(files: tuple[KeptFile, ...]) -> str:
        async with db.write() as session:
            current = await session.get_one(Case, case.id)
            await apply(session, db.vault, current, replace(done, files=files))
            return current.state

    with pytest.raises(BadOrder):
        await report(())
    before = Upload(content=PHOTO, name="a", stage="before", from_citizen=False)
    after = replace(before, stage="after", content=photo(shade=1))
    photos = [await lay(store, upload) for upload in (before, after)]
    with pytest.raises(BadOrder):
        await report((photos[0],))
    assert await report(tuple(photos)) == "rectified"
