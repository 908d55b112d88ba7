"""The verifier finds whatever is done to a record behind the service's back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import text

from cases.kinds.machine import Actor
from cases.models import Case
from cases.orders import Order
from cases.persons import Party
from cases.proof import Finding, Head, prove
from db.engine import Database
from tests.integration.cases.filings import ACCEPTED, FRESH, PETITION, UNTIL_ACCEPTED, opened, take

FILED = replace(PETITION, persons=(Party(block={"who": "王某"}),), words="电梯停了")
MINE = "(SELECT id FROM cases WHERE reference = 'XF3205082610120001236')"
OTHER = "(SELECT id FROM cases WHERE reference <> 'XF3205082610120001236')"
LAST = f"case_id = {MINE} AND seq = 4"

TAMPERING = {
    "a changed text": [f"UPDATE case_events SET text_sealed = 'k1:x' WHERE case_id = {MINE} AND seq = 2"],
    "words of the citizen removed": [f"UPDATE case_events SET words_sealed = NULL WHERE case_id = {MINE} AND seq = 1"],
    "another author": [f"UPDATE case_events SET author = 'staff:x' WHERE case_id = {MINE} AND seq = 3"],
    "a hidden step": [f"UPDATE case_events SET public = false WHERE {LAST}"],
    "another moment": [f"UPDATE case_events SET at = '2026-10-01 00:00:00' WHERE case_id = {MINE} AND seq = 2"],
    "another order": [
        f"UPDATE case_events SET seq = 99 WHERE case_id = {MINE} AND seq = 2",
        f"UPDATE case_events SET seq = 2 WHERE case_id = {MINE} AND seq = 3",
        f"UPDATE case_events SET seq = 3 WHERE case_id = {MINE} AND seq = 99",
    ],
    "an event removed": [f"DELETE FROM case_events WHERE case_id = {MINE} AND seq = 3"],
    "the last event removed": [f"DELETE FROM case_events WHERE {LAST}"],
    "the last event removed and the case with it": [
        f"UPDATE cases SET last_seq = 3, state = 'transferred', head = (SELECT prev_digest FROM case_events WHERE {LAST}) WHERE id = {MINE}",
        f"DELETE FROM case_events WHERE {LAST}",
    ],
    "a swapped digest": [
        f"UPDATE case_events SET digest = (SELECT digest FROM case_events WHERE case_id = {MINE} AND seq = 1) WHERE case_id = {MINE} AND seq = 2"
    ],
    "a changed head": [f"UPDATE cases SET head = '{'0' * 64}' WHERE id = {MINE}"],
    "an event inserted": [
        f"UPDATE case_events SET seq = 5 WHERE {LAST}",
        ("INSERT INTO case_events (id, case_id, seq, at, actor, author, command, reason, from_state, to_state, agency, public, text_sealed, ledger, prev_digest, digest)"
        f" SELECT 'forged', case_id, 4, at, actor, author, 'note', reason, from_state, from_state, agency, public, text_sealed, ledger, prev_digest, digest FROM case_events WHERE case_id = {MINE} AND seq = 5"),
    ],
    "a later last day": [f"UPDATE case_clocks SET due = '2027-12-19' WHERE case_id = {MINE} AND name = 'handling'"],
    "a period stopped": [f"UPDATE case_clocks SET stopped_at = started_on WHERE case_id = {MINE} AND name = 'handling'"],
    "a period removed": [f"DELETE FROM case_clocks WHERE case_id = {MINE} AND name = 'handling'"],
    "a period of before changed": [f"UPDATE case_clocks SET computed = 'x' WHERE case_id = {MINE} AND name = 'placement'"],
    "a changed state": [f"UPDATE cases SET state = 'concluded' WHERE id = {MINE}"],
    "supervision invented": [f"UPDATE cases SET supervision = 'listed' WHERE id = {MINE}"],
    "a rating invented": [f"UPDATE cases SET rating = 5 WHERE id = {MINE}"],
    "another title": [f"UPDATE cases SET title_sealed = 'k1:x' WHERE id = {MINE}"],
    "another owner": [f"UPDATE cases SET contact_id = NULL, filed_as = 'suggestion' WHERE id = {MINE}"],
    "another case's event": [
        f"DELETE FROM case_events WHERE case_id = {OTHER} AND seq > 4",
        f"DELETE FROM case_events WHERE {LAST}",
        f"UPDATE case_events SET case_id = {MINE} WHERE case_id = {OTHER} AND seq = 4",
    ],
    "the first edition claimed": [
        f"UPDATE cases SET edition = 1 WHERE id = {MINE}",
        f"UPDATE case_events SET ledger = '' WHERE case_id = {MINE}",
    ],
}  # fmt: skip


async def two(db: Database) -> tuple[Case, Case]:
    mine = await opened(db, FILED, UNTIL_ACCEPTED)
    other = await opened(db, FRESH, UNTIL_ACCEPTED)
    return mine.case, other.case


async def check(db: Database, noted: dict[str, Head] | None = None) -> dict[str, Finding]:
    async with db.read() as session:
        return {f.reference: f for f in await prove(session, noted=noted)}


async def test_untouched_records_are_whole(db: Database) -> None:
    mine, other = await two(db)
    found = await check(db)

    assert found == {
        case.reference: Finding(reference=case.reference, head=Head(4, case.head))
        for case in (mine, other)
    }
    assert all(finding.whole for finding in found.values())


@pytest.mark.parametrize("how", TAMPERING)
async def test_tampering_is_found(db: Database, how: str) -> None:
    mine, _ = await two(db)
    async with db.write() as session:
        for statement in TAMPERING[how]:
            await session.execute(text(statement))

    assert not (await check(db))[mine.reference].whole


async def test_a_chain_cut_short_and_mended_does_not_lead_on(db: Database) -> None:
    """Whoever has the database in hand can write a shorter record that agrees with itself."""
    mine, other = await two(db)
    noted = {f.reference: f.head for f in (await check(db)).values()}
    later = await take(
        db, mine, Order(command="note", actor=Actor.OFFICER, at=ACCEPTED, text="进展。")
    )
    assert (await check(db, noted))[mine.reference].whole
    assert later.last_seq == 5

    rewritten = {**noted, other.reference: Head(4, "0" * 64)}
    assert [f.reference for f in (await check(db, rewritten)).values() if f.missing] == [
        other.reference
    ]
    gone = {**noted, "XF3205082610129999999": Head(1, "a")}
    assert (await check(db, gone))["XF3205082610129999999"].missing
