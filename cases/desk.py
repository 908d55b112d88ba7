"""What staff do with cases, each in a transaction of its own: list, look at, move, check."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.attachments import Upload, lay, read, room_in
from cases.clocks import deadline_of, running_clocks
from cases.counsel.conflicts import Counsel, clear, counsel_of
from cases.districts import districts
from cases.errors import BadOrder, FileGone, FileRefused, StepNotPossible
from cases.filing import Receipt
from cases.fraud_reports import Source, file_fraud_report
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor
from cases.listing import Row, Wanted, listing
from cases.models import Case
from cases.orders import Order
from cases.persons import Role, Seals, blocks_of, seals_of
from cases.proof import Finding, Head, prove
from cases.records import attachments_of, events, find
from cases.service import apply
from cases.tags import put_tag, tags_of, take_tag
from cases.transfers import doubts, opened, transfer_table, transfers_of
from cases.wording import wording
from core.case_views import Deadline
from core.clock import Clock
from core.fraud_reports import FraudReport, Transfer
from db.engine import Database
from db.store import Store

# Handing a case to an office is another step in each kind and state.
ASSIGNING = ("transfer", "assign", "reassign")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An event as staff read it: who took it, what the citizen was told, what they wrote."""

    at: datetime
    label: str
    command: str
    author: str
    text: str
    words: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment as staff read it; the name is empty once it was erased."""

    id: str
    name: str
    mime: str
    size: int
    stage: str
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A transfer as staff read it; ``doubts`` are codes of what is missing or odd in it."""

    number: int
    transfer: Transfer
    state: str
    until: datetime | None
    refunded: int | None
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All there is of a case, for staff. ``possible`` are the steps an officer may take now."""

    reference: str
    kind: str
    sub_kind: str
    title: str
    state: str
    agency: str
    district: str
    place: str
    supervision: str
    rating: int | None
    demo: bool
    delivery: str
    tags: tuple[str, ...]
    closed_at: datetime | None
    persons: tuple[tuple[Role, Mapping[str, str]], ...]
    details: Mapping[str, str]
    entries: tuple[Entry, ...]
    deadlines: tuple[Deadline, ...]
    files: tuple[File, ...]
    transfers: tuple[Sent, ...]
    counsel: tuple[Counsel, ...]
    possible: tuple[str, ...]


class StaffDesk:
    """The desk of those who handle cases."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def list_cases(self, wanted: Wanted) -> list[Row]:
        """Cases, what is due first at the head."""
        async with self._db.read() as session:
            return await listing(session, self._db.vault, wanted, self._clock())

    async def look_at(self, reference: str) -> Sheet:
        """All there is of a case; raises ``CaseNotFound``."""
        async with self._db.read() as session:
            case = await find(session, reference)
            return await self._sheet(session, case)

    async def take(self, reference: str, order_for: Callable[[frozenset[str]], Order]) -> Sheet:
        """Take a step, chosen among those possible; raises what ``cases.service.apply`` does.

        Staff who give a case to a lawyer say to whom: ``BadOrder`` otherwise.
        """
        async with self._db.write() as session:
            case = await find(session, reference)
            order = order_for(frozenset(_possible(case)))
            move = machine_of(case.kind).moves.get((case.state, order.command))
            if move and move.counsel and not order.lawyer:
                raise BadOrder("this step names the lawyer")
            await apply(session, self._db.vault, case, order)
            return await self._sheet(session, case)

    async def file_fraud_report(self, report: FraudReport, *, author: str) -> Receipt:
        """Write a fraud report down for somebody; raises what ``file_fraud_report`` does."""
        async with self._db.write() as session:
            source = Source(at=self._clock(), author=author)
            return await file_fraud_report(session, self._db.vault, report, source)

    async def attach(self, reference: str, store: Store, upload: Upload, order: Order) -> Sheet:
        """Add a file to a case with the step it belongs to; raises ``FileRefused``, ``FileNotKept``."""
        kept = await lay(store, upload)
        async with self._db.write() as session:
            case = await find(session, reference)
            if not await room_in(session, case):
                raise FileRefused("full")
            await apply(session, self._db.vault, case, replace(order, files=(kept,)))
            return await self._sheet(session, case)

    async def fetch(self, reference: str, store: Store, file_id: str) -> tuple[str, bytes]:
        """The name and content of a file of a case; raises ``FileGone`` where there is none."""
        async with self._db.read() as session:
            case = await find(session, reference)
            files = await attachments_of(session, case)
            file = next((file for file in files if file.id == file_id), None)
            if file is None:
                raise FileGone
            return await read(session, self._db.vault, store, case, file)

    async def tag(self, reference: str, tag: str, *, author: str, away: bool = False) -> None:
        """Count a case to a campaign, or ``away`` no more; raises ``CaseNotFound``."""
        async with self._db.write() as session:
            case = await find(session, reference)
            if away:
                await take_tag(session, case, tag)
            else:
                await put_tag(session, case, tag, author=author, now=self._clock())

    async def clear(self, reference: str, lawyer: str, order: Order) -> None:
        """Write down that a lawyer does not serve the other side, and why; only staff see it."""
        if not order.text.strip():
            raise BadOrder("clearing a lawyer needs a reason")
        async with self._db.write() as session:
            case = await find(session, reference)
            text = wording().counsel.cleared.format(lawyer=lawyer, reason=order.text)
            await apply(session, self._db.vault, case, replace(order, text=text, public=False))
            await clear(session, case, lawyer)

    async def check(
        self, references: Sequence[str] = (), noted: Mapping[str, Head] | None = None
    ) -> list[Finding]:
        """Whether the records are whole, of all cases or of these."""
        async with self._db.read() as session:
            return await prove(session, references, noted=noted)

    async def _sheet(self, session: AsyncSession, case: Case) -> Sheet:
        vault, now = self._db.vault, self._clock()
        machine, seals = machine_of(case.kind), await seals_of(session, vault, [case])
        details = seals.open_or_none(case.details_sealed)
        return Sheet(
            reference=case.reference,
            kind=machine.name,
            sub_kind=machine.sub_kind_labels[case.sub_kind],
            title=seals.open(case.title_sealed),
            state=machine.state_labels[case.state],
            agency=case.agency,
            district=districts()[case.district],
            place=seals.open_or_none(case.place_sealed) or "",
            supervision=case.supervision,
            rating=case.rating,
            demo=case.demo,
            delivery=case.delivery,
            tags=(await tags_of(session, [case.id])).get(case.id, ()),
            closed_at=case.closed_at,
            persons=await blocks_of(session, vault, case),
            details=json.loads(details) if details else {},
            entries=await _entries(session, seals, case),
            deadlines=tuple(
                deadline_of(clock, machine, now) for clock in await running_clocks(session, case)
            ),
            files=await _files(session, seals, case),
            transfers=await _transfers(session, seals, case),
            counsel=await counsel_of(session, case),
            possible=_possible(case),
        )


