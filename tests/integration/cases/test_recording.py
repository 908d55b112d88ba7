from __future__ import annotations

import pytest

from cases.chain import event_digest, ledger_digest
from cases.clocks import all_clocks
from cases.errors import BadOrder
from cases.models import CaseAttachment
from cases.orders import KeptFile
from cases.recording import Beside, new_files, record, seal_any, show
from cases.recording import Sealed as SealedWords
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, officer, opened

FILE = KeptFile(address="a" * 64, content_digest="d", mime="image/png", size=1, name_sealed="k1:n")


async def test_an_event_covers_what_stands_beside_it(db: Database) -> None:
    case = (await opened(db)).case
    async with db.read() as session:
        clocks = await all_clocks(session, case)
    order, before = officer("register", ACCEPTED, "已登记。"), case.head
    files = new_files(case, (FILE, FILE), (), order)
    sealed = SealedWords.of(order, db.vault, db.vault)
    event = record(case, order, Beside(clocks=clocks, attachments=files), "registered", sealed)

    assert (event.prev_digest, event.digest) == (before, event_digest(event))
    assert event.ledger == ledger_digest(case, clocks, files)
    assert (case.state, case.head, case.last_seq) == ("registered", event.digest, 2)
    assert [file.event_id for file in files] == [event.id]
    assert (db.vault.open(sealed.text), sealed.words) == ("已登记。", None)


async def test_a_file_the_case_has_is_not_new(db: Database) -> None:
    case, order = (await opened(db)).case, officer("note", ACCEPTED)
    there = new_files(case, (FILE,), (), order)

    assert new_files(case, (FILE,), there, order) == []


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
