"""Checks the records of many cases at once, and against what was noted of them before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.errors import BrokenChain
from cases.models import Case, CaseEvent
from cases.records import events, verify
from cases.references import tidy


class Head(NamedTuple):
    """How far a chain had come: the number and the digest of its last event."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What became of checking a case: ``at`` is the event at fault, None where it is whole.

    ``missing`` are cases and heads noted before that are not there any more.
    """

    reference: str
    head: Head
    at: int | None = None
    missing: bool = False

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return self.at is None and not self.missing


async def prove(
    session: AsyncSession,
    references: Sequence[str] = (),
    *,
    noted: Mapping[str, Head] | None = None,
) -> list[Finding]:
    """Check these cases, or all; ``noted`` are heads kept elsewhere, by reference.

    A record rewritten as a whole agrees with itself; that it does not lead on from the head noted
    before still shows.
    """
    query = select(Case).order_by(Case.reference)
    wanted = [tidy(reference) for reference in references]
    if wanted:
        query = query.where(Case.reference.in_(wanted))
    cases = (await session.scalars(query)).all()
    before = noted or {}
    found = [await _check(session, case, before.get(case.reference)) for case in cases]
    here = {case.reference for case in cases}
    gone = (set(wanted) | ({*before} if not wanted else set())) - here
    lost = Head(0, "")
    found += [
        Finding(reference=reference, head=before.get(reference, lost), missing=True)
        for reference in sorted(gone)
    ]
    return found


async def _check(session: AsyncSession, case: Case, noted: Head | None) -> Finding:
    head = Head(case.last_seq, case.head)
    try:
        await verify(session, case)
    except BrokenChain as broken:
        return Finding(reference=case.reference, head=head, at=broken.seq)
    known = noted is None or _leads_on(await events(session, case), noted)
    return Finding(reference=case.reference, head=head, missing=not known)


def _leads_on(chain: Sequence[CaseEvent], noted: Head) -> bool:
    return any((e.seq, e.digest) == noted for e in chain)
