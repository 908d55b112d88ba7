"""The hash chain over a case's events: any later change to the record shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from cases.errors import BrokenChain
from cases.models import Case, CaseAttachment, CaseClock, CaseEvent, CaseTransfer

# The form of digests; the first had no ledger and knew of no person.
EDITION = 2

Fact = str | int | bool | None


def founding_digest(case: Case) -> str:
    """What the first event hangs on: the facts of a case that never change."""
    facts: list[Fact] = [
        case.id, case.reference, case.kind, case.filed_as, case.district, case.title_sealed,
        case.code_digest, case.demo, _moment(case.created_at),
    ]  # fmt: skip
    if case.edition >= EDITION:
        facts += [
            case.edition, case.contact_id, case.parent_id, case.details_sealed, case.place_sealed,
            str(case.latitude), str(case.longitude),
        ]  # fmt: skip
    return _digest(facts)


def ledger_digest(
    case: Case,
    clocks: Iterable[CaseClock],
    attachments: Iterable[CaseAttachment],
    transfers: Iterable[CaseTransfer] = (),
) -> str:
    """What stands beside the events at one moment: variables, periods, attachments, transfers.

    ``delivery`` is not among it: it changes without an event, by the district's own system.
    """
    return _digest([
        case.sub_kind, case.agency, case.supervision, case.rating, _moment(case.rated_at),
        case.merged_into, _moment(case.closed_at),
        *(_digest(_clock_facts(clock)) for clock in sorted(clocks, key=lambda c: c.id)),
        *(_digest(_file_facts(file)) for file in sorted(attachments, key=lambda a: a.id)),
        *(_digest(_transfer_facts(sent)) for sent in sorted(transfers, key=lambda t: t.number)),
    ])  # fmt: skip


def event_digest(event: CaseEvent) -> str:
    """SHA-256 over the event and the digest before it, hex.

    The text enters sealed: the chain can be checked by someone who holds no key.
    """
    facts: list[Fact] = [
        event.prev_digest, event.id, event.case_id, event.seq, _moment(event.at), event.actor,
        event.command, event.from_state, event.to_state, event.agency, event.public,
        event.text_sealed,
    ]  # fmt: skip
    if event.ledger or event.author or event.reason or event.words_sealed:
        facts += [EDITION, event.ledger, event.author, event.reason, event.words_sealed]
    return _digest(facts)


def verify_chain(case: Case, events: Sequence[CaseEvent], ledger: str) -> None:
    """Check all events of a case, in order; raises ``BrokenChain`` naming the first at fault.

    ``ledger`` is the digest of what stands beside them now. It shows a change, removal, insertion
    or reordering; only someone who rewrites every later event and the case together can hide one,
    so keep ``head`` elsewhere (a printed receipt, the list that ``case verify --json`` writes).
    """
    previous, state = founding_digest(case), ""
    for seq, event in enumerate(events, start=1):
        links = (event.seq, event.case_id, event.prev_digest, event.from_state)
        if links != (seq, case.id, previous, state) or event.digest != event_digest(event):
            raise BrokenChain(seq)
        if case.edition >= EDITION and not event.ledger:
            raise BrokenChain(seq)
        previous, state = event.digest, event.to_state
    after = len(events) + 1
    if (case.head, case.last_seq, case.state) != (previous, len(events), state):
        raise BrokenChain(after)
    if events and events[-1].ledger not in {"", ledger}:
        raise BrokenChain(after)


def _clock_facts(clock: CaseClock) -> list[Fact]:
    return [
        clock.id, clock.case_id, clock.name, clock.binds, clock.basis, clock.law, clock.article,
        clock.quote, clock.start_event, _day(clock.started_on), clock.unit, clock.days,
        _day(clock.due), clock.computed, clock.provisional, clock.pauses, clock.extended_by,
        clock.extension_reason_sealed, clock.approved_by, _moment(clock.stopped_at),
        clock.stopped_by,
    ]  # fmt: skip


def _file_facts(file: CaseAttachment) -> list[Fact]:
    facts: list[Fact] = [
        file.id, file.case_id, file.event_id, file.person_id, file.address, file.content_digest,
        file.mime, file.size, file.name_sealed, file.stage, file.public, _moment(file.created_at),
    ]  # fmt: skip
    return facts if file.key_sealed is None else [*facts, file.key_sealed]


def _transfer_facts(sent: CaseTransfer) -> list[Fact]:
    return [
        "transfer", sent.id, sent.case_id, sent.number, sent.amount, sent.currency,
        _moment(sent.at), sent.precision, sent.method, sent.source, sent.ends_sealed, sent.state,
        _moment(sent.until), sent.refunded, _moment(sent.created_at),
    ]  # fmt: skip


def _digest(content: Sequence[Fact]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat(timespec="microseconds")


def _day(day: date) -> str:
    return day.isoformat()
