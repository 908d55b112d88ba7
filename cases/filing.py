"""A case filed in the conversation: opened, with what its writer told kept for staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from cases.clocks import running_clocks
from cases.kinds.catalogue import machine_of
from cases.kinds.machine import Actor
from cases.opening import open_case
from cases.orders import Filing, Opened, Place
from cases.persons import Party
from cases.references import Kind
from cases.uploads import claim
from db.encryption import Vault

BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a citizen told: a title, all of it, and the area; ``at`` is when.

    ``person`` is who they are, by field, and ``details`` the rest, by field; ``place`` is where.
    ``conversation_id`` is where news go, and where the ``uploads`` were sent. ``received`` is said on
    the timeline instead of the kind's own sentence, ``agency`` has it instead of the kind's own desk.
    ``author`` is who of the staff wrote it down, empty where the citizen did.
    """

    kind: str
    sub_kind: str
    title: str
    text: str
    area: str
    contact_id: str | None
    at: datetime
    author: str = ""
    conversation_id: str | None = None
    place: str = ""
    person: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, str] = field(default_factory=dict)
    received: str = ""
    agency: str = ""
    demo: bool = False
    uploads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What goes on the receipt; the code is known only now. ``due`` is the first deadline.

    ``pictures`` is how many of the uploads the case has: those that waited too long are gone.
    """

    reference: str
    code: str
    due: date | None
    pictures: int = 0


async def file_case(session: AsyncSession, vault: Vault, told: Told) -> Receipt:
    """Open a case in the caller's transaction.

    Its timeline says that it was received; the words themselves, with the telephone number that
    may be among them, are under the filer's own key.
    """
    kind = Kind(told.kind)
    files = await claim(session, vault, told.conversation_id or "", told.uploads, now=told.at)
    stage = BEFORE if machine_of(kind).photographed else ""
    opened = await open_case(
        session,
        vault,
        Filing(
            kind=kind,
            sub_kind=told.sub_kind,
            title=told.title,
            district=told.area,
            at=told.at,
            agency=told.agency,
            text=told.received,
            words=told.text,
            details=told.details,
            persons=(Party(block=told.person),),
            place=Place(words=told.place),
            files=tuple(replace(file, stage=stage) for file in files),
            contact_id=told.contact_id,
            actor=Actor.OFFICER if told.author else Actor.CITIZEN,
            author=told.author,
            conversation_id=told.conversation_id,
            demo=told.demo,
        ),
    )
    return await receipt_of(session, opened, pictures=len(files))


async def receipt_of(session: AsyncSession, opened: Opened, *, pictures: int = 0) -> Receipt:
    """The receipt of a case just opened."""
    clocks = await running_clocks(session, opened.case)
    due = clocks[0].due if clocks else None
    return Receipt(reference=opened.case.reference, code=opened.code, due=due, pictures=pictures)
