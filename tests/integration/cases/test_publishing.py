"""The desk for everybody: a case with its steps, and its pictures as long as they may be shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cases import publishing
from cases.attachments import Upload, lay
from cases.errors import CaseNotFound, FileGone
from cases.models import Case
from cases.persons import erase_persons
from cases.publishing import PublicDesk
from cases.records import attachments_of, find
from cases.service import apply
from db.engine import Database
from db.store import FolderStore
from tests.integration.cases.filings import HAZARD, RECEIVED, RECTIFIED, officer, opened
from tests.unit.cases.test_public_copies import SECRETS, photo

NOW = RECEIVED + timedelta(days=4)


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "attachments")


async def photographed(db: Database, store: FolderStore, *, shown: bool = True) -> tuple[str, str]:
    """A hazard with a picture that its citizen sent; reference and the picture's id."""
    made = await opened(db, HAZARD, RECTIFIED[:2])
    kept = await lay(store, Upload(content=photo("JPEG"), name="x", stage="before"))
    async with db.write() as session:
        case = await session.get_one(Case, made.case.id)
        note = replace(officer("note", NOW, "有照片。"), files=(kept,))
        await apply(session, db.vault, case, note)
        [file] = await attachments_of(session, case)
        if shown:
            publish = replace(officer("publish", NOW), show=frozenset({file.id}))
            await apply(session, db.vault, case, publish)
    return made.case.reference, file.id


async def test_a_public_picture_is_shown_without_what_the_telephone_wrote(
    db: Database, store: FolderStore
) -> None:
    reference, picture = await photographed(db, store)
    desk = PublicDesk(db, store, lambda: NOW)

    first, again = [await desk.picture("YH", reference, picture) for _ in range(2)]

    assert first[:3] == b"\xff\xd8\xff"
    assert first is again
    assert not any(secret in first for secret in SECRETS)
    shown = await desk.case("YH", reference)
    assert shown.case.before == (picture,)
    assert [step.label for step in shown.steps] == ["收到", "核实属实", "交办整改"]


async def test_a_picture_that_nobody_chose_is_not_there(db: Database, store: FolderStore) -> None:
    reference, picture = await photographed(db, store, shown=False)
    desk = PublicDesk(db, store, lambda: NOW)

    for wanted in (picture, "none", ""):
        with pytest.raises(FileGone):
            await desk.picture("YH", reference, wanted)


async def test_it_goes_with_its_citizen_and_with_its_case(
    db: Database, store: FolderStore
) -> None:
    reference, picture = await photographed(db, store)
    other, others = await photographed(db, store)
    desk = PublicDesk(db, store, lambda: NOW)
    for ref, pic in ((reference, picture), (other, others)):
        await desk.picture("YH", ref, pic)
    with pytest.raises(FileGone):
        await desk.picture("YH", reference, others)

    async with db.write() as session:
        await erase_persons(session, [await _id(db, reference)], now=NOW)
        case = await session.get_one(Case, await _id(db, other))
        case.state = "redirected"

    # Drawn before, and still not shown any more.
    with pytest.raises(FileGone):
        await desk.picture("YH", reference, picture)
    with pytest.raises(CaseNotFound):
        await desk.picture("YH", other, others)


async def _id(db: Database, reference: str) -> str:
    async with db.read() as session:
        return (await find(session, reference)).id


async def test_without_a_store_there_are_no_pictures(db: Database, store: FolderStore) -> None:
    reference, picture = await photographed(db, store)

    with pytest.raises(FileGone):
        await PublicDesk(db, None, lambda: NOW).picture("YH", reference, picture)


async def test_only_so_many_are_kept_drawn(
    db: Database, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "KEPT", 1)
    desk = PublicDesk(db, store, lambda: NOW)
    one, other = await photographed(db, store), await photographed(db, store)

    first = await desk.picture("YH", *one)
    await desk.picture("YH", *other)

    assert await desk.picture("YH", *one) is not first
