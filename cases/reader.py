"""Shows a case to whoever holds its receipt."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from cases.attempts import locked_until
from cases.clocks import running_clocks, shown_clock, shown_deadline
from cases.codes import code_digest, reference_digest
from cases.districts import districts
from cases.kinds.catalogue import machine_of
from cases.models import Case
from cases.references import tidy
from cases.service import timeline
from cases.translation import Translation, translation
from core.knowledge import CaseLookup, CaseView, LookupState
from core.messages import CHINESE
from db.encryption import Vault
from db.engine import Database


class CaseDesk:
    """Answers look-ups by reference and query code; writes nothing.

    Failures are counted by the turn's commit, with ``cases.attempts.count_failure``.
    """

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def look_up(
        self, reference: str, code: str, *, contact_id: str, language: str = CHINESE
    ) -> CaseLookup:
        """Find a case; an unknown reference and a wrong code end alike, after the same work.

        What the authority wrote (its name, its notes) stays as it is in any language.
        """
        now, vault = self._clock(), self._db.vault
        given = code_digest(vault, reference, code)
        subject = reference_digest(vault, reference)
        async with self._db.read() as session:
            until = await locked_until(
                session, subject_digest=subject, contact_id=contact_id, now=now
            )
            if until is not None:
                return CaseLookup(state=LookupState.LOCKED, until=until)
            case = await session.scalar(select(Case).where(Case.reference == tidy(reference)))
            # Compared with something in either case: the time taken tells nothing.
            matches = hmac.compare_digest(case.code_digest if case else subject, given)
            if case is None or not matches:
                return CaseLookup(state=LookupState.WRONG)
            if language == CHINESE:
                view = await view_of(session, vault, case, now)
            else:
                view = await _translated(session, vault, case, now, translation(language))
            return CaseLookup(state=LookupState.FOUND, case=view)


async def view_of(session: AsyncSession, vault: Vault, case: Case, now: datetime) -> CaseView:
    """A case as its owner may see it, at ``now``."""
    machine = machine_of(case.kind)
    return CaseView(
        reference=case.reference,
        title=vault.open(case.title_sealed),
        state=machine.state_labels[case.state],
        agency=case.agency,
        district=districts()[case.district],
        demo=case.demo,
        steps=await timeline(session, vault, case),
        deadline=shown_deadline(await running_clocks(session, case), machine, now),
    )


async def _translated(
    session: AsyncSession, vault: Vault, case: Case, now: datetime, into: Translation
) -> CaseView:
    clocks = await running_clocks(session, case)
    shown, view = shown_clock(clocks), await view_of(session, vault, case, now)
    return replace(
        view,
        state=into.kinds[case.kind].states[case.state],
        district=into.districts[case.district],
        steps=await timeline(session, vault, case, into.kinds[case.kind].commands),
        deadline=into.deadline(case.kind, shown, view.deadline),
    )
