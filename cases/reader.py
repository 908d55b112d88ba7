"""Shows a case to whoever holds its receipt."""

from __future__ import annotations

import hmac
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import bindparam, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.appointments.following import lines_of
from cases.attempts import LOCKS, lock_end, lock_values
from cases.citizens import mine, steps_open
from cases.clocks import deadline_of, shown_clock
from cases.codes import code_digest, reference_digest
from cases.delivery import cases_numbered
from cases.districts import districts
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Binds, Machine
from cases.listing import Spot, nearby
from cases.models import Case, CaseClock, CasePerson, CaseTransfer
from cases.persons import Seals, seals_with
from cases.records import ToldEvent, timeline, told_of
from cases.references import Kind, tidy
from cases.transfers import standing, transfer_table, transfers_of
from cases.translation import Translation, translation
from cases.urging import urging
from core.case_views import CaseLookup, CaseView, Deadline, LookupState, Nearby
from core.messages import CHINESE
from db.encryption import Vault
from db.engine import Database

# The locks are of a row that is there whether or not the case is.
_LOCKS_AND_CASE = select(*LOCKS, Case).select_from(
    select(literal(1)).subquery().outerjoin(Case, Case.reference == bindparam("reference"))
)

# Each person beside each period: there are few of both, and a statement costs more than a row.
_PERSONS_AND_CLOCKS = (
    select(CasePerson, CaseClock)
    .select_from(Case)
    .outerjoin(CasePerson, CasePerson.case_id == Case.id)
    .outerjoin(CaseClock, CaseClock.case_id == Case.id)
    .where(Case.id.in_(bindparam("cases", expanding=True)))
    .order_by(CasePerson.id, CaseClock.id)
)

Shapes = Mapping[re.Pattern[str], str]
"""What bodies' numbers look like, upper case and without separators → whose they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is kept of several cases, by the case's id, and what opens it; ``lines`` say when and where."""

    seals: Seals
    clocks: Mapping[str, Sequence[CaseClock]]
    told: Mapping[str, Sequence[ToldEvent]]
    lines: Mapping[str, str]
    transfers: Sequence[CaseTransfer] = ()


class CaseDesk:
    """Answers look-ups by reference and query code; writes nothing.

    Failures are counted by the turn's commit, with ``cases.attempts.count_failure``.
    """

    def __init__(
        self, db: Database, clock: Callable[[], datetime], *, shapes: Shapes = MappingProxyType({})
    ) -> None:
        self._db = db
        self._clock = clock
        self._shapes = shapes

    async def look_up(
        self, reference: str, code: str, *, contact_id: str, language: str = CHINESE
    ) -> CaseLookup:
        """Find a case; an unknown reference and a wrong code end alike, after the same work.

        ``reference`` may be the number that a body has it under. What the authority wrote (its
        name, its notes) stays as it is in any language.
        """
        now, vault = self._clock(), self._db.vault
        subject = reference_digest(vault, reference)
        async with self._db.read() as session:
            asked = lock_values(subject_digest=subject, contact_id=contact_id, now=now)
            row = await session.execute(_LOCKS_AND_CASE, {**asked, "reference": tidy(reference)})
            by_contact, by_reference, found = row.one()
            if (until := lock_end(by_contact, by_reference)) is not None:
                return CaseLookup(state=LookupState.LOCKED, until=until)
            known = [found] if found else await cases_numbered(session, reference)
            if (case := _opened(vault, known, code)) is None:
                return CaseLookup(state=LookupState.WRONG, system=self._system(reference))
            view = await view_of(session, vault, case, now, language)
            return CaseLookup(state=LookupState.FOUND, case=view)

    def _system(self, number: str) -> str:
        """Whose number it is by its shape; empty for one that looks like none that is known."""
        bare = tidy(number)
        return next((name for shape, name in self._shapes.items() if shape.fullmatch(bare)), "")

    async def mine(self, contact_id: str, *, language: str = CHINESE) -> tuple[CaseView, ...]:
        """What the contact has filed here, what is in hand first; no code is asked for."""
        now, vault = self._clock(), self._db.vault
        async with self._db.read() as session:
            found = await mine(session, contact_id)
            return await views_of(session, vault, found, now, language)

    async def nearby(self, kind: str, sub_kind: str, area: str, place: str) -> tuple[Nearby, ...]:
        """Open public cases of the same sort and place, so that one is not filed twice."""
        async with self._db.read() as session:
            return await nearby(
                session, self._db.vault, Spot(kind, sub_kind, area, place), self._clock()
            )


