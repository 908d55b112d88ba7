"""What a body is told of a case: built when it is sent, so that nothing of it is kept twice."""

from __future__ import annotations

import json

from sqlalchemy.ext.asyncio import AsyncSession

from bodies.contract import Parcel, Step
from cases.delivery import CaseDelivery
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Machine
from cases.models import Case, CaseEvent
from cases.persons import Role, Seals, blocks_of, seals_of
from cases.records import events
from cases.routing import routing
from db.encryption import Vault


async def parcel_of(
    session: AsyncSession, vault: Vault, case: Case, delivery: CaseDelivery
) -> Parcel:
    """The case as it stands; of a released one nothing but that it is no longer theirs.

    Whoever was erased is not in it; a body that needs nobody's name gets none.
    """
    machine, seals = machine_of(case.kind), await seals_of(session, vault, [case])
    erased = seals.is_erased(case.id)
    if delivery.released:
        return Parcel(
            reference=case.reference, revision=delivery.wanted, released=True, erased=erased
        )
    happened = await events(session, case)
    details = seals.open_or_none(case.details_sealed)
    return Parcel(
        reference=case.reference,
        revision=case.last_seq,
        erased=erased,
        kind=case.kind,
        kind_name=machine.name,
        sub_kind=case.sub_kind,
        sub_kind_name=machine.sub_kind_labels[case.sub_kind],
        title=seals.open(case.title_sealed),
        area=case.district,
        place=seals.open_or_none(case.place_sealed) or "",
        latitude=case.latitude,
        longitude=case.longitude,
        agency=case.agency,
        state=machine.state_labels[case.state],
        supervision=case.supervision,
        received_at=case.created_at,
        words=_words(seals, happened[0]),
        details=json.loads(details) if details else {},
        person=await _person(session, vault, case, delivery.body),
        steps=tuple(_step(machine, seals, event) for event in happened),
    )


def _step(machine: Machine, seals: Seals, event: CaseEvent) -> Step:
    return Step(
        seq=event.seq,
        at=event.at,
        by=event.actor,
        command=event.command,
        label=machine.command_labels[event.command],
        # What staff note among themselves stays with them.
        text=seals.open(event.text_sealed) if event.public else "",
        words=_words(seals, event),
    )


def _words(seals: Seals, event: CaseEvent) -> str:
    return seals.open(event.words_sealed) if event.words_sealed else ""


async def _person(session: AsyncSession, vault: Vault, case: Case, body: str) -> dict[str, str]:
    known = routing().bodies.get(body)
    if known is None or not known.person:
        return {}
    blocks = await blocks_of(session, vault, case)
    return next((dict(block) for role, block in blocks if role is Role.FILER), {})
