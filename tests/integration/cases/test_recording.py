from __future__ import annotations

from dataclasses import replace

import pytest

from cases.chain import event_digest, ledger_digest
from cases.clocks import all_clocks
from cases.errors import BadOrder
from cases.models import CaseAttachment
from cases.orders import KeptFile
from cases.persons import Party, Seals, seals_of
from cases.recording import Beside, new_files, record, seal_any, show
from cases.recording import Sealed as SealedWords
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, FRESH, officer, opened

FILE = KeptFile(address="a" * 64, key="k", digest="d", mime="image/png", size=1, name="a.png")


def nobody(db: Database) -> Seals:
    """The seals of a case that no person filed."""
    return Seals(vault=db.vault, persons={}, filers={})


async def test_an_event_covers_what_stands_beside_it(db: Database) -> None:
    case = (await opened(db)).case
    async with db.read() as session:
        clocks = await all_clocks(session, case)
    order, before = officer("register", ACCEPTED, "已登记。"), case.head
    files = new_files(case, replace(order, files=(FILE, FILE)), (), nobody(db))
    sealed = SealedWords.of(order, db.vault, db.vault)
    event = record(case, order, Beside(clocks=clocks, attachments=files), "registered", sealed)

    assert (event.prev_digest, event.digest) == (before, event_digest(event))
    assert event.ledger == ledger_digest(case, clocks, files)
    assert (case.state, case.head, case.last_seq) == ("registered", event.digest, 2)
    assert [file.event_id for file in files] == [event.id]
    assert (db.vault.open(sealed.text), sealed.words) == ("已登记。", None)


async def test_a_file_the_case_has_is_not_new(db: Database) -> None:
    case = (await opened(db)).case
    order = replace(officer("note", ACCEPTED), files=(FILE,))
    there = new_files(case, order, (), nobody(db))

    assert new_files(case, order, there, nobody(db)) == []


async def test_a_citizens_file_is_sealed_under_who_filed_it_and_staffs_is_not(
    db: Database,
) -> None:
    case = (await opened(db, replace(FRESH, persons=(Party(),)))).case
    async with db.read() as session:
        seals = await seals_of(session, db.vault, [case])
    for from_citizen in (True, False):
        file = replace(FILE, from_citizen=from_citizen)
        [made] = new_files(case, replace(officer("note", ACCEPTED), files=(file,)), (), seals)

        box = seals.of_filer(case.id) if from_citizen else db.vault
        assert (box.open(made.key_sealed or ""), box.open(made.name_sealed)) == ("k", "a.png")
        assert bool(made.person_id) == from_citizen


def test_only_files_of_the_case_are_shown() -> None:
    files = [CaseAttachment(id=i, public=False) for i in ("a", "b")]
    show(files, frozenset({"b"}))

    assert [file.public for file in files] == [False, True]
    with pytest.raises(BadOrder):
        show(files, frozenset({"c"}))
    files[0].erased_at = ACCEPTED
    with pytest.raises(BadOrder):
        show(files, frozenset({"a"}))


async def test_nothing_is_sealed_as_nothing(db: Database) -> None:
    assert seal_any(db.vault, "") is None