def assigning(possible: frozenset[str]) -> str:
    """The step that hands a case on; raises ``StepNotPossible`` where there is none."""
    command = next((c for c in ASSIGNING if c in possible), None)
    if command is None:
        raise StepNotPossible
    return command


def _possible(case: Case) -> tuple[str, ...]:
    machine = machine_of(case.kind)
    return machine.possible(case.state, sub_kind=case.sub_kind, actor=Actor.OFFICER)


async def _entries(session: AsyncSession, seals: Seals, case: Case) -> tuple[Entry, ...]:
    labels = machine_of(case.kind).command_labels
    return tuple(
        Entry(
            at=event.at,
            label=labels[event.command],
            command=event.command,
            author=event.author or event.actor,
            text=seals.open(event.text_sealed),
            words=seals.open(event.words_sealed) if event.words_sealed else "",
            public=event.public,
        )
        for event in await events(session, case)
    )


async def _transfers(session: AsyncSession, seals: Seals, case: Case) -> tuple[Sent, ...]:
    states = transfer_table().states
    told = [
        (record, opened(record, seals.open_or_none(record.ends_sealed)))
        for record in await transfers_of(session, case)
    ]
    return tuple(
        Sent(
            number=record.number,
            transfer=transfer,
            state=states[record.state],
            until=record.until,
            refunded=record.refunded,
            doubts=doubts(transfer),
        )
        for record, transfer in told
    )


async def _files(session: AsyncSession, seals: Seals, case: Case) -> tuple[File, ...]:
    return tuple(
        File(
            id=file.id,
            name=seals.open_or_none(file.name_sealed) or "",
            mime=file.mime,
            size=file.size,
            stage=file.stage,
            public=file.public,
        )
        for file in await attachments_of(session, case)
    )
