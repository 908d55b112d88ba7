"""Pictures of clues: without anything of their sender's, kept once, and gone where they are not taken."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cases.attachments import MOST_FILES, read
from cases.clue_pictures import MOST_PICTURES
from cases.clues import ClueDesk
from cases.desk import StaffDesk
from cases.errors import FileGone, FileNotKept, FileRefused
from cases.persons import erase_persons
from cases.records import attachments_of, events, find, verify
from db.engine import Database
from db.store import FolderStore
from tests.integration.cases.test_clues import NOW, TIP, rows, the_case
from tests.unit.cases.test_public_copies import SECRETS, photo

PHOTO = photo("JPEG")


def other(width: int) -> bytes:
    return photo("PNG", size=(width, 20))


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


@pytest.fixture
def desk(db: Database, store: FolderStore) -> ClueDesk:
    return ClueDesk(db, lambda: NOW, store)


async def kept(db: Database, store: FolderStore) -> list[tuple[str, bytes]]:
    async with db.read() as session:
        case = await find(session, (await the_case(db)).reference)
        files = await attachments_of(session, case)
        return [await read(session, db.vault, store, case, file) for file in files]


async def test_staff_see_it_without_what_the_telephone_wrote_or_called_it(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    await desk.drop(TIP, [PHOTO])

    staff = StaffDesk(db, lambda: NOW)
    sheet = await staff.look_at((await the_case(db)).reference)
    [file] = sheet.files
    name, content = await staff.fetch(sheet.reference, store, file.id)
    assert (name, file.mime, file.public) == ("file.jpg", "image/jpeg", False)
    assert content.startswith(b"\xff\xd8\xff")
    assert not any(secret in content for secret in SECRETS)


async def test_nothing_of_it_can_be_read_in_the_store_or_the_database(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    await desk.drop(TIP, [PHOTO])

    [(address, _)] = store.listing()
    sealed = store.get(address)
    assert sealed is not None
    assert b"\xff\xd8\xff" not in sealed
    assert "file.jpg" not in json.dumps(await rows(db), default=str)


async def test_it_goes_with_the_key_of_its_words(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    await desk.drop(TIP, [PHOTO])
    case = await the_case(db)
    async with db.write() as session:
        await erase_persons(session, [case.id], now=NOW)

    with pytest.raises(FileGone):
        await kept(db, store)
    async with db.read() as session:
        await verify(session, await find(session, case.reference))


async def test_the_same_form_sent_again_is_one_clue_with_one_picture(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    receipts = {await desk.drop(TIP, [PHOTO]) for _ in range(3)}

    assert len(receipts) == 1
    assert len(await kept(db, store)) == len([*store.listing()]) == 1


async def test_the_form_with_another_picture_is_another_clue(desk: ClueDesk) -> None:
    receipts = {await desk.drop(TIP, pictures) for pictures in ([], [PHOTO], [other(30)])}

    assert len(receipts) == 3


async def test_more_is_added_in_the_box_and_the_same_is_kept_once(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    receipt = await desk.drop(TIP, [PHOTO])
    for _ in range(2):
        box = await desk.write(receipt, "又拍到一张", [PHOTO, other(30)])
    assert box is not None

    assert [line.label for line in box.lines if line.mine] == ["您写了一条"]
    assert len(await kept(db, store)) == len([*store.listing()]) == 2
    async with db.read() as session:
        case = await find(session, (await the_case(db)).reference)
        assert len(await events(session, case)) == 2
        await verify(session, case)


async def test_a_picture_alone_is_something_new(
    db: Database, store: FolderStore, desk: ClueDesk
) -> None:
    receipt = await desk.drop(TIP)
    await desk.write(receipt, "", [PHOTO])

    assert len(await kept(db, store)) == 1


@pytest.mark.parametrize(
    ("pictures", "why"),
    [
        ([b""], "empty"),
        ([b"PK\x03\x04 not a picture"], "type"),
        ([b"%PDF-1.7\n"], "type"),
        ([PHOTO, PHOTO[:300]], "broken"),
        ([other(20 + n) for n in range(MOST_PICTURES + 1)], "full"),
    ],
)
async def test_what_is_not_taken_leaves_nothing(
    db: Database, store: FolderStore, desk: ClueDesk, pictures: list[bytes], why: str
) -> None:
    receipt = await desk.drop(TIP)

    with pytest.raises(FileRefused) as dropped:
        await desk.drop(replace(TIP, text="又来了"), pictures)
    with pytest.raises(FileRefused) as written:
        await desk.write(receipt, "看照片", pictures)

    assert {dropped.value.why, written.value.why} == {why}
    assert [*store.listing()] == []
    async with db.read() as session:
        case = await find(session, (await the_case(db)).reference)
        assert len(await events(session, case)) == 1


async def test_a_box_holds_so_many(db: Database, store: FolderStore, desk: ClueDesk) -> None:
    receipt = await desk.drop(TIP)
    for at in range(MOST_FILES):
        await desk.write(receipt, "", [other(20 + at)])

    with pytest.raises(FileRefused) as refused:
        await desk.write(receipt, "还有一张", [PHOTO])

    assert refused.value.why == "full"
    assert len([*store.listing()]) == MOST_FILES


async def test_wrong_digits_take_no_picture(store: FolderStore, desk: ClueDesk) -> None:
    assert await desk.write("0" * 16, "在吗", [PHOTO]) is None
    assert [*store.listing()] == []


async def test_without_a_store_words_are_taken_and_pictures_are_not(db: Database) -> None:
    bare = ClueDesk(db, lambda: NOW)

    assert await bare.drop(TIP)
    with pytest.raises(FileNotKept):
        await bare.drop(replace(TIP, text="又来了"), [PHOTO])
