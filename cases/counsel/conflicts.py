"""Looks whether a lawyer serves, or served, the other side of a case, before they take it.

《律师法》第三十九条: a lawyer acts for one side of a case only. A name that is the same is not proof
that the person is, so that it is a matter for staff, who see both cases; a citizen is never told
that the other side has asked a lawyer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from cases.counsel.models import CaseCounsel, CaseSide
from cases.counsel.names import names_in
from cases.errors import ConflictOfInterest
from cases.kinds.catalogue import machine_of
from cases.models import Case
from cases.orders import Filing, Order
from cases.persons import Role
from db.encryption import Vault

OWN, OTHER = "own", "other"
# The field of a filing's details that says who the other side is.
OPPONENT = "other"
CLEAR, DOUBTED, CLEARED = "clear", "doubted", "cleared"
# Of an appointment that came to nothing the lawyer has learned nothing.
NEVER_MET = ("cancelled", "cancelled_by_office", "no_show")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counsel:
    """A lawyer of a case for staff: ``others`` are the cases in which they are on the other side."""

    lawyer: str
    finding: str
    serves: bool
    others: tuple[str, ...]


def sides_of(vault: Vault, case: Case, filing: Filing) -> list[CaseSide]:
    """By what the people of a new case are told again; nothing where no lawyer serves such cases."""
    if filing.sub_kind not in machine_of(filing.kind).counselled:
        return []
    own: list[str] = []
    other = [filing.details.get(OPPONENT, "")]
    for party in filing.persons:
        texts = other if party.role is Role.OTHER_PARTY else own
        texts.extend(party.block.values())
    return [
        CaseSide(case_id=case.id, side=side, digest=vault.digest("case-side", name))
        for side, texts in ((OWN, own), (OTHER, other))
        for name in sorted(names_in(texts))
    ]


async def conflicts(session: AsyncSession, case_id: str, lawyer: str) -> tuple[str, ...]:
    """The references of the cases in which this lawyer serves somebody of this case's other side."""
    mine, theirs = aliased(CaseSide), aliased(CaseSide)
    query = (
        select(Case.reference)
        .distinct()
        .join(CaseCounsel, CaseCounsel.case_id == Case.id)
        .join(theirs, theirs.case_id == Case.id)
        .join(mine, (mine.digest == theirs.digest) & (mine.side != theirs.side))
        .where(
            CaseCounsel.lawyer == lawyer,
            CaseCounsel.since.is_not(None),
            mine.case_id == case_id,
            Case.id != case_id,
            Case.state.not_in(NEVER_MET),
        )
        .order_by(Case.reference)
    )
    return tuple((await session.scalars(query)).all())


async def assign(session: AsyncSession, case: Case, order: Order) -> None:
    """Give a case to the lawyer that its order names, if any.

    Raises ``ConflictOfInterest`` where they serve the other side and staff have not cleared that.
    """
    if not order.lawyer:
        return
    if await serve(session, case, order.lawyer, at=order.at) == DOUBTED:
        raise ConflictOfInterest(await conflicts(session, case.id, order.lawyer))


async def serve(session: AsyncSession, case: Case, lawyer: str, *, at: datetime) -> str:
    """Write down that a lawyer serves the case from now on; gives what looking came to."""
    known = await _known(session, case, lawyer)
    if known.finding != CLEARED:
        found = await conflicts(session, case.id, lawyer)
        known.finding = DOUBTED if found else CLEAR
    known.since = known.since or at
    await session.flush()
    return known.finding


async def release(session: AsyncSession, case: Case, lawyer: str) -> None:
    """A lawyer who was to serve the case has not, and will not."""
    query = delete(CaseCounsel).where(CaseCounsel.case_id == case.id, CaseCounsel.lawyer == lawyer)
    await session.execute(query.execution_options(synchronize_session="fetch"))


async def clear(session: AsyncSession, case: Case, lawyer: str) -> None:
    """Staff have looked: this lawyer does not serve the other side, whatever the names say."""
    (await _known(session, case, lawyer)).finding = CLEARED
    await session.flush()


async def counsel_of(session: AsyncSession, case: Case) -> tuple[Counsel, ...]:
    """The lawyers of a case, the latest last, with what stands against them."""
    query = (
        select(CaseCounsel)
        .where(CaseCounsel.case_id == case.id)
        .order_by(CaseCounsel.since, CaseCounsel.lawyer)
    )
    found = []
    for known in (await session.scalars(query)).all():
        others = await conflicts(session, case.id, known.lawyer)
        serves = known.since is not None
        found.append(
            Counsel(lawyer=known.lawyer, finding=known.finding, serves=serves, others=others)
        )
    return tuple(found)


def doubted_cases() -> Select[str]:
    """The ids of cases whose lawyer may serve the other side."""
    return select(CaseCounsel.case_id).where(
        CaseCounsel.finding == DOUBTED, CaseCounsel.since.is_not(None)
    )


async def _known(session: AsyncSession, case: Case, lawyer: str) -> CaseCounsel:
    known = await session.get(CaseCounsel, (case.id, lawyer))
    if known is None:
        known = CaseCounsel(case_id=case.id, lawyer=lawyer, finding=CLEAR)
        session.add(known)
    return known
