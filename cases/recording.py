"""Writes an event onto a case's chain, with what then stands beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.chain import event_digest, ledger_digest
from cases.errors import BadOrder
from cases.models import Case, CaseAttachment, CaseClock, CaseEvent, CaseTransfer
from cases.orders import KeptFile, Order
from cases.persons import Seals
from db.base import new_id
from db.encryption import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Everything of a case beside its events, at one moment."""

    clocks: Sequence[CaseClock]
    attachments: Sequence[CaseAttachment] = ()
    transfers: Sequence[CaseTransfer] = ()

    @property
    def running(self) -> list[CaseClock]:
        """The periods that have not ended."""
        return [clock for clock in self.clocks if clock.stopped_at is None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What an event says, sealed: to the citizen, and in the citizen's own words."""

    text: str
    words: str | None

    @classmethod
    def of(cls, order: Order, vault: Vault, filer: Vault) -> Sealed:
        """Seal an order's words under the filer's own key, what is told about it under the vault's."""
        return cls(text=vault.seal(order.text), words=seal_any(filer, order.words))


def record(case: Case, order: Order, beside: Beside, to: str, sealed: Sealed) -> CaseEvent:
    """The event of a step, hung on the chain; the case is moved on with it."""
    event = CaseEvent(
        id=new_id(),
        case_id=case.id,
        seq=case.last_seq + 1,
        at=order.at,
        actor=order.actor,
        author=order.author,
        command=order.command,
        reason=order.reason,
        from_state=case.state,
        to_state=to,
        agency=case.agency,
        public=order.public,
        text_sealed=sealed.text,
        words_sealed=sealed.words,
        prev_digest=case.head,
    )
    for file in beside.attachments:
        file.event_id = file.event_id or event.id
    event.ledger = ledger_digest(case, beside.clocks, beside.attachments, beside.transfers)
    event.digest = event_digest(event)
    case.state, case.head, case.last_seq, case.updated_at = to, event.digest, event.seq, event.at
    return event


def new_files(
    case: Case, order: Order, there: Iterable[CaseAttachment], seals: Seals
) -> list[CaseAttachment]:
    """Records of an order's files; one that the case has already is not kept twice.

    What came from a citizen is sealed under the filer's own key, so that it goes with that person.
    """
    known = {file.content_digest for file in there}
    files = {content_digest(seals.vault, case, file): file for file in order.files}
    return [
        _attachment(case, file, seals, content_digest=digest, at=order.at)
        for digest, file in files.items()
        if digest not in known
    ]


def show(attachments: Iterable[CaseAttachment], chosen: frozenset[str]) -> None:
    """Make attachments public; raises ``BadOrder`` for one that the case has not."""
    found = [file for file in attachments if file.id in chosen and file.erased_at is None]
    if len(found) != len(chosen):
        raise BadOrder("the case has no such attachment")
    for file in found:
        file.public = True


def seal_any(box: Vault, text: str) -> str | None:
    """The text sealed, None where there is none."""
    return box.seal(text) if text else None


def content_digest(vault: Vault, case: Case, file: KeptFile) -> str:
    """What tells that a case has a file already."""
    # Bound to the case: nobody can tell from two of them that they hold the same picture.
    return vault.digest("case-file", f"{case.id}\0{file.digest}")


def _attachment(
    case: Case, file: KeptFile, seals: Seals, *, content_digest: str, at: datetime
) -> CaseAttachment:
    person_id = seals.filers.get(case.id) if file.from_citizen else None
    if seals.persons.get(person_id or "") is None:
        person_id = None
    box = seals.of_filer(case.id) if person_id else seals.vault
    return CaseAttachment(
        id=new_id(),
        case_id=case.id,
        person_id=person_id,
        address=file.address,
        key_sealed=box.seal(file.key),
        content_digest=content_digest,
        mime=file.mime,
        size=file.size,
        name_sealed=box.seal(file.name),
        stage=file.stage,
        public=False,
        created_at=at,
    )