async def view_of(
    session: AsyncSession, vault: Vault, case: Case, now: datetime, language: str = CHINESE
) -> CaseView:
    """A case as its owner may see it, at ``now``; what an authority wrote stays as it is."""
    (view,) = await views_of(session, vault, [case], now, language)
    return view


async def views_of(
    session: AsyncSession, vault: Vault, cases: Sequence[Case], now: datetime, language: str
) -> tuple[CaseView, ...]:
    """Several cases as their owner may see them, with as many queries for all as for one."""
    into = None if language == CHINESE else translation(language)
    kept = await _kept(session, vault, cases, language)
    return tuple(_view(case, kept, into, now) for case in cases)


async def _kept(
    session: AsyncSession, vault: Vault, cases: Sequence[Case], language: str
) -> _Kept:
    asked = {"cases": [case.id for case in cases]}
    persons: dict[str, CasePerson] = {}
    clocks: defaultdict[str, dict[str, CaseClock]] = defaultdict(dict)
    for person, clock in await session.execute(_PERSONS_AND_CLOCKS, asked):
        if person is not None:
            persons[person.id] = person
        if clock is not None:
            clocks[clock.case_id][clock.id] = clock
    frauds = [case for case in cases if case.kind == Kind.FRAUD_REPORT]
    return _Kept(
        seals=seals_with(vault, persons.values()),
        clocks={case_id: tuple(found.values()) for case_id, found in clocks.items()},
        told=await told_of(session, cases),
        lines=await lines_of(session, cases, language),
        transfers=await transfers_of(session, *frauds) if frauds else (),
    )


def _view(case: Case, kept: _Kept, into: Translation | None, now: datetime) -> CaseView:
    machine, clocks = machine_of(case.kind), kept.clocks.get(case.id, ())
    running = [clock for clock in clocks if clock.stopped_at is None]
    words = into.kinds[case.kind] if into else None
    return CaseView(
        reference=case.reference,
        title=kept.seals.open(case.title_sealed),
        state=(words.states if words else machine.state_labels)[case.state],
        agency=case.agency,
        district=(into.districts if into else districts())[case.district],
        demo=case.demo,
        steps=timeline(
            kept.seals,
            kept.told.get(case.id, ()),
            words.commands if words else machine.command_labels,
        ),
        deadline=_shown(shown_clock(running), machine, into, now),
        kind=case.kind,
        kind_name=words.name if words else machine.name,
        closed=case.state in machine.ends,
        deadlines=tuple(
            shown
            for clock in running
            if clock.binds != Binds.INTERNAL and (shown := _shown(clock, machine, into, now))
        ),
        urging=urging(case, machine, running, now),
        supervision=case.supervision,
        rating=case.rating,
        steps_open=steps_open(case, clocks, now),
        explained=kept.lines.get(case.id, "")
        + (words.explained if words else machine.explained).get(case.state, ""),
        money=tuple(
            standing(sent, into.money if into else transfer_table())
            for sent in kept.transfers
            if sent.case_id == case.id
        ),
    )


def _opened(vault: Vault, known: Sequence[Case], code: str) -> Case | None:
    """The case of these that the code opens.

    Where there is none something is compared all the same: the time taken tells nothing.
    """
    kept = {case.reference: case.code_digest for case in known} or {
        "": reference_digest(vault, "")
    }
    opens = {
        reference: hmac.compare_digest(digest, code_digest(vault, reference, code))
        for reference, digest in kept.items()
    }
    return next((case for case in known if opens[case.reference]), None)


def _shown(
    clock: CaseClock | None, machine: Machine, into: Translation | None, now: datetime
) -> Deadline | None:
    if clock is None:
        return None
    shown = deadline_of(clock, machine, now)
    return into.deadline(machine.kind, clock, shown) if into else shown
