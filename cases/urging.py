"""Urging a case on (催办): when it can be asked for, and why not when not.

《信访工作条例》第四十条 has petitions supervised that are handled with shirking or delay; a citizen may
ask for it once a period that binds the authority is over, or one of the other side that the
authority is to see to, or after rating the handling as bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from cases.clocks import is_overdue
from cases.kinds.machine import Basis, Binds, Machine
from cases.models import Case, CaseClock
from core.case_views import UrgeState, Urging

URGE_REPLY = "urge_reply"
BAD = 2
SEEN_TO = frozenset({Binds.AUTHORITY, Binds.OTHER})


def urging(case: Case, machine: Machine, running: Sequence[CaseClock], now: datetime) -> Urging:
    """What asking to urge the case on would come to at ``now``."""
    if case.state not in machine.open_states:
        return Urging(state=UrgeState.CLOSED)
    binding = [c for c in running if c.binds in SEEN_TO and c.name != URGE_REPLY]
    asked = [c for c in running if c.name == URGE_REPLY and not is_overdue(c, now)]
    if asked:
        return Urging(state=UrgeState.ASKED, until=max(c.due for c in asked))
    if any(is_overdue(c, now) for c in binding) or _was_bad(case):
        return Urging(state=UrgeState.YES)
    if not binding:
        return Urging(state=UrgeState.NOTHING_RUNS)
    next_due = min(binding, key=lambda c: (c.basis != Basis.LAW, c.due))
    return Urging(state=UrgeState.NOT_DUE, until=next_due.due)


def _was_bad(case: Case) -> bool:
    return case.rating is not None and case.rating <= BAD
