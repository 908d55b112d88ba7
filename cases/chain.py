"""The hash chain over a case's events: any later change to the record shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from cases.errors import BrokenChain
from cases.models import Case, CaseEvent


def founding_digest(case: Case) -> str:
    """What the first event hangs on: the facts of a case that never change."""
    return _digest(
        case.id, case.reference, case.kind, case.sub_kind, case.district, case.title_sealed,
        case.code_digest, case.demo, _moment(case.created_at),
    )  # fmt: skip


def event_digest(event: CaseEvent) -> str:
    """SHA-256 over the event and the digest before it, hex.

    The text enters sealed: the chain can be checked by someone who holds no key.
    """
    return _digest(
        event.prev_digest, event.id, event.case_id, event.seq, _moment(event.at), event.actor,
        event.command, event.from_state, event.to_state, event.agency, event.public,
        event.text_sealed,
    )  # fmt: skip


def verify_chain(case: Case, events: Sequence[CaseEvent]) -> None:
    """Check all events of a case, in order; raises ``BrokenChain`` naming the first at fault.

    It shows a change, removal, insertion or reordering; only someone who rewrites every later
    event and the case together can hide one, so keep ``head`` elsewhere (a printed receipt).
    """
    previous, state = founding_digest(case), ""
    for seq, event in enumerate(events, start=1):
        links = (event.seq, event.case_id, event.prev_digest, event.from_state)
        if links != (seq, case.id, previous, state) or event.digest != event_digest(event):
            raise BrokenChain(seq)
        previous, state = event.digest, event.to_state
    if (case.head, case.last_seq, case.state) != (previous, len(events), state):
        raise BrokenChain(len(events) + 1)


def _digest(*content: str | int | bool) -> str:
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
