"""Reads what is kept of a case: its record, its events, its files; and checks that it is whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.chain import ledger_digest, verify_chain
from cases.clocks import all_clocks
from cases.errors import CaseNotFound, StepNotPossible
from cases.models import Case, CaseAttachment, CaseEvent
from cases.persons import Seals
from cases.references import tidy
from cases.transfers import transfers_of
from core.case_views import CaseStep

# Columns, not records: what is only shown is read several times faster so.
_TOLD = (
    select(CaseEvent.case_id, CaseEvent.at, CaseEvent.command, CaseEvent.text_sealed)
    .where(CaseEvent.case_id.in_(bindparam("cases", expanding=True)), CaseEvent.public)
    .order_by(CaseEvent.case_id, CaseEvent.seq)
)


class ToldEvent(NamedTuple):
    """What the citizen is told of an event."""

    at: datetime
    command: str
    text_sealed: str


async def find(session: AsyncSession, reference: str) -> Case:
    """The case of a reference in any spelling; raises ``CaseNotFound``."""
    case = await session.scalar(select(Case).where(Case.reference == tidy(reference)))
    if case is None:
        raise CaseNotFound
    return case


async def events(session: AsyncSession, case: Case) -> tuple[CaseEvent, ...]:
    """All events of a case, oldest first."""
    query = select(CaseEvent).where(CaseEvent.case_id == case.id).order_by(CaseEvent.seq)
    return tuple((await session.scalars(query)).all())


async def told_of(
    session: AsyncSession, cases: Iterable[Case]
) -> Mapping[str, Sequence[ToldEvent]]:
    """The public events of several cases by the case's id, oldest first."""
    found: defaultdict[str, list[ToldEvent]] = defaultdict(list)
    asked = {"cases": [case.id for case in cases]}
    for case_id, at, command, text in await session.execute(_TOLD, asked):
        found[case_id].append(ToldEvent(at, command, text))
    return found


async def closing_event(session: AsyncSession, case: Case) -> CaseEvent:
    """The step that closed the case; raises ``StepNotPossible`` if it is open."""
    query = (
        select(CaseEvent)
        .where(
            CaseEvent.case_id == case.id,
            CaseEvent.to_state == case.state,
            CaseEvent.from_state != case.state,
        )
        .order_by(CaseEvent.seq.desc())
        .limit(1)
    )
    event = await session.scalar(query)
    if event is None or case.closed_at is None:
        raise StepNotPossible
    return event


async def attachments_of(session: AsyncSession, case: Case) -> Sequence[CaseAttachment]:
    """Every file of a case, erased ones too, in the order they came."""
    query = (
        select(CaseAttachment).where(CaseAttachment.case_id == case.id).order_by(CaseAttachment.id)
    )
    return (await session.scalars(query)).all()


def timeline(
    seals: Seals, told: Iterable[ToldEvent], labels: Mapping[str, str]
) -> tuple[CaseStep, ...]:
    """A case's public events as they are shown; ``labels`` name the steps."""
    return tuple(
        CaseStep(at=event.at, label=labels[event.command], text=seals.open(event.text_sealed))
        for event in told
    )


async def verify(session: AsyncSession, case: Case) -> None:
    """Check that the record of a case was not altered; raises ``BrokenChain``."""
    files, clocks = await attachments_of(session, case), await all_clocks(session, case)
    ledger = ledger_digest(case, clocks, files, await transfers_of(session, case))
    verify_chain(case, await events(session, case), ledger)
