"""Rows for a case database of any size: the same shapes as real ones, written in bulk.

Texts are sealed with the installation's own key, references and codes are valid, and of every five
cases one is open, its period not over in all but one of a hundred. Digests are not those of a
chain: nothing that is timed reads them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Table, insert

from cases.codes import code_digest
from cases.districts import districts
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Machine
from cases.models import Case, CaseClock, CaseEvent, CasePerson
from cases.persons import Party, new_person
from cases.references import Kind, Reference
from conversations.models import Contact
from db.base import Base, new_id
from db.encryption import Vault
from db.engine import Database

NOW = datetime(2026, 11, 30, 4, tzinfo=UTC)
CODE = "7QK2M9XD"
EVENTS = 8
CASES_A_CONTACT = 5
OPEN_EVERY = 5
OVERDUE_EVERY = 100
A_DAY = 600
CHUNK = 2_000
KINDS = (Kind.PETITION, Kind.PETITION, Kind.HAZARD)
Row = dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What every row says, sealed once: the same length as a real one, and it opens."""

    title: str
    text: str
    words: str

    @classmethod
    def of(cls, vault: Vault) -> Texts:
        """Seal them."""
        return cls(
            title=vault.seal("测试数据：楼道里的灯坏了很久没有修"),
            text=vault.seal("测试数据：" + "已经转给负责的单位，请等书面告知。" * 3),
            words=vault.seal("测试数据：" + "三楼到四楼的灯坏了，老人晚上看不清台阶。" * 4),
        )


async def grow(db: Database, first: int, last: int, say: Callable[[str], None]) -> None:
    """Add the cases number ``first`` to ``last - 1``, each with what belongs to it."""
    texts = Texts.of(db.vault)
    for begin in range(first, last, CHUNK):
        numbers = range(begin, min(begin + CHUNK, last))
        tables = rows(db.vault, texts, numbers)
        async with db.engine.begin() as connection:
            for model, content in tables:
                await connection.execute(insert(_table(model)), content)
        if numbers[-1] % 100_000 < CHUNK:
            say(f"{numbers[-1] + 1:,} cases")


def rows(
    vault: Vault, texts: Texts, numbers: Sequence[int]
) -> Sequence[tuple[type[Base], list[Row]]]:
    """The rows of some cases by table, in an order that foreign keys allow."""
    contacts: list[Row] = []
    cases: list[Row] = []
    events: list[Row] = []
    clocks: list[Row] = []
    persons: list[Row] = []
    for number in numbers:
        if number % CASES_A_CONTACT == 0:
            contacts.append({"id": contact_of(number), "locale": "zh", "created_at": NOW})
        case = _case(vault, texts, number)
        machine = machine_of(str(case["kind"]))
        cases.append(case)
        events += _events(case, machine, texts)
        clocks.append(_clock(case, machine, number))
        persons.append(_person(vault, case))
    every: list[tuple[type[Base], list[Row]]] = [
        (Contact, contacts),
        (Case, cases),
        (CasePerson, persons),
        (CaseEvent, events),
        (CaseClock, clocks),
    ]
    return [pair for pair in every if pair[1]]


def reference_of(number: int) -> str:
    """The reference of a case by its number; neighbours lie in different districts and days."""
    areas = tuple(districts())
    per_day = A_DAY * len(areas)
    return str(
        Reference(
            kind=KINDS[number % len(KINDS)],
            area=areas[number % len(areas)],
            day=(NOW - timedelta(days=1 + number // per_day % 1_500)).date(),
            sequence=1 + number // len(areas) % A_DAY + A_DAY * (number // (per_day * 1_500)),
        )
    )


def contact_of(number: int) -> str:
    """Who filed it: every contact has filed five."""
    return f"00000000-0000-7000-8000-{number // CASES_A_CONTACT:012d}"


def _case(vault: Vault, texts: Texts, number: int) -> Row:
    reference = reference_of(number)
    parsed = Reference.parse(reference)
    machine = machine_of(parsed.kind)
    is_open = number % OPEN_EVERY == 0
    at = NOW - timedelta(days=20, minutes=number % 1_440)
    return {
        "id": new_id(),
        "reference": reference,
        "code_digest": code_digest(vault, reference, CODE),
        "kind": parsed.kind,
        "sub_kind": next(iter(machine.sub_kind_labels)),
        "filed_as": next(iter(machine.sub_kind_labels)),
        "state": _handled(machine) if is_open else min(machine.ends),
        "supervision": "none",
        "delivery": "none",
        "title_sealed": texts.title,
        "place_sealed": texts.title,
        "district": parsed.area,
        "agency": machine.desk,
        "contact_id": contact_of(number),
        "demo": False,
        "head": "0" * 64,
        "last_seq": EVENTS,
        "edition": 2,
        "version": EVENTS,
        "created_at": at,
        "updated_at": at,
        "closed_at": None if is_open else at + timedelta(days=15),
    }


def _handled(machine: Machine) -> str:
    return "accepted" if "accepted" in machine.open_states else "rectifying"


def _events(case: Row, machine: Machine, texts: Texts) -> Iterator[Row]:
    commands = [machine.opening[0], *["note"] * (EVENTS - 1)]
    for seq, command in enumerate(commands, 1):
        yield {
            "id": new_id(),
            "case_id": case["id"],
            "seq": seq,
            "at": case["created_at"],
            "actor": "officer",
            "author": "测试",
            "command": command,
            "reason": "",
            "from_state": case["state"],
            "to_state": case["state"],
            "agency": case["agency"],
            "public": True,
            "text_sealed": texts.text,
            "words_sealed": texts.words if seq == 1 else None,
            "ledger": "0" * 64,
            "prev_digest": "0" * 64,
            "digest": "0" * 64,
        }


def _clock(case: Row, machine: Machine, number: int) -> Row:
    name = "handling" if "handling" in machine.clocks else "rectify"
    rule = machine.clocks[name]
    overdue = number % OVERDUE_EVERY == 0
    today = NOW.date()
    closed = case["closed_at"]
    return {
        "id": new_id(),
        "case_id": case["id"],
        "name": name,
        "binds": rule.binds,
        "basis": rule.basis,
        "law": rule.law,
        "article": rule.article,
        "quote": rule.quote,
        "start_event": "accept",
        "started_on": today - timedelta(days=60),
        "unit": rule.unit,
        "days": 60,
        "due": today + timedelta(days=-1 if overdue else 1 + number % 50),
        "computed": "从 10 月 20 日受理次日起算第 60 日",
        "provisional": False,
        "pauses": "",
        "extended_by": 0,
        "stopped_at": closed,
        "stopped_by": "conclude" if closed else None,
        "look_on": None if closed else today + timedelta(days=0 if overdue else 2 + number % 50),
    }


def _person(vault: Vault, case: Mapping[str, object]) -> Row:
    party = Party(block={"name": "测试数据", "phone": "测试数据"})
    person, _ = new_person(
        vault, str(case["id"]), party, contact_id=str(case["contact_id"]), at=NOW
    )
    columns = ("id", "case_id", "contact_id", "role", "key_sealed", "block_sealed", "created_at")
    return {name: getattr(person, name) for name in columns}


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table
