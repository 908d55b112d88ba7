"""Opens cases; the caller's session is the transaction."""

from __future__ import annotations

import json

from sqlalchemy.ext.asyncio import AsyncSession

from cases.chain import EDITION, founding_digest
from cases.codes import checked_code, code_digest, new_code
from cases.counsel.conflicts import sides_of
from cases.delivery import NOT_SENT, first_delivery
from cases.errors import BadFiling, StepNotAllowed
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Machine, Money, Move, Supervision
from cases.models import Case, CasePerson
from cases.numbering import next_reference, reserve
from cases.orders import Filing, Opened, Order
from cases.persons import Role, Seals, new_person
from cases.recording import Beside, Sealed, new_files, record, seal_any
from cases.timing import begun
from cases.transfers import new_transfers
from db.base import new_id
from db.encryption import Vault
from timekeeping.periods import day_of

LONGEST_TITLE = 40


async def open_case(session: AsyncSession, vault: Vault, filing: Filing) -> Opened:
    """Open a case with its first event, its persons and the periods that begin with it.

    Raises ``BadFiling``, ``BadReference`` for an unknown district, and ``DayIsFull``.
    """
    machine = machine_of(filing.kind)
    _, move = machine.opening
    _check(filing, machine, move)
    reference = filing.reference or await next_reference(
        session, kind=filing.kind, area=filing.district, day=day_of(filing.at)
    )
    await reserve(session, reference)
    code = checked_code(filing.code) if filing.code else new_code()
    case_id = new_id()
    persons, seals = _persons(vault, filing, case_id)
    case = _case(vault, seals.of_filer(case_id), filing, machine)
    case.id, case.reference = case_id, str(reference)
    case.code_digest = code_digest(vault, str(reference), code)
    case.head = founding_digest(case)
    order = _order(filing, machine)
    box, files = seals.of_filer(case_id), new_files(case, order, (), seals)
    clocks = begun(machine, move, case, order)
    sealed = Sealed.of(order, vault, box)
    sent = new_transfers(box, case, filing.sent, at=filing.at)
    beside = Beside(clocks=clocks, attachments=files, transfers=sent)
    event = record(case, order, beside, str(move.to), sealed)
    delivery = first_delivery(case)
    case.delivery = delivery.state if delivery else NOT_SENT
    session.add(case)
    await session.flush()
    deliveries = [delivery] if delivery else []
    sides = sides_of(vault, case, filing)
    session.add_all([event, *clocks, *persons, *sent, *deliveries, *sides])
    await session.flush()
    session.add_all(files)
    await session.flush()
    return Opened(case=case, code=code)


def _check(filing: Filing, machine: Machine, move: Move) -> None:
    if not 1 <= len(filing.title.strip()) <= LONGEST_TITLE:
        raise BadFiling(f"a title has 1 to {LONGEST_TITLE} characters")
    if filing.sub_kind not in machine.sub_kind_labels:
        raise BadFiling("there is no such sub-kind")
    if filing.actor not in move.by:
        raise StepNotAllowed
    if filing.sent and move.money is not Money.ADDS:
        raise BadFiling("a case of this kind has no transfers")
    speaking = [p for p in filing.persons if p.role in {Role.FILER, Role.REPRESENTATIVE}]
    if len(speaking) > machine.most_persons:
        raise BadFiling(f"at most {machine.most_persons} may file this together")


def _order(filing: Filing, machine: Machine) -> Order:
    """The step with which the case begins."""
    command, _ = machine.opening
    return Order(
        command=command,
        actor=filing.actor,
        author=filing.author,
        at=filing.at,
        text=filing.text or machine.received,
        words=filing.words,
        files=filing.files,
    )


def _persons(vault: Vault, filing: Filing, case_id: str) -> tuple[list[CasePerson], Seals]:
    """Everybody the filing names, and what seals their words."""
    made = [
        new_person(
            vault,
            case_id,
            party,
            contact_id=filing.contact_id if party.role is Role.FILER else None,
            at=filing.at,
        )
        for party in filing.persons
    ]
    filer = next((person.id for person, _ in made if person.role == Role.FILER), None)
    seals = Seals(
        vault=vault,
        persons={person.id: box for person, box in made},
        filers={case_id: filer} if filer else {},
    )
    return [person for person, _ in made], seals


def _case(vault: Vault, box: Vault, filing: Filing, machine: Machine) -> Case:
    details = json.dumps(dict(filing.details), ensure_ascii=False) if filing.details else ""
    return Case(
        kind=filing.kind,
        sub_kind=filing.sub_kind,
        filed_as=filing.sub_kind,
        state="",
        supervision=Supervision.NONE,
        title_sealed=box.seal(filing.title.strip()),
        details_sealed=seal_any(box, details),
        place_sealed=seal_any(vault, filing.place.words),
        latitude=filing.place.latitude,
        longitude=filing.place.longitude,
        district=filing.district,
        agency=filing.agency or machine.desk,
        contact_id=filing.contact_id,
        conversation_id=filing.conversation_id,
        parent_id=filing.parent,
        demo=filing.demo,
        edition=EDITION,
        last_seq=0,
        created_at=filing.at,
        updated_at=filing.at,
    )
