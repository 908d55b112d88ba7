"""Follows a case outside of any conversation: by what stands on its receipt, tries counted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.attempts import count_failure
from cases.reader import CaseDesk
from cases.references import tidy
from core.case_views import CaseLookup, LookupState
from db.engine import Database

PURPOSE = "tracking"


class TrackingDesk:
    """Opens cases to whoever brings reference and code, and counts those who bring others."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._cases = CaseDesk(db, clock)

    async def open(self, reference: str, code: str, *, passer: str) -> CaseLookup:
        """The case, or why not; a failure is counted, alike for references nobody has.

        ``passer`` is a name for where the try came from. Behind one network address may be a whole
        town, so it is counted at this reference alone: the tries of one cannot lock the others out.
        """
        tried = self._db.vault.digest(PURPOSE, f"{passer}\0{tidy(reference)}")
        found = await self._cases.look_up(reference, code, contact_id=tried)
        if found.state is LookupState.WRONG:
            async with self._db.write() as session:
                await count_failure(session, self._db.vault, reference, tried, self._clock())
        return found
